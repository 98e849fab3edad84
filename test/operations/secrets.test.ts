import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { text as textOf } from 'node:stream/consumers';
import { afterEach, expect, test } from 'vitest';
import { loadConfig } from '../../src/config/config.js';
import { createContext } from '../../src/context.js';
import { createEvents, type CallboardEvent } from '../../src/events.js';
import { enterEdition } from '../../src/operations/enter-edition.js';
import { performOperation } from '../../src/operations/operations.js';
import { heardAhead } from '../../src/operations/heard-ahead.js';
import { replanEdition } from '../../src/operations/replan-edition.js';
import { publishAnnouncement } from '../../src/publish/publish.js';
import { reconcile } from '../../src/publish/reconcile.js';
import { openEmbeddedForTest, temporaryFolder } from '../support/database.js';
import { freshEditionName, hour, minute, noon, session, testFolder } from '../support/edition.js';
import { localServers } from '../support/local-server.js';
import { testClock } from '../support/test-clock.js';

const closers: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const secrets = {
  'bluesky:@meeting.example': {
    credentials: { identifier: 'meeting.example', appPassword: 'planted-app-pass-word' },
  },
  'threads:@meeting': {
    credentials: { clientId: '1', clientSecret: 'planted-threads-app-secret' },
    token: {
      accessToken: 'planted-threads-token',
      obtainedAt: noon,
      expiresAt: noon + 1_000 * hour,
    },
  },
  'x:@meeting': {
    kind: 'oauth1',
    apiKey: 'planted-api-key',
    apiSecret: 'planted-api-secret',
    accessToken: 'planted-access-token',
    accessSecret: 'planted-access-secret',
  },
  'youtube:@meeting': {
    clientId: 'planted-client-id',
    clientSecret: 'planted-client-secret',
    refreshToken: 'planted-refresh-token',
  },
} as const;

/** A server that says everything it was told back, as an error: the worst that a proxy or a debugging page can do. */
function startEcho(): (status: number) => Promise<string> {
  const servers = localServers();
  closers.push(() => servers.close());
  return (status) =>
    servers.serve((request, response) => {
      void textOf(request).then((body) => {
        const said = `${request.url ?? ''} ${JSON.stringify(request.headers)} ${decodeURIComponent(body.replace(/%(?![0-9a-f]{2})/gi, ''))}`;
        response.writeHead(status, { 'content-type': 'application/json' });
        response.end(
          JSON.stringify({
            error: { message: said, code: status, errors: [{ reason: said, message: said }] },
            message: said,
            detail: said,
            title: said,
            error_description: said,
          }),
        );
      });
    });
}

test.each([400, 401, 403, 429, 500])(
  'no secret is in a reason, an event, an answer or the data folder, whatever a network echoes with %i',
  async (status) => {
    const echo = startEcho();
    const folder = temporaryFolder();
    const name = freshEditionName();
    const accounts = await Promise.all(
      Object.keys(secrets).map(async (account) => ({
        account,
        server: await echo(status),
        ...(account.startsWith('youtube') && { way: 'posts' as const }),
      })),
    );
    const files = testFolder([session('a', noon + 2 * hour)], {
      edition: name,
      site: 'https://program.example.org',
      accounts,
    });
    closers.push(() => files.remove());
    const config = loadConfig({ file: files.file, env: { CALLBOARD_DATA: folder } });
    const database = await openEmbeddedForTest(folder);
    closers.push(() => database.close());
    const clock = testClock(noon);
    const { edition } = await enterEdition(database, config, clock);
    const told: CallboardEvent[] = [];
    const events = createEvents();
    events.on((event) => void told.push(event));
    const context = await createContext(
      { config, database, edition },
      { queue: 'none' },
      { clock, events },
    );
    closers.push(() => context.close());
    const answers: unknown[] = [];
    const ask = async (operation: string, input: unknown = {}) =>
      answers.push(
        await performOperation(context, operation, input).catch((thrown: unknown) =>
          String(thrown),
        ),
      );
    for (const [account, own] of Object.entries(secrets)) {
      await ask('connect', { account, secrets: own });
    }
    await replanEdition(context);
    clock.set(noon + 2 * hour - 15 * minute);
    for (const announcement of await context.ledger.list({})) {
      const publisher = context.publisher(announcement.account);
      const composed = await context.compose(announcement, 1);
      if (!publisher || !composed.ok) throw new Error('it cannot be sent');
      const { content } = composed;
      const signal = AbortSignal.timeout(20_000);
      const prepared = await publisher.prepare({ announcement, content, signal });
      answers.push(prepared);
      await heardAhead(context, announcement.account, prepared);
      answers.push(await publishAnnouncement(context, announcement.id));
    }
    await reconcile(context);
    for (const operation of ['accounts', 'status', 'doctor', 'handOffs', 'budget']) {
      await ask(operation);
    }
    await ask('list', { filter: {} });
    for (const { id } of await context.ledger.list({})) await ask('show', { id });
    answers.push(await context.noticeBoard.latest(100));
    for (const account of Object.keys(secrets)) await ask('disconnect', { account });
    const dump = await database.query(
      `SELECT query_to_xml('SELECT * FROM callboard.' || table_name, true, true, '')::text AS rows
       FROM information_schema.tables WHERE table_schema = 'callboard'`,
    );
    const everything = JSON.stringify([answers, told, dump.rows]);
    expect(everything.length).toBeGreaterThan(5_000);
    expect(everything).not.toMatch(/planted/);
    expect(filesThatHold(folder, 'planted')).toEqual([]);
  },
);

function filesThatHold(folder: string, text: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => readFileSync(file).includes(text));
}
