import type { Command } from 'commander';
import { CallboardError } from '../errors.js';
import { ask } from '../operations/ask.js';
import {
  configOf,
  terminalOf,
  withEditionOption,
  withExamples,
  withJsonOption,
} from './command.js';
import { json, plain } from './terminal.js';

interface Options {
  readonly posted?: string;
  readonly absent?: boolean;
  readonly edition?: string;
  readonly json?: boolean;
}

/** `callboard resolve`: the word of a person who looked, on an announcement in doubt. */
export function addResolve(program: Command): void {
  const command = program
    .command('resolve')
    .description('say whether an announcement in doubt stands')
    .argument('<id>', 'of the announcement, as in callboard status --needs-person')
    .option('--posted <address>', 'it stands: the address of the post')
    .option('--absent', 'it does not: it is sent again if its deadline allows');
  withExamples(
    withJsonOption(withEditionOption(command)),
    'callboard resolve 4k2m… --posted https://x.com/meeting/status/12345',
    'callboard resolve 4k2m… --absent',
  ).action(async (id: string, { posted, absent, edition, json: isJson }: Options) => {
    if ((posted === undefined) === (absent !== true)) {
      throw new CallboardError(
        'answer-missing',
        {
          place: 'callboard resolve',
          problem: 'it needs one answer',
          remedy: 'Say --posted with the address of the post, or --absent',
        },
        'usage',
      );
    }
    const input = posted === undefined ? { id, absent: true as const } : { id, posted };
    const { result } = await ask(configOf(command), 'resolve', input, { edition });
    const terminal = terminalOf(command);
    if (isJson === true) terminal.out(json(result));
    else
      terminal.out(
        `${terminal.colours.green('✓')} ${wordsFor[result.to]} ${plain(result.permalink ?? '')}`.trimEnd(),
      );
  });
}

const wordsFor = {
  published: 'it stands:',
  planned: 'it is sent again, to the letter',
  expired: 'it does not stand, and its deadline has passed',
} as const;
