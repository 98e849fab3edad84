import type { Command } from 'commander';
import {
  configOf,
  terminalOf,
  withEditionOption,
  withExamples,
  withJsonOption,
} from './command.js';
import { counted } from './moments.js';
import { startProgress } from './progress.js';
import { json } from './terminal.js';

interface Options {
  readonly to: string;
  readonly edition?: string;
  readonly json?: boolean;
}

/** `callboard migrate`: editions from the embedded database to a server. */
export function addMigrate(program: Command): void {
  const command = program
    .command('migrate')
    .description('move editions whole from the embedded database to a Postgres server')
    .requiredOption('--to <address>', 'the server, as DATABASE_URL would have it');
  withExamples(
    withJsonOption(withEditionOption(command)),
    'callboard migrate --to "$DATABASE_URL"',
    'callboard migrate --to postgres://callboard@db.example/callboard --edition meeting-2026',
  ).action(async ({ to, edition, json: isJson }: Options) => {
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
