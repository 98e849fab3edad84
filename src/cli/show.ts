import type { Command } from 'commander';
import { networkNames, isNetwork } from '../campaign/network.js';
import { leadTimeLabel } from '../campaign/lead-time.js';
import { ask } from '../operations/ask.js';
import type { Shown } from '../operations/show.js';
import {
  configOf,
  terminalOf,
  withEditionOption,
  withExamples,
  withJsonOption,
} from './command.js';
import { latenessInWords } from './moments.js';
import { timeWords } from '../site/time-words.js';
import { bothClocks, dayIn } from '../operations/both-clocks.js';
import { json, plain, plainLines, type Terminal } from './terminal.js';

interface Options {
  readonly edition?: string;
  readonly json?: boolean;
}

/** `callboard show`: the whole story of one announcement. */
export function addShow(program: Command): void {
  const command = program
    .command('show')
    .description('tell the whole story of one announcement')
    .argument('<id>', 'its id, or a beginning that only it has (4 letters or more)');
  withExamples(
    withJsonOption(withEditionOption(command)),
    'callboard show 3f9a0c1d2e4b5a67',
    'callboard show 3f9a --json',
  ).action(async (id: string, { edition, json: isJson }: Options) => {
    const terminal = terminalOf(command);
    const { result } = await ask(configOf(command), 'show', { id }, { edition });
    if (isJson === true) terminal.out(json(result));
    else for (const line of storyLines(result, terminal)) terminal.out(line);
  });
}

function storyLines(shown: Shown, { colours, width }: Terminal): readonly string[] {
  const { bold, dim, yellow } = colours;
  const network = isNetwork(shown.network) ? networkNames[shown.network] : plain(shown.network);
  const moment = (iso: string) => bothClocks(Date.parse(iso), shown.zone);
  const round = shown.round > 1 ? `, round ${String(shown.round)}` : '';
  return [
    `${bold(shown.id)} ${dim('·')} ${network}, ${leadTimeLabel(shown.leadTime)}${round} ${dim(`· ${plain(shown.account)}`)}`,
    `state    ${bold(shown.state)}${shown.reason === undefined ? '' : ` (${plain(shown.reason)})`}`,
    ...(shown.needsPerson ? [yellow('         a person should look at it')] : []),
    ...shown.sessions.flatMap(({ key, title, startsAt, page }) => [
      `session  ${plain(title ?? key)}`,
      ...(startsAt === undefined ? [] : [`starts   ${moment(startsAt)}`]),
      dim(`         ${plain(page)}`),
    ]),
    `due      ${moment(shown.dueAt)}`,
    `until    ${moment(shown.expiresAt)} ${dim('(never sent after that)')}`,
    ...(shown.retryAt === undefined ? [] : [`again    ${moment(shown.retryAt)}`]),
    ...(shown.attempts > 0 ? [`attempts ${String(shown.attempts)}`] : []),
    ...postLines(shown),
    ...textLines(shown, width ?? 80, dim),
    '',
    ...shown.story.map(({ at, from, to, actor, attempt, reason }) =>
      [
        dim(momentOfStory(at, shown.zone)),
        `${from === undefined ? '' : `${from} → `}${to}`,
        dim(`by ${actor}${attempt === undefined ? '' : `, attempt ${String(attempt)}`}`),
        reason === undefined ? '' : plain(reason),
      ]
        .filter((part) => part !== '')
        .join('  '),
    ),
  ];
}

function postLines({ post, zone }: Shown): readonly string[] {
  if (!post) return [];
  const moment = (iso: string) => bothClocks(Date.parse(iso), zone);
  const removed = post.removedAt === undefined ? '' : `, removed ${moment(post.removedAt)}`;
  return [
    `post     ${plain(post.permalink)}`,
    `taken    ${moment(post.acceptedAt)} (${latenessInWords(post.latenessMs)})${removed}`,
  ];
}

function textLines(
  { text, problem }: Shown,
  width: number,
  dim: (text: string) => string,
): readonly string[] {
  if (!text) return problem === undefined ? [] : ['', `no text: ${plain(problem)}`];
  const { used, limit, unit, frozen } = text;
  const heading = ` ${frozen ? 'as sent' : 'as it would be sent now'} · ${String(used)} of ${String(limit)} ${unit} `;
  const span = Math.max(heading.length + 2, Math.min(width, 80));
  return [
    '',
    dim(`┌─${heading}${'─'.repeat(span - heading.length - 2)}`),
    ...plainLines(text.text).map((line) => `${dim('│')} ${line}`),
    dim(`└${'─'.repeat(span - 1)}`),
  ];
}

/** To the second, for that is how close the steps of a story lie: `Thu 2 Apr 2026, 09:00:05 CDT`. */
function momentOfStory(iso: string, zone: string): string {
  const at = Date.parse(iso);
  const words = timeWords(zone);
  return `${dayIn(at, zone)}, ${words.exact(at)} ${words.zone(at)}`;
}
