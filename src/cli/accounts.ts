import type { Command } from 'commander';
import { ask } from '../operations/ask.js';
import type { AccountState } from '../operations/accounts.js';
import { bothClocks } from '../operations/both-clocks.js';
import { dollars } from './budget.js';
import {
  configOf,
  terminalOf,
  withEditionOption,
  withExamples,
  withJsonOption,
} from './command.js';
import { json, plain, type Terminal } from './terminal.js';

interface Options {
  readonly edition?: string;
  readonly json?: boolean;
}

/** `callboard accounts`: the live accounts, whose they are and how they are doing. */
export function addAccounts(program: Command): void {
  const command = program
    .command('accounts')
    .description('list the live accounts: whose they are, limits left, expiry, last post, health');
  withExamples(withJsonOption(withEditionOption(command)), 'callboard accounts').action(
    async ({ edition, json: isJson }: Options) => {
      const terminal = terminalOf(command);
      const begin = edition === undefined;
      const { result } = await ask(configOf(command), 'accounts', {}, { edition, begin });
      if (isJson === true) terminal.out(json(result));
      else for (const line of accountLines(result, terminal)) terminal.out(line);
    },
  );
}

/** `callboard disconnect`: takes our access to an account back. */
export function addDisconnect(program: Command): void {
  const command = program
    .command('disconnect')
    .description('take our access to an account back at its network and forget its secrets')
    .argument('<account>', 'such as bluesky:@meeting.bsky.social');
  withExamples(
    withJsonOption(withEditionOption(command)),
    'callboard disconnect x:@meeting',
  ).action(async (account: string, { edition, json: isJson }: Options) => {
    const terminal = terminalOf(command);
    const begin = edition === undefined;
    const { result } = await ask(configOf(command), 'disconnect', { account }, { edition, begin });
    if (isJson === true) {
      terminal.out(json(result));
      return;
    }
    terminal.out(
      `${terminal.colours.green('✓')} ${plain(account)} is disconnected; what is planned there is held`,
    );
    for (const sentence of result.said) terminal.out(`  ${plain(sentence)}`);
  });
}

function accountLines(
  { accounts, zone }: { readonly accounts: readonly AccountState[]; readonly zone: string },
  terminal: Terminal,
): readonly string[] {
  if (accounts.length === 0) {
    return [
      'The config has no live account: everything is shown on the preview page only.',
      'Connect one with callboard connect bluesky, threads, x or youtube, then write it in the config.',
    ];
  }
  return accounts.flatMap((one) => [...linesOf(one, zone, terminal), '']);
}

function linesOf(one: AccountState, zone: string, { colours }: Terminal): readonly string[] {
  const { account, connected, report, parked, restsUntil, sent, lastPostAt } = one;
  const clocks = (iso: string) => bothClocks(Date.parse(iso), zone);
  const [network = ''] = account.split(':');
  const head = colours.bold(plain(account));
  if (!connected)
    return [`${head}  ${colours.red('not connected')}  → callboard connect ${network}`];
  const health = parked
    ? colours.red(
        `parked since ${clocks(parked.since)}: ${plain(parked.reason)} → callboard connect ${network}`,
      )
    : restsUntil !== undefined
      ? colours.yellow(`rests until ${clocks(restsUntil)}`)
      : report?.kind === 'ok'
        ? colours.green('well')
        : colours.red(plain(report?.reason ?? 'unknown'));
  const money =
    sent.capMicroUsd > 0 ? `, ${dollars(sent.microUsd)} of ${dollars(sent.capMicroUsd)} spent` : '';
  return [
    `${head}  ${health}`,
    ...(report?.kind === 'ok' ? reportLines(report, zone) : []),
    `  sent: ${String(sent.lastHour)} of ${String(sent.perHour)} this hour, ${String(sent.lastDay)} of ${String(sent.perDay)} today${money}; last post ${lastPostAt === undefined ? 'none' : clocks(lastPostAt)}`,
  ];
}

function reportLines(
  report: Extract<NonNullable<AccountState['report']>, { kind: 'ok' }>,
  zone: string,
): readonly string[] {
  const { handle, name, id, scopes, expiresAt, quotas, warnings } = report;
  return [
    `  @${plain(handle)}${name === undefined ? '' : `, ${plain(name)}`}  ${plain(id)}`,
    ...(scopes === undefined ? [] : [`  may: ${plain(scopes.join(' '))}`]),
    ...(expiresAt === undefined ? [] : [`  good until ${bothClocks(expiresAt, zone)}`]),
    ...quotas.map(
      ({ name: what, limit, left }) => `  ${plain(what)}: ${String(left)} of ${String(limit)} left`,
    ),
    ...warnings.map((warning) => `  ! ${plain(warning)}`),
  ];
}
