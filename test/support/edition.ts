import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { stringify } from 'yaml';
import type { Clock } from '../../src/clock.js';
import { loadConfig, type Config } from '../../src/config/config.js';
import type { ConfigFile } from '../../src/config/schema.js';
import { createContext, type Context, type ContextOverrides } from '../../src/context.js';
import { createEvents, type CallboardEvent } from '../../src/events.js';
import {
  createPreviewPublisher,
  type PreviewFault,
} from '../../src/networks/preview/preview-publisher.js';
import { enterEdition } from '../../src/operations/enter-edition.js';
import { replanEdition } from '../../src/operations/replan-edition.js';
import type { ProgramFile } from '../../src/program/sources/callboard-shape.js';
import type { EpochMs } from '../../src/program/time.js';
import type { Announcement } from '../../src/publish/ports.js';
import type { Dispatch, Publisher } from '../../src/publish/publisher.js';
import { absentQueue } from '../../src/queue/absent-queue.js';
import type { Database } from '../../src/storage/database.js';
import { testClock, type TestClock } from './test-clock.js';
import { witness, type Witness } from './witness.js';

export const second = 1_000;
export const minute = 60 * second;
export const hour = 60 * minute;
/** When the clock of a test edition stands still at first. */
export const noon = Date.UTC(2030, 4, 1, 12);

/** One session of a test program: its own id, and when it starts. */
export type SessionOf = ProgramFile['sessions'][number];

/** A session that starts so many milliseconds after a moment and takes half an hour. */
export function session(id: string, startsAt: EpochMs, own: Partial<SessionOf> = {}): SessionOf {
  return {
    id,
    title: `Session ${id}`,
    start: new Date(startsAt).toISOString(),
    end: new Date(startsAt + 30 * minute).toISOString(),
    room: 'Main hall',
    ...own,
  };
}

/** Writes a program in our own format. */
export function writeProgram(
  file: string,
  sessions: readonly SessionOf[],
  own: Partial<ProgramFile> = {},
): void {
  const program: ProgramFile = {
    format: 'callboard-program',
    version: 1,
    title: 'Test Meeting',
    zone: 'Europe/Berlin',
    ...own,
    sessions: [...sessions],
  };
  writeFileSync(file, JSON.stringify(program));
}

/** A folder with a config file and a program, for `loadConfig`; `remove` takes it away. */
export function testFolder(
  sessions: readonly SessionOf[],
  settings: Partial<ConfigFile> & { readonly edition: string },
) {
  const folder = mkdtempSync(join(tmpdir(), 'callboard-test-'));
  const program = join(folder, 'program.json');
  const file = join(folder, 'callboard.yaml');
  writeProgram(program, sessions);
  const config: ConfigFile = {
    conference: { name: 'Test Meeting', zone: 'Europe/Berlin', hashtags: ['TM30'] },
    program: 'program.json',
    leads: ['PT15M'],
    accounts: ['preview:bluesky'],
    dataFolder: 'data',
    ...settings,
  };
  writeFileSync(file, stringify(config));
  return {
    folder,
    program,
    file,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

let editions = 0;

/** An edition of its own on a database that tests share: a name that no other has. */
export function freshEditionName(): string {
  editions += 1;
  return `test-${String(process.pid)}-${String(editions)}`;
}

/** What a test says about its edition. */
export interface TestEditionOptions {
  readonly sessions: readonly SessionOf[];
  readonly settings?: Partial<ConfigFile>;
  /** More files in its folder, by their path there. */
  readonly files?: Readonly<Record<string, string>>;
  /** What the environment says: where the embedded data would be, and the addresses of servers. */
  readonly env?: Readonly<Record<string, string>>;
  /** Without it a clock that stands at `noon`. */
  readonly clock?: Clock;
}

/** A whole edition on real parts: config file, program file, ledger, composer; its network is a witness. */
export interface TestEdition {
  readonly name: string;
  readonly folder: string;
  readonly config: Config;
  readonly database: Database;
  readonly clock: TestClock;
  readonly witness: Witness;
  readonly context: Context;
  /** Everything that was told, in order. */
  readonly events: readonly CallboardEvent[];
  /** What goes wrong with the next requests for an announcement, one after the other; `always` for all of any. */
  readonly faults: Map<string, PreviewFault[]>;
  /** Another process on the same database: its own boot, its own memory. */
  anotherContext(overrides?: ContextOverrides, config?: Config): Promise<Context>;
  /** The publisher that all contexts of it use, for a test to change a part of. */
  publisher(account: string): Publisher | undefined;
  /** Writes the next version of the program. */
  write(sessions: readonly SessionOf[], own?: Partial<ProgramFile>): void;
  announcements(): Promise<readonly Announcement[]>;
  /** The only announcement of a session, lead time, account and round. */
  announcement(which: {
    /** The source's own id of the session. */
    readonly session?: string;
    readonly leadTime?: string;
    readonly account?: string;
    readonly round?: number;
  }): Promise<Announcement>;
  close(): Promise<void>;
}

/** Begins an edition and plans it. */
export async function openTestEdition(
  database: Database,
  { sessions, settings = {}, files: more = {}, env = {}, clock: given }: TestEditionOptions,
): Promise<TestEdition> {
  const name = freshEditionName();
  const files = testFolder(sessions, { ...settings, edition: name });
  for (const [file, text] of Object.entries(more)) {
    mkdirSync(dirname(join(files.folder, file)), { recursive: true });
    writeFileSync(join(files.folder, file), text);
  }
  const config = loadConfig({ file: files.file, env });
  const clock = testClock(noon);
  const usedClock = given ?? clock;
  const seen = witness();
  const faults = new Map<string, PreviewFault[]>();
  const told: CallboardEvent[] = [];
  const fault = ({ announcement: { id } }: Dispatch) =>
    faults.get(id)?.shift() ?? faults.get('always')?.[0];
  const publishers = new Map<string, Publisher>();
  for (const { account } of config.accounts) {
    const options = { account: account.id, network: account.network, timeline: seen, fault };
    publishers.set(
      account.id,
      createPreviewPublisher({ ...options, clock: usedClock, page: `${config.site}/preview` }),
    );
  }
  const publisher = (account: string) => publishers.get(account);
  const { edition } = await enterEdition(database, config, usedClock);

  const opened: Context[] = [];
  const anotherContext = async (overrides: ContextOverrides = {}, own: Config = config) => {
    const events = overrides.events ?? createEvents();
    events.on((event) => void told.push(event));
    const context = await createContext({ config: own, database, edition }, undefined, {
      clock: usedClock,
      timeline: seen,
      publisher,
      queue: absentQueue,
      ...overrides,
      events,
    });
    opened.push(context);
    return context;
  };
  const context = await anotherContext();
  await replanEdition(context);
  const announcements = () => context.ledger.list({});
  // Sessions that vanished from the program keep their announcements.
  const keys = new Map<string, string>();
  const learnKeys = async () => {
    const inForce = await context.inForce();
    for (const { key, aliases } of inForce?.lookup.program.sessions ?? []) {
      for (const alias of aliases) keys.set(alias, key);
    }
  };
  await learnKeys();

  return {
    name,
    folder: files.folder,
    config,
    database,
    clock,
    witness: seen,
    context,
    events: told,
    faults,
    anotherContext,
    publisher,
    write: (next, own) => writeProgram(files.program, next, own),
    announcements,
    async announcement({ session: id, leadTime, account, round = 1 }) {
      await learnKeys();
      const found = (await announcements()).filter(
        (one) =>
          (id === undefined || one.sessions[0] === keys.get(`id:${id}`)) &&
          (leadTime === undefined || one.leadTime === leadTime) &&
          (account === undefined || one.account === account) &&
          one.round === round,
      );
      const [only] = found;
      if (!only || found.length > 1) throw new Error(`${String(found.length)} announcements fit`);
      return only;
    },
    async close() {
      for (const one of opened.splice(0)) await one.close();
      files.remove();
    },
  };
}
