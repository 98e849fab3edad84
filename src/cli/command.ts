import type { Command } from 'commander';
import { loadConfig, type Config } from '../config/config.js';
import { processTerminal, type Terminal } from './terminal.js';

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
  readonly host?: string;
  readonly port?: string;
  readonly site?: string;
}

/** The options that put another program in place of the config's. */
export function withProgramOptions(command: Command): Command {
  return command
    .option(
      '--program <file or address>',
      'another program in place of the config’s: an edition of its own',
    )
    .option(
      '--format <name>',
      'its format, when it is not recognized: callboard-json, frab-json, frab-xml, icalendar',
    )
    .option('--zone <name>', 'zone of times that it gives without one, such as Europe/Berlin');
}

/** The options of commands that serve pages. */
export function withWebOptions(command: Command): Command {
  return command
    .option('--host <address>', 'where the pages are served (default: 127.0.0.1)')
    .option('--port <number>', 'on which port (default: 4680)')
    .option('--site <address>', 'public address that posts lead to');
}

/** Examples below a command's help. */
export function withExamples(command: Command, ...examples: readonly string[]): Command {
  return command.addHelpText(
    'after',
    `\nExamples:\n${examples.map((one) => `  $ ${one}`).join('\n')}`,
  );
}

/** The config, from file, environment and this command's options. */
export function configOf(command: Command): Config {
  const options = command.optsWithGlobals<GlobalOptions & ProgramOptions>();
  const { program, format, zone, data, host, port, site } = options;
  return loadConfig({
    ...(options.config !== undefined && { file: options.config }),
    overrides: {
      ...(program !== undefined && { program }),
      ...(format !== undefined && { format }),
      ...(zone !== undefined && { zone }),
      ...(data !== undefined && { dataFolder: data }),
      ...(host !== undefined && { host }),
      ...(port !== undefined && { port }),
      ...(site !== undefined && { site }),
    },
  });
}

/** The terminal, with colours as asked. */
export function terminalOf(command: Command): Terminal {
  return processTerminal(
    command.optsWithGlobals<GlobalOptions>().color === false ? false : undefined,
  );
}

/** Resolves when the process is asked to end; asked a second time, it ends at once. */
export function untilAskedToEnd(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    const ask = (signal: NodeJS.Signals) => {
      process.once('SIGINT', () => process.exit(130));
      resolve(signal);
    };
    process.once('SIGINT', ask);
    process.once('SIGTERM', ask);
  });
}
