import type { Command } from 'commander';
import { ask } from '../operations/ask.js';
import type { AccountBudget } from '../operations/budget.js';
import {
  configOf,
  endWith,
  several,
  terminalOf,
  withEditionOption,
  withExamples,
  withJsonOption,
} from './command.js';
import { counted, spanInWords } from './moments.js';
import { json, plain, type Terminal } from './terminal.js';

interface Options {
  readonly accept?: readonly string[];
  readonly edition?: string;
  readonly json?: boolean;
}

/** `callboard budget`: what the campaign asks of its live accounts, before it goes live. */
export function addBudget(program: Command): void {
  const command = program
    .command('budget')
    .description(
      'show what the campaign asks of its live accounts: posts against limits and caps, and money',
    )
    .option('--accept <account>', 'accept by name what does not fit; several with commas', several);
  withExamples(
    withJsonOption(withEditionOption(command)),
    'callboard budget',
    'callboard budget --accept x:@meeting',
  ).action(async ({ accept, edition, json: isJson }: Options) => {
    const terminal = terminalOf(command);
    const begin = edition === undefined;
    const input = accept === undefined ? {} : { accept: [...accept] };
    const { result } = await ask(configOf(command), 'budget', input, { edition, begin });
    const refused = result.accounts.filter(({ fits, accepted }) => !fits && !accepted);
    if (isJson === true) terminal.out(json(result));
    else for (const line of budgetLines(result.accounts, terminal)) terminal.out(line);
    if (refused.length > 0) endWith(command, 'findings');
  });
}

function budgetLines(accounts: readonly AccountBudget[], terminal: Terminal): readonly string[] {
  if (accounts.length === 0)
    return ['The config has no live account: nothing leaves this machine.'];
  return accounts.flatMap((one) => [...linesOf(one, terminal), '']);
}

function linesOf(one: AccountBudget, { colours }: Terminal): readonly string[] {
  const { account, posts, cost, spent, costCap, comparisons, fits, accepted, byHand } = one;
  const verdict = fits
    ? colours.green('fits')
    : accepted
      ? colours.yellow('does not fit, accepted')
      : colours.red('does not fit');
  const over = (is: boolean, text: string) => (is ? colours.red(`✗ ${text}`) : `✓ ${text}`);
  return [
    `${colours.bold(plain(account))}  ${counted(posts, 'post')} planned${byHand ? ', put up by a person' : ''}: ${verdict}`,
    ...comparisons.map(({ whose, windowMs, limit, most }) =>
      over(
        most > limit,
        `at most ${String(most)} in any ${windowInWords(windowMs)}, ${whose === 'network' ? 'the network takes' : 'the caps allow'} ${String(limit)}`,
      ),
    ),
    ...(cost > 0
      ? [
          over(
            cost + spent > costCap,
            `costs ${dollars(cost)}${spent > 0 ? ` after ${dollars(spent)} that are spent` : ''}, the cap is ${dollars(costCap)}`,
          ),
        ]
      : []),
    ...(fits || accepted
      ? []
      : [
          `  What is over the caps is put off and may expire. Change the campaign or the caps, or: callboard budget --accept ${account}`,
        ]),
  ];
}

function windowInWords(ms: number): string {
  return ms === 3_600_000 ? 'hour' : ms === 86_400_000 ? '24 hours' : spanInWords(ms);
}

/** Millionths of a dollar, as dollars. */
export function dollars(microUsd: number): string {
  return `$${(microUsd / 1_000_000).toFixed(2)}`;
}
