import type { Command } from 'commander';
import { isSaid } from '../config/log-level.js';
import { createEvents } from '../events.js';
import type { OpenEdition } from '../operations/open-edition.js';
import { addressesOf } from '../site/addresses.js';
import type { Entrance } from '../site/entrance.js';
import type { OpeningStage } from '../storage/database.js';
import {
  configOf,
  terminalOf,
  withExamples,
  withProgramOptions,
  withWebOptions,
  worldOf,
} from './command.js';
import { levelOf, lineFor } from './live-lines.js';
import { plain, type Terminal } from './terminal.js';

/** What a process does of all that there is to do. */
interface Parts {
  readonly publish: boolean;
  readonly serve: boolean;
}

/** `callboard run`: everything in one process. */
export function addRun(program: Command): void {
  const command = program
    .command('run')
    .description('read the program, publish, and serve the pages: everything in one process');
  withExamples(
    withWebOptions(withProgramOptions(command)),
    'callboard run',
    'callboard run --program https://example.org/schedule.json',
    'callboard run --config meeting.yaml --port 8080',
  ).action(() => start(command, { publish: true, serve: true }));
}

/** `callboard work`: publishing only. */
export function addWork(program: Command): void {
  const command = program
    .command('work')
    .description('publish only; any number of workers on one Postgres server');
  withExamples(
    withProgramOptions(command),
    'DATABASE_URL=postgres://… REDIS_URL=redis://… callboard work',
  ).action(() => start(command, { publish: true, serve: false }));
}

/** `callboard serve`: the pages only. */
export function addServe(program: Command): void {
  const command = program.command('serve').description('serve the pages only');
  withExamples(
    withWebOptions(withProgramOptions(command)),
    'DATABASE_URL=postgres://… callboard serve --host 0.0.0.0',
  ).action(() => start(command, { publish: false, serve: true }));
}

const stages: Readonly<Record<OpeningStage, string>> = {
  unpacking: 'first start: unpacking the embedded database',
  starting: 'starting the embedded database',
  migrating: 'bringing the tables up to date',
};

/** Of a program that is fetched page by page, a line is written for so many. */
const pagesPerLine = 100;

async function start(command: Command, parts: Parts): Promise<void> {
  const config = configOf(command);
  const terminal = terminalOf(command);
  const events = createEvents();
  const ending = worldOf(command).askedToEnd();
  const closers: (() => Promise<void>)[] = [];
  const { hasDatabase, openEdition } = await import('../operations/open-edition.js');
  const isFirst = !hasDatabase(config);
  const onStage = (stage: OpeningStage) => {
    if (stage === 'unpacking' && isFirst) terminal.err(terminal.colours.dim(stages[stage]));
  };
  try {
    const opened = await openEdition(config, {
      edition: 'begin',
      onStage,
      onPage: (here, known) => {
        if (here % pagesPerLine === 0) {
          const pages = `${String(here)} of ${String(known)} pages known by now`;
          terminal.err(terminal.colours.dim(`fetching the program: ${pages}`));
        }
      },
      signal: ending,
      overrides: { events },
    });
    closers.push(() => opened.close());
    greet(terminal, opened);
    if (opened.begun) await tellReading(terminal, opened);
    events.on((event) => {
      if (!isSaid(levelOf(event), config.logLevel)) return;
      const { clock, edition } = opened.context;
      const { colours, width } = terminal;
      const line = lineFor(event, clock.now(), { colours, width, zone: edition.zone });
      if (line !== undefined) terminal.out(line);
    });
    if (parts.serve && !ending.aborted) closers.push(await serve(opened, terminal));
    if (parts.publish && !ending.aborted) {
      const { startPublishing } = await import('../operations/run.js');
      const { refuseUncleared } = await import('../operations/budget.js');
      await refuseUncleared(opened.context);
      const work = await startPublishing(opened.context, { begun: opened.begun });
      closers.push(() => work.close());
    }
    await aborted(ending);
    terminal.err(terminal.colours.dim('ending: letting what is under way finish …'));
  } catch (thrown) {
    // Asked to end while it was starting, it breaks off by throwing.
    if (!ending.aborted) throw thrown;
  } finally {
    for (const closer of closers.reverse()) await closer();
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

function greet(terminal: Terminal, { context, begun }: OpenEdition): void {
  const { config, edition, database, queue } = context;
  const { bold, dim } = terminal.colours;
  terminal.out(
    `${bold(plain(config.conference.name ?? edition.title))} ${dim(`· edition ${edition.id}${begun ? ', begun now' : ''}`)}`,
  );
  const where = database.kind === 'embedded' ? 'embedded database' : 'Postgres';
  terminal.out(dim(`${where} ${database.place}, queue on ${queue.backend}`));
}

/** What was guessed and left out in the first reading: later nobody asks, and posts come out at wrong hours. */
async function tellReading(terminal: Terminal, { context }: OpenEdition): Promise<void> {
  const { config, database, edition } = context;
  const { currentProgram } = await import('../storage/programs.js');
  const { readingNotes } = await import('../operations/reading-notes.js');
  const stored = await currentProgram(database, edition.id);
  if (!stored) return;
  for (const note of readingNotes(stored.report, config))
    terminal.out(terminal.colours.yellow(`! ${plain(note)}`));
}

async function serve({ context }: OpenEdition, terminal: Terminal): Promise<() => Promise<void>> {
  const { config } = context;
  const { webContextOf } = await import('../operations/web-context.js');
  const { startWeb } = await import('../site/web-server.js');
  const pages = await webContextOf(context, (error, path) => {
    context.events.emit({ kind: 'storage-trouble', message: `page ${path}: ${String(error)}` });
  });
  const web = await startWeb(pages, config.web);
  const { bold, dim } = terminal.colours;
  terminal.out(`${bold('→')} ${web.address} ${dim('the program')}`);
  const preview = `${web.address}${addressesOf(config.site).to('/preview')}`;
  const [query, posts] = wayIn(web.entrance, terminal);
  terminal.out(`${bold('→')} ${preview}${query} ${dim(posts)}`);
  return () => web.close();
}

/** What stands behind the address of the preview. The key is for the eyes of a person: what is no terminal may be a log. */
function wayIn(entrance: Entrance, { isTty }: Terminal): readonly [query: string, posts: string] {
  if (entrance.kind === 'key' && isTty) return [`?key=${entrance.key}`, 'the posts'];
  if (entrance.kind === 'open') return ['', 'the posts'];
  return ['', 'the posts, for organizers who sign in (callboard invite)'];
}
