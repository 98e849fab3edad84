import type { Command } from 'commander';
import { ask } from '../operations/ask.js';
import type { ComparedVersion, VersionChanges } from '../operations/changes.js';
import { bothClocks } from '../operations/both-clocks.js';
import { changeLines } from './change-words.js';
import {
  configOf,
  terminalOf,
  wholeNumber,
  withEditionOption,
  withExamples,
  withJsonOption,
} from './command.js';
import { json, plain, type Terminal } from './terminal.js';

interface Options {
  readonly from?: number;
  readonly to?: number;
  readonly edition?: string;
  readonly json?: boolean;
}

/** `callboard changes`: what is different between two versions of the program. */
export function addProgramChanges(program: Command): void {
  const command = program
    .command('changes')
    .description('show what is different between two versions of the program')
    .option('--from <version>', 'the older one (default: the one before)', wholeNumber)
    .option('--to <version>', 'the newer one (default: the last)', wholeNumber);
  withExamples(
    withJsonOption(withEditionOption(command)),
    'callboard changes',
    'callboard changes --from 3 --to 5',
    'callboard changes --json',
  ).action(async ({ from, to, edition, json: isJson }: Options) => {
    const terminal = terminalOf(command);
    const input = { ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
    const { result } = await ask(configOf(command), 'changes', input, { edition });
    if (isJson === true) terminal.out(json(result));
    else for (const line of differenceLines(result, terminal)) terminal.out(line);
  });
}

function differenceLines(found: VersionChanges, terminal: Terminal): readonly string[] {
  const { bold, dim } = terminal.colours;
  const { edition, from, to, zone, changes } = found;
  const imported = ({ version, importedAt }: ComparedVersion) =>
    dim(`version ${String(version)}  imported ${bothClocks(Date.parse(importedAt), zone)}`);
  return [
    `${bold(`edition ${plain(edition)}`)} ${dim('·')} version ${String(from.version)} → ${String(to.version)}, times in ${zone}`,
    imported(from),
    imported(to),
    '',
    ...(changes.length === 0
      ? ['no session differs in time, room, title or cancellation']
      : changeLines(changes, zone, terminal, true)),
  ];
}
