import type { Command } from 'commander';
import { resolve } from 'node:path';
import { configOf, terminalOf, withExamples, withJsonOption, worldOf } from './command.js';
import { json } from './terminal.js';

/** `callboard backup`: the embedded database as one file. */
export function addBackup(program: Command): void {
  const command = program
    .command('backup')
    .description('write the embedded database to one file, also while Callboard runs')
    .argument('<file>', 'where to; an older backup there is replaced');
  withExamples(withJsonOption(command), 'callboard backup callboard-backup.tar.gz').action(
    async (file: string, { json: isJson }: { json?: boolean }) => {
      const terminal = terminalOf(command);
      const { backUp } = await import('../operations/move-data.js');
      const written = await backUp(configOf(command), resolve(worldOf(command).cwd, file));
      if (isJson === true) terminal.out(json(written));
      else
        terminal.out(
          `${terminal.colours.green('✓')} ${written.file} (${(written.bytes / 1024 ** 2).toFixed(1)} MB); \`callboard restore\` puts it into an empty data folder`,
        );
    },
  );
}
