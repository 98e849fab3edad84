import { CommanderError, type Command } from 'commander';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { packageRoot } from '../config/package-root.js';
import { ConfigError } from '../config/faults.js';
import { CallboardError, exitCodes, reasonOf } from '../errors.js';
import { nearest } from '../program/resemblance.js';
import { addAccounts, addDisconnect } from './accounts.js';
import { addBackup } from './backup.js';
import { addBudget } from './budget.js';
import { addChanges } from './change.js';
import { addProgramChanges } from './changes.js';
import { addConnect } from './connect.js';
import { addDoctor } from './doctor.js';
import { addFeeds } from './feeds.js';
import { addHandOffs } from './hand-offs.js';
import { addHealth } from './health.js';
import { addImport } from './import.js';
import { addInit } from './init.js';
import { addInvite } from './invite.js';
import { addMigrate } from './migrate.js';
import { addPause, addResume } from './pause.js';
import { addPlan } from './plan.js';
import { addRehearse } from './rehearse.js';
import { addResolve } from './resolve.js';
import { addRestore } from './restore.js';
import { addRun, addServe, addWork } from './run.js';
import { addShow } from './show.js';
import { takeStandardInput } from './standard-input.js';
import { addStatus } from './status.js';
import { plain, plainLines, type Terminal } from './terminal.js';
import { CommandLine, type World } from './world.js';

/** Every command, in the order in which help shows them. */
const commands: readonly ((program: Command) => void)[] = [
  addInit,
  addRun,
  addWork,
  addServe,
  addImport,
  addPlan,
  addRehearse,
  addStatus,
  addShow,
  addProgramChanges,
  addChanges,
  addPause,
  addResume,
  addConnect,
  addAccounts,
  addDisconnect,
  addBudget,
  addHandOffs,
  addResolve,
  addInvite,
  addFeeds,
  addDoctor,
  addHealth,
  addBackup,
  addRestore,
  addMigrate,
];

/** Runs one command line and answers its exit code; what goes wrong is said in one sentence on stderr. */
export async function callboard(args: readonly string[], world: World): Promise<number> {
  const terminal = world.terminal(args.includes('--no-color') ? false : undefined);
  const program = commandLine(world, terminal);
  if (args.length === 0) {
    program.outputHelp();
    return exitCodes.ok;
  }
  try {
    await program.parseAsync([...args], { from: 'user' });
    return exitCodes[program.exit];
  } catch (thrown) {
    return ended(thrown, { terminal, debug: args.includes('--debug'), meant: program.meant });
  }
}

function commandLine(world: World, terminal: Terminal): CommandLine {
  const program = new CommandLine('callboard', world);
  program
    .description('Reads a conference’s program and announces every session: on time, exactly once.')
    .version(versionOf(), '-V, --version')
    .option('-c, --config <file>', 'the config (default: callboard.yaml here, else the sample’s)')
    .option('--data <folder>', 'the data folder of the embedded database (default: ./data)')
    .option('--debug', 'show where an error comes from')
    .option('--no-color', 'no colours')
    .configureHelp({ sortSubcommands: false })
    .configureOutput({
      writeOut: (text) => terminal.out(text.replace(/\n$/, '')),
      writeErr: (text) => terminal.err(text.replace(/\n$/, '')),
      // Told at the end, like every other error.
      outputError: () => undefined,
    })
    .addHelpText(
      'after',
      '\nExit codes: 0 done, 1 failed, 2 wrong command or config, 3 unreadable program, 4 storage, 5 findings',
    )
    .hook('preAction', (_program, command) => takeStandardInput(command))
    .exitOverride();
  for (const add of commands) add(program);
  addHelp(program);
  for (const one of program.commands) rememberMeant(one, program);
  return program;
}

/** `callboard help`: Commander's own shows the whole help for a command that there is not. */
function addHelp(program: CommandLine): void {
  program
    .helpCommand(false)
    .command('help')
    .argument('[command...]', 'whose help')
    .description('display help for command')
    .action((words: readonly string[]) => {
      let meant: Command = program;
      for (const word of words) {
        const next = meant.commands.find((one) => one.name() === word);
        if (!next) {
          const guess = nearest(
            word,
            meant.commands.map((one) => one.name()),
          );
          const hint = guess === undefined ? '' : `\n(Did you mean ${guess}?)`;
          return meant.error(`error: unknown command '${word}'${hint}`);
        }
        meant = next;
      }
      meant.outputHelp();
    });
}

/** What is wrong with the words of a command is told of that command, and its own help is named. */
function rememberMeant(command: Command, program: CommandLine): void {
  command.exitOverride((thrown) => {
    program.meant = fullName(command);
    throw thrown;
  });
  for (const one of command.commands) rememberMeant(one, program);
}

function fullName(command: Command): string {
  return command.parent ? `${fullName(command.parent)} ${command.name()}` : command.name();
}

interface Ending {
  readonly terminal: Terminal;
  readonly debug: boolean;
  readonly meant: string;
}

function ended(thrown: unknown, { terminal, debug, meant }: Ending): number {
  const say = (line: string) => terminal.err(`${terminal.colours.red('✗')} ${line}`);
  if (thrown instanceof CommanderError) {
    if (thrown.exitCode === 0) return exitCodes.ok;
    if (thrown.code !== 'commander.help') say(usageSentence(thrown.message, meant));
    return exitCodes.usage;
  }
  if (thrown instanceof ConfigError) say(plainLines(thrown.message).join('\n  '));
  else if (thrown instanceof CallboardError) say(plain(thrown.message));
  else {
    const reason = plain(reasonOf(thrown));
    say(`callboard: ${reason}. Run it again with --debug and report what it shows.`);
  }
  if (debug && thrown instanceof Error) terminal.err(stackOf(thrown));
  return thrown instanceof CallboardError ? exitCodes[thrown.exit] : exitCodes.failure;
}

/**
 * What Commander says of a command, on one line and in our form.
 *
 * @example usageSentence("error: unknown option '--al'\n(Did you mean --all?)", 'callboard plan') // "callboard plan: unknown option '--al'. Did you mean --all? See callboard plan --help."
 */
function usageSentence(message: string, command: string): string {
  const [said = '', ...more] = message.replace(/^error: /, '').split('\n');
  const clause = /[.?!]$/.test(said) ? said : `${said}.`;
  const hints = more.map((hint) => hint.replace(/^\((.*)\)$/, '$1'));
  return plain([`${command}:`, clause, ...hints, `See ${command} --help.`].join(' '));
}

function stackOf(error: Error): string {
  const cause = error.cause instanceof Error ? `\ncaused by: ${stackOf(error.cause)}` : '';
  return `${error.stack ?? error.message}${cause}`;
}

function versionOf(): string {
  const manifest = JSON.parse(readFileSync(path.join(packageRoot, 'package.json'), 'utf8')) as {
    version: string;
  };
  return manifest.version;
}
