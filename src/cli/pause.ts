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
import { counted } from './moments.js';
import { json, plain } from './terminal.js';

interface Options {
  readonly reason?: string;
  readonly edition?: string;
  readonly json?: boolean;
}

/** `callboard pause`: from when it returns nothing is sent any more. */
export function addPause(program: Command): void {
  const command = program
    .command('pause')
    .description('pause everything; what falls due meanwhile expires at its deadline')
    .argument('[reason...]', 'why, for those who wonder later')
    .option('--reason <words>', 'the same');
  withExamples(
    withJsonOption(withEditionOption(command)),
    'callboard pause fire alarm in the venue',
    'callboard pause --reason "the program is being rebuilt"',
  ).action(async (words: readonly string[], options: Options) => {
    const terminal = terminalOf(command);
    const reason = options.reason ?? words.join(' ');
    if (reason.trim() === '') {
      throw new CallboardError(
        'reason-missing',
        {
          place: 'callboard pause',
          problem: 'no reason was given',
          remedy: 'Say why, as in `callboard pause fire alarm`',
        },
        'usage',
      );
    }
    const { edition } = options;
    const { result } = await ask(configOf(command), 'pause', { reason }, { edition });
    if (options.json === true) terminal.out(json(result));
    else
      terminal.out(
        `${terminal.colours.yellow('‖')} edition ${result.edition} is paused: ${plain(reason)}. Nothing is sent until \`callboard resume\`.`,
      );
  });
}

/** `callboard resume`: the end of a pause. */
export function addResume(program: Command): void {
  const command = program.command('resume').description('end the pause');
  withExamples(withJsonOption(withEditionOption(command)), 'callboard resume').action(
    async ({ edition, json: isJson }: Options) => {
      const terminal = terminalOf(command);
      const { result } = await ask(configOf(command), 'resume', {}, { edition });
      if (isJson === true) terminal.out(json(result));
      else
        terminal.out(
          result.resumed
            ? `${terminal.colours.green('✓')} edition ${result.edition} goes on; ${counted(result.due, 'announcement')} due now or within minutes`
            : `edition ${result.edition} was not paused`,
        );
    },
  );
}
