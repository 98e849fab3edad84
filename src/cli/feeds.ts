import type { Command } from 'commander';
import { ask } from '../operations/ask.js';
import type { PublishedFeeds } from '../operations/publish-feeds.js';
import {
  configOf,
  terminalOf,
  withEditionOption,
  withExamples,
  withJsonOption,
} from './command.js';
import { json, plain, type Terminal } from './terminal.js';

interface Options {
  readonly removeOthers?: boolean;
  readonly edition?: string;
  readonly json?: boolean;
}

/** `callboard feeds publish`: lists the meeting's feeds inside Bluesky. */
export function addFeeds(program: Command): void {
  const feeds = program
    .command('feeds')
    .description('the meeting as feeds inside Bluesky, for people to pin');
  withExamples(feeds, 'callboard feeds publish');
  const command = feeds
    .command('publish')
    .description('list them in the live Bluesky account: one for all sessions, one for each unit')
    .option('--remove-others', 'take those away whose unit is no more');
  withExamples(
    withJsonOption(withEditionOption(command)),
    'callboard feeds publish',
    'callboard feeds publish --remove-others',
  ).action(async ({ removeOthers = false, edition, json: isJson }: Options) => {
    const terminal = terminalOf(command);
    const { result } = await ask(
      configOf(command),
      'publishFeeds',
      { removeOthers },
      { edition, begin: edition === undefined },
    );
    if (isJson === true) terminal.out(json(result));
    else for (const one of result.accounts) say(one, terminal);
  });
}

const marks = { added: '+', changed: '~', unchanged: '=' } as const;

function say({ account, feeds, removed, left }: PublishedFeeds, terminal: Terminal): void {
  const { colours } = terminal;
  terminal.out(`${colours.green('✓')} ${plain(account)} lists ${String(feeds.length)} feeds`);
  for (const { name, address, became } of feeds) {
    terminal.out(`  ${marks[became]} ${plain(name)}  ${plain(address)}`);
  }
  if (removed.length > 0) terminal.out(`  taken away: ${plain(removed.join(', '))}`);
  if (left.length > 0) {
    terminal.out(
      `  ${colours.yellow('!')} still listed without a unit: ${plain(left.join(', '))} → callboard feeds publish --remove-others`,
    );
  }
}
