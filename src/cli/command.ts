import { InvalidArgumentError, type Command } from 'commander';
import { loadConfig, type Config } from '../config/config.js';
import { CallboardError, type ExitReason } from '../errors.js';
import type { Terminal } from './terminal.js';
import { CommandLine, type World } from './world.js';

/** Options that every command has. */
interface GlobalOptions {
  readonly config?: string;
  readonly data?: string;
  readonly debug?: boolean;
  readonly color?: boolean;
}

/** Options of commands that read or open a program. */
interface ProgramOptions {
  readonly program?: string;
  readonly format?: string;
  readonly zone?: string;
  readonly year?: string;
  readonly dateOrder?: string;
  readonly host?: string;
  readonly port?: string;
  readonly site?: string;
}

/** The options that put another program in place of the config's. */
export function withProgramOptions(command: Command): Command {
  return command
    .option(
      '--program <file or address>',
      'another program in place of the config’s: an edition of its own; - reads standard input',
    )
    .option(
      '--format <name>',
      'its format, when it is not recognized; callboard import --formats lists them',
    )
    .option('--zone <name>', 'zone of times that it gives without one, such as Europe/Berlin')
    .option('--year <number>', 'year of days that it writes without one')
    .option('--date-order <order>', 'of 3/4/2026 in a spreadsheet: dmy (day first) or mdy');
}

/** The options of commands that serve pages. */
export function withWebOptions(command: Command): Command {
  return command
    .option('--host <address>', 'where the pages are served (default: 127.0.0.1)')
    .option('--port <number>', 'on which port (default: 4680)')
    .option('--site <address>', 'public address that posts lead to');
}

/** The option that names an edition in place of the config's. */
export function withEditionOption(command: Command): Command {
  return command.option('--edition <id>', 'another edition in place of the config’s');
}

/** The option for programs that read the output: then stdout holds JSON and nothing else. */
export function withJsonOption(command: Command): Command {
  return command.option('--json', 'write JSON');
}

/** Examples below a command's help. */
export function withExamples(command: Command, ...examples: readonly string[]): Command {
  return command.addHelpText(
    'after',
    `\nExamples:\n${examples.map((one) => `  $ ${one}`).join('\n')}`,
  );
}

/**
 * The config, from file, environment and this command's options.
 *
 * @throws CallboardError `options-contradict` for an edition and another program: each program has an edition of its own.
 */
export function configOf(command: Command): Config {
  const options = command.optsWithGlobals<
    GlobalOptions & ProgramOptions & { readonly edition?: string }
  >();
  if (options.program !== undefined && options.edition !== undefined) {
    throw new CallboardError(
      'options-contradict',
      {
        place: `callboard ${command.name()}`,
        problem: '--program and --edition contradict each other',
        remedy:
          'Leave --edition out to read that program as an edition of its own, or --program to read what the edition was begun with',
      },
      'usage',
    );
  }
  const { program, format, zone, year, dateOrder, data, host, port, site } = options;
  const { env, cwd } = worldOf(command);
  return loadConfig({
    cwd,
    ...(env !== undefined && { env }),
    ...(options.config !== undefined && { file: options.config }),
    overrides: {
      ...(program !== undefined && { program }),
      ...(format !== undefined && { format }),
      ...(zone !== undefined && { zone }),
      ...(year !== undefined && { year }),
      ...(dateOrder !== undefined && { dateOrder }),
      ...(data !== undefined && { dataFolder: data }),
      ...(host !== undefined && { host }),
      ...(port !== undefined && { port }),
      ...(site !== undefined && { site }),
    },
  });
}

/** The terminal, with colours as asked. */
export function terminalOf(command: Command): Terminal {
  const { color } = command.optsWithGlobals<GlobalOptions>();
  return worldOf(command).terminal(color === false ? false : undefined);
}

/** What surrounds the command. */
export function worldOf(command: Command): World {
  return CommandLine.of(command).world;
}

/** Says how the process ends when the command is through, where that is not `ok`. */
export function endWith(command: Command, exit: ExitReason): void {
  CommandLine.of(command).exit = exit;
}

/** Gathers an option that may be given several times, or once with commas. */
export function several(value: string, before: readonly string[] = []): readonly string[] {
  const words = value.split(',').map((word) => word.trim());
  return [...before, ...words.filter((word) => word !== '')];
}

/** A count that an option takes. */
export function wholeNumber(value: string): number {
  if (!/^\d{1,9}$/.test(value) || Number(value) === 0) {
    throw new InvalidArgumentError('it must be a whole number from 1 on.');
  }
  return Number(value);
}

/** Gathers words of a list that is known, all in small letters, such as networks; they are taken in any case, and another word is refused with the list. */
export function severalOf<Word extends string>(known: readonly Word[]) {
  return (value: string, before: readonly Word[] = []): readonly Word[] => {
    const meant = several(value).map((word) => {
      const found = known.find((one) => one === word.toLowerCase());
      if (found !== undefined) return found;
      throw new InvalidArgumentError(`there is no ${word}; these are: ${known.join(', ')}.`);
    });
    return [...before, ...meant];
  };
}
