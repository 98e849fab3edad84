import type { Command } from 'commander';
import { states } from '../campaign/announcement.js';
import { networkNames, networks } from '../campaign/network.js';
import { ask } from '../operations/ask.js';
import type { ListedAnnouncement, Needs } from '../operations/list.js';
import type { Status } from '../operations/status.js';
import { timeWords } from '../site/time-words.js';
import { bothClocks } from '../operations/both-clocks.js';
import {
  configOf,
  terminalOf,
  withEditionOption,
  withExamples,
  withJsonOption,
} from './command.js';
import { counted, latenessInWords, spanInWords } from './moments.js';
import { outdatedInWords, outdatedLines } from './outdated-lines.js';
import { table } from './table.js';
import { json, plain, type Terminal } from './terminal.js';

interface Options {
  readonly edition?: string;
  readonly needsPerson?: boolean;
  readonly json?: boolean;
}

/** `callboard status`: how the campaign stands. */
export function addStatus(program: Command): void {
  const command = program
    .command('status')
    .description('show how the campaign stands')
    .option('--needs-person', 'list the announcements that wait for a person instead');
  withExamples(
    withJsonOption(withEditionOption(command)),
    'callboard status',
    'callboard status --needs-person',
    'callboard status --json | jq ".counts.published"',
  ).action(async ({ edition, needsPerson, json: isJson }: Options) => {
    const terminal = terminalOf(command);
    const config = configOf(command);
    if (needsPerson === true) {
      const { result } = await ask(config, 'needs', {}, { edition });
      if (isJson === true) terminal.out(json(result));
      else for (const line of needingLines(result, terminal)) terminal.out(line);
      return;
    }
    // Opening the queue takes longer than all the rest, and where nobody works nothing waits in it.
    const queue = isJson === true ? 'open' : 'none';
    const { result, by } = await ask(config, 'status', {}, { edition, queue });
    if (isJson === true) {
      terminal.out(json(result));
      return;
    }
    const alone = config.databaseUrl === undefined && by === 'this process';
    for (const line of statusLines(result, terminal, alone)) terminal.out(line);
  });
}

function statusLines(status: Status, terminal: Terminal, alone: boolean): readonly string[] {
  const { bold, dim, yellow } = terminal.colours;
  const { zone } = status;
  return [
    `${bold(plain(status.conference))} ${dim(`· edition ${status.edition} · times in ${zone}`)}`,
    ...(status.paused
      ? [
          yellow(
            `‖ paused since ${bothClocks(Date.parse(status.paused.since), zone)}: ${plain(status.paused.reason)} (callboard resume)`,
          ),
        ]
      : []),
    ...(status.movedTo === undefined
      ? []
      : [yellow(`→ it was moved to ${plain(status.movedTo)} and runs there`)]),
    ...(status.movingTo === undefined
      ? []
      : [
          yellow(
            `‖ its move to ${plain(status.movingTo)} is not finished, nothing is published (callboard migrate)`,
          ),
        ]),
    ...(alone ? [yellow('! no process runs here: nothing is published (callboard run)')] : []),
    ...(status.neglected > 0
      ? [
          yellow(
            `! ${counted(status.neglected, 'announcement')} overdue, and nothing goes out: is callboard run or callboard work up? see callboard doctor`,
          ),
        ]
      : []),
    '',
    countsTable(status, terminal),
    ...(status.needsPerson > 0
      ? [
          '',
          yellow(
            `! ${counted(status.needsPerson, 'announcement')} wait${status.needsPerson === 1 ? 's' : ''} for a person: callboard status --needs-person`,
          ),
        ]
      : []),
    ...(status.waitForRelease > 0
      ? [
          '',
          yellow(
            `! ${counted(status.waitForRelease, 'announcement')} wait${status.waitForRelease === 1 ? 's' : ''} for release: callboard release --all, or by id: callboard status --needs-person`,
          ),
        ]
      : []),
    ...(status.outdatedPosts > 0
      ? ['', yellow(`! ${outdatedInWords(status.outdatedPosts)}: callboard status --needs-person`)]
      : []),
    ...untoldLine(status, terminal),
    ...nextLines(status, terminal),
    ...latenessLines(status, terminal),
    '',
    ...programLine(status),
    ...(status.queue.backend === 'none' ? [] : [queueLine(status)]),
  ];
}

function untoldLine(
  { untoldNotices: { count, since }, zone }: Status,
  terminal: Terminal,
): readonly string[] {
  if (since === undefined) return [];
  const what = `${counted(count, 'notice')} did not reach you by webhook or e-mail yet`;
  const moment = bothClocks(Date.parse(since), zone);
  return [
    '',
    terminal.colours.yellow(`! ${what}, the oldest of ${moment}: check both in callboard.yaml`),
  ];
}

function countsTable({ counts, total }: Status, terminal: Terminal): string {
  const shownNetworks = networks.filter((network) =>
    Object.values(counts).some((byNetwork) => (byNetwork[network] ?? 0) > 0),
  );
  const shownStates = states.filter((state) => counts[state] !== undefined);
  if (total === 0) return terminal.colours.dim('no announcements yet');
  return table(
    terminal,
    [
      { name: '' },
      ...shownNetworks.map((network) => ({ name: networkNames[network], right: true })),
      { name: 'all', right: true },
    ],
    shownStates.map((state) => {
      const numbers = shownNetworks.map((network) => counts[state]?.[network] ?? 0);
      const sum = numbers.reduce((all, one) => all + one, 0);
      return [state, ...[...numbers, sum].map((one) => (one === 0 ? '·' : String(one)))];
    }),
  );
}

function nextLines({ next, zone }: Status, terminal: Terminal): readonly string[] {
  if (next.length === 0) return [];
  const words = timeWords(zone);
  const rows = next.map(({ dueAt, network, leadTime, title, id }) => {
    const at = Date.parse(dueAt);
    return [words.day(at), words.exact(at), networkNames[network], leadTime, id, plain(title)];
  });
  const columns = ['next', 'due', 'network', 'lead', 'id', 'session'].map((name) => ({ name }));
  return ['', table(terminal, columns, rows)];
}

function latenessLines({ lateness }: Status, terminal: Terminal): readonly string[] {
  if (lateness.length === 0) return [];
  const columns = [
    { name: 'lateness' },
    ...['posts', 'p50', 'p99', 'max'].map((name) => ({ name, right: true })),
  ];
  const rows = lateness.map(({ network, posts, p50, p99, max }) => [
    network === undefined ? 'all' : networkNames[network],
    String(posts),
    ...[p50, p99, max].map(latenessInWords),
  ]);
  return ['', table(terminal, columns, rows)];
}

function programLine({ program }: Status): readonly string[] {
  if (!program) return ['program  none yet: callboard import'];
  const { version, sessions, ageSeconds, address } = program;
  return [
    `program  version ${String(version)}, ${counted(sessions, 'session')}, ${spanInWords(ageSeconds * 1_000)} old, from ${plain(address)}`,
  ];
}

function queueLine({ queue }: Status): string {
  if (queue.trouble !== undefined) return `queue    ${queue.backend}: ${plain(queue.trouble)}`;
  const waiting = Object.values(queue.depth ?? {}).reduce((sum, count) => sum + count, 0);
  return `queue    on ${queue.backend}, ${counted(waiting, 'job')} in it`;
}

function needingLines(
  { announcements, outdated, zone }: Needs,
  terminal: Terminal,
): readonly string[] {
  const posts = outdatedLines(outdated, terminal);
  if (announcements.length === 0) {
    return posts.length > 0 ? posts : ['no announcement waits for a person'];
  }
  return [
    ...announcementLines(announcements, zone, terminal),
    ...(posts.length > 0 ? ['', ...posts] : []),
  ];
}

function announcementLines(
  announcements: readonly ListedAnnouncement[],
  zone: string,
  terminal: Terminal,
): readonly string[] {
  const columns = ['id', 'due', 'network', 'lead', 'state', 'why', 'session'];
  const rows = announcements.map(({ id, dueAt, network, leadTime, state, reason, title }) => [
    id,
    bothClocks(Date.parse(dueAt), zone),
    networkNames[network],
    leadTime,
    state,
    plain(reason ?? ''),
    plain(title),
  ]);
  return [
    table(
      terminal,
      columns.map((name) => ({ name })),
      rows,
    ),
    '',
    terminal.colours.dim(
      `callboard show <id> tells the story of one; release, skip or retry decide it${announcements.some(({ state }) => state === 'handed-off') ? ', handoffs done <id> <address> what was handed off' : ''}`,
    ),
  ];
}
