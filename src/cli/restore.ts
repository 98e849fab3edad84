import type { Command } from 'commander';
import { resolve } from 'node:path';
import { configOf, terminalOf, withExamples, withJsonOption, worldOf } from './command.js';
import { json } from './terminal.js';

/** `callboard restore`: a backup back into a data folder. */
export function addRestore(program: Command): void {
  const command = program
    .command('restore')
    .description('put a backup into a data folder that has no database')
    .argument('<file>', 'a file that `callboard backup` wrote');
  withExamples(
    withJsonOption(command),
    'callboard restore callboard-backup.tar.gz',
    'callboard restore callboard-backup.tar.gz --data /srv/callboard',
  ).action(async (file: string, { json: isJson }: { json?: boolean }) => {
    const terminal = terminalOf(command);
    const config = configOf(command);
    const { restoreInto } = await import('../operations/move-data.js');
    const restored = await restoreInto(config, resolve(worldOf(command).cwd, file));
    if (isJson === true) terminal.out(json(restored));
    else
      terminal.out(
        `${terminal.colours.green('✓')} ${restored.folder} has the database of the backup; with its config beside it \`callboard run\` goes on from there`,
      );
  });
}
