import type { Command } from 'commander';
import {
  configOf,
  terminalOf,
  withEditionOption,
  withExamples,
  withJsonOption,
} from './command.js';
import { CallboardError } from '../errors.js';
import { counted } from './moments.js';
import { startProgress } from './progress.js';
import { agreed } from './prompts.js';
import { json, type Terminal } from './terminal.js';

interface Options {
  readonly to?: string;
  readonly abandon?: boolean;
  readonly yes?: boolean;
  readonly edition?: string;
  readonly json?: boolean;
}

/** `callboard migrate`: editions from the embedded database to a server. */
export function addMigrate(program: Command): void {
  const command = program
    .command('migrate')
    .description('move editions whole from the embedded database to a Postgres server')
    .option('--to <address>', 'the server, as DATABASE_URL would have it')
    .option('--abandon', 'end a move whose server is lost for good: the edition runs here again')
    .option('-y, --yes', 'with --abandon: do not ask');
  withExamples(
    withJsonOption(withEditionOption(command)),
    'callboard migrate --to "$DATABASE_URL"',
    'callboard migrate --to postgres://callboard@db.example/callboard --edition meeting-2026',
    'callboard migrate --abandon --edition meeting-2026',
  ).action(async (options: Options) => {
    const { to, edition, json: isJson } = options;
    if (options.abandon === true) {
      await abandon(command, options);
      return;
    }
    if (to === undefined) throw missing('--to <address>', 'which server the editions go to');
    const terminal = terminalOf(command);
    const bar = startProgress(terminal, 'rows moved');
    const { moveTo } = await import('../operations/move-data.js');
    const moved = await moveTo(configOf(command), { url: to, edition }, ({ rows, table }) =>
      bar.update(rows, 0, table),
    ).finally(() => bar.stop());
    if (isJson === true) {
      terminal.out(json(moved));
      return;
    }
    for (const id of moved.editions)
      terminal.out(`${terminal.colours.green('✓')} ${id} is on ${moved.place}`);
    terminal.out(
      moved.editions.length === 0
        ? 'nothing is left here to be moved'
        : `${counted(moved.editions.length, 'edition')} moved; set DATABASE_URL to that server and start again, here they never run again`,
    );
  });
}

async function abandon(
  command: Command,
  { to, edition, yes, json: isJson }: Options,
): Promise<void> {
  if (to !== undefined) {
    throw usage(
      'options-contradict',
      '--abandon and --to contradict each other',
      'Give one of them',
    );
  }
  if (edition === undefined) throw missing('--edition <id>', 'which move is ended');
  const terminal = terminalOf(command);
  if (yes !== true) await insist(terminal, edition);
  const { abandonMoveOf } = await import('../operations/move-data.js');
  const abandoned = await abandonMoveOf(configOf(command), edition);
  terminal.out(
    isJson === true
      ? json(abandoned)
      : `${terminal.colours.green('✓')} ${edition} runs here again; should ${abandoned.place} come back, delete it there before anything starts on it`,
  );
}

async function insist(terminal: Terminal, edition: string): Promise<void> {
  if (!terminal.canAsk) {
    throw usage(
      'confirmation-missing',
      'it would let the edition run here, and if its server runs it too each post is sent twice',
      'Add --yes if that server is lost for good',
    );
  }
  const question = `Is the server that ${edition} was under way to lost for good? If it runs there too, each post is sent twice.`;
  if (await agreed(question)) return;
  throw new CallboardError('broken-off', {
    place: 'callboard migrate',
    problem: 'you did not agree and nothing was changed',
    remedy: 'Finish the move with --to',
  });
}

function missing(option: string, what: string): CallboardError {
  return usage('option-missing', `nothing says ${what}`, `Add ${option}`);
}

function usage(code: string, problem: string, remedy: string): CallboardError {
  return new CallboardError(code, { place: 'callboard migrate', problem, remedy }, 'usage');
}
