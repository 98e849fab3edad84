import { AtpAgent } from '@atproto/api';
import { BlueskyStrategy } from '@humanwhocodes/crosspost';
import { setTimeout as pause } from 'node:timers/promises';
import type { Network } from '../src/campaign/network.js';
import { loadConfig } from '../src/config/config.js';
import { openEdition, type OpenEdition } from '../src/operations/open-edition.js';
import { startPublishing } from '../src/operations/run.js';
import { grouped } from '../src/program/calendar/catalog.js';
import type { Announcement } from '../src/publish/ports.js';
import { publishAnnouncement } from '../src/publish/publish.js';
import { counts } from '../src/storage/statistics.js';
import { createRandom } from '../test/support/crash-random.js';
import { minute, second, session, testFolder } from '../test/support/edition.js';
import {
  startLiveNetworks,
  type LiveNetworks,
  type WitnessedPost,
} from '../test/support/networks/live-networks.js';
import { installPds } from '../test/support/networks/pds-package.js';
import { startPds, type Pds, type PdsAccount } from '../test/support/networks/pds.js';
import { ms, times, type Row } from './row.js';

const dueInOneMinute = 60;
/** One more is posted first, to sign in, and not counted. */
const posted = 100;
/** So long after the start the first falls due: what can be made ahead is made by then. */
const aheadMs = 170 * second;

/** Live accounts on the reference PDS and the local servers: how late posts are, and what exactly-once costs beside the bare calls. */
export async function networks(): Promise<readonly Row[]> {
  const missing = await installPds();
  if (missing !== undefined) throw new Error(missing);
  const pds = await startPds();
  try {
    return [...(await latenessRows(pds)), ...(await besideOthers(pds))];
  } finally {
    await pds.stop();
  }
}

async function latenessRows(pds: Pds): Promise<readonly Row[]> {
  const live = await startLiveNetworks({
    random: createRandom(1),
    share: 0,
    pds,
    name: 'lateness',
  });
  const first = Math.ceil(Date.now() / second) * second + aheadMs;
  const sessions = Array.from({ length: dueInOneMinute }, (_, at) =>
    session(`s${String(at)}`, first + 15 * minute + at * second),
  );
  const { edition, close } = await open(live, sessions);
  const work = await startPublishing(edition.context, { begun: edition.begun });
  const accounts = live.accounts.length - 1;
  try {
    const until = first + 3 * minute;
    const all = dueInOneMinute * accounts;
    while (Date.now() < until && (await published(edition)) < all) await pause(second);
    return latenessOf(await edition.context.ledger.list({}), await live.standing());
  } finally {
    await work.close();
    await close();
    await live.close();
  }
}

const goals: Readonly<Partial<Record<Network, string>>> = {
  bluesky: 'p99 ≤ 1 s',
  threads: 'p99 ≤ 2 s',
  x: 'p99 ≤ 1 s',
};

/** From the due moment to the moment by the server's own log; the PDS keeps none: there, to its answer. */
function latenessOf(
  announcements: readonly Announcement[],
  standing: readonly WitnessedPost[],
): readonly Row[] {
  const seen = new Map(
    standing.map(({ account, session, at }) => [`${account} ${session}`, at] as const),
  );
  return [...grouped(announcements, ({ network }) => network)].map(([network, theirs]) => {
    const late = theirs
      .flatMap(({ account, sessions, dueAt, post }) => {
        const at = seen.get(`${account} ${String(sessions[0])}`) ?? post?.acceptedAt;
        return at === undefined ? [] : [at - dueAt];
      })
      .sort((one, other) => one - other);
    const part = (share: number) => ms(late[Math.ceil(share * late.length) - 1] ?? Number.NaN);
    return {
      what: `lateness on ${network}, ${String(late.length)} of ${String(dueInOneMinute)} due in one minute, one a second`,
      figure: `p50 ${part(0.5)}, p99 ${part(0.99)}, max ${part(1)}`,
      beside: 'the due moment',
      ratio: '—',
      goal: goals[network] ?? '—',
    };
  });
}

async function besideOthers(pds: Pds): Promise<readonly Row[]> {
  const account = await pds.createAccount('beside');
  const sessions = Array.from({ length: posted + 1 }, (_, at) =>
    session(`b${String(at)}`, Date.now() + 14 * minute + at * 100),
  );
  const live = {
    accounts: [
      {
        account: `bluesky:@${account.handle}`,
        server: pds.origin,
        caps: { perHour: 100_000, perDay: 100_000 },
        graces: { PT15M: 'PT10M' },
      },
    ],
    credentials: { CALLBOARD_BLUESKY_APP_PASSWORD: account.appPassword },
  };
  // All fell due within the last minute; the edition began before, since a plan leaves out what was past at its beginning.
  const { edition, close } = await open(live, sessions, Date.now() - 5 * minute);
  try {
    const { context } = edition;
    const { replanEdition } = await import('../src/operations/replan-edition.js');
    await replanEdition(context);
    const announcements = await context.ledger.list({ states: ['planned'] });
    const signal = AbortSignal.timeout(10 * minute);
    const pictures: Uint8Array[] = [];
    for (const announcement of announcements) {
      const composed = await context.compose(announcement, 1);
      if (composed.ok && composed.content.picture) {
        pictures.push(await context.cards.draw(composed.content.picture));
      }
    }
    // The first one signs in: it is not counted on either side.
    const [begin, ...rest] = announcements;
    if (begin) await publishAnnouncement(context, begin.id);
    let began = performance.now();
    for (const { id } of rest) await publishAnnouncement(context, id);
    const ours = performance.now() - began;
    const stands = (await pds.posts(account.did)).length;
    if (stands !== announcements.length) throw new Error(`${String(stands)} posts stand`);

    const agent = new AtpAgent({ service: pds.origin });
    await agent.login({ identifier: account.handle, password: account.appPassword });
    began = performance.now();
    for (const [at, picture] of pictures.slice(1).entries()) {
      const { data } = await agent.uploadBlob(picture, { encoding: 'image/png' });
      await agent.com.atproto.repo.putRecord(
        {
          repo: account.did,
          collection: 'app.bsky.feed.post',
          rkey: `3laaaaaaaa${String(at)
            .padStart(3, '2')
            .replace(/[0189]/g, (digit) => 'abcd'['0189'.indexOf(digit)] ?? 'a')}`,
          record: {
            $type: 'app.bsky.feed.post',
            text: `Bare ${String(at)}`,
            createdAt: new Date().toISOString(),
            embed: {
              $type: 'app.bsky.embed.external',
              external: {
                uri: 'https://example.org',
                title: 'Bare',
                description: '',
                thumb: data.blob,
              },
            },
          },
        },
        { signal },
      );
    }
    const bare = performance.now() - began;
    const crosspost = await byCrosspost(pds, account, pictures.slice(1));
    const what = `${String(rest.length)} posts with link card on the PDS, exactly once, one after the other`;
    return [
      {
        what,
        figure: ms(ours),
        beside: `bare uploadBlob and putRecord in one session: ${ms(bare)}`,
        ratio: times(ours, bare),
        goal: '≤ 2 ×',
      },
      {
        what,
        figure: ms(ours),
        beside: `@humanwhocodes/crosspost, which signs in for each post and attaches the picture itself: ${ms(crosspost)}`,
        ratio: times(ours, crosspost),
        goal: '—',
      },
    ];
  } finally {
    await close();
  }
}

/** As many posts by crosspost, which speaks to a host by HTTPS only: here its requests are led to the PDS. Milliseconds. */
async function byCrosspost(
  pds: Pds,
  { handle, appPassword }: PdsAccount,
  pictures: readonly Uint8Array[],
): Promise<number> {
  const { fetch } = globalThis;
  const host = 'pds.example';
  globalThis.fetch = (input, init) =>
    fetch(typeof input === 'string' ? input.replace(`https://${host}`, pds.origin) : input, init);
  try {
    const strategy = new BlueskyStrategy({ identifier: handle, password: appPassword, host });
    const began = performance.now();
    for (const [at, data] of pictures.entries()) {
      await strategy.post(`Crosspost ${String(at)}`, { images: [{ data, alt: 'A session' }] });
    }
    return performance.now() - began;
  } finally {
    globalThis.fetch = fetch;
  }
}

async function open(
  live: {
    readonly accounts: LiveNetworks['accounts'];
    readonly credentials: Readonly<Record<string, string>>;
  },
  sessions: Parameters<typeof testFolder>[0],
  beganAt = Date.now(),
): Promise<{ readonly edition: OpenEdition; readonly close: () => Promise<void> }> {
  const files = testFolder(sessions, {
    edition: `bench-networks-${String(beganAt)}`,
    site: 'https://program.example.org',
    accounts: live.accounts.filter(({ way }) => way !== 'by-hand'),
  });
  const config = loadConfig({ file: files.file, env: live.credentials });
  let now = beganAt;
  const clock = {
    now: () => (now === 0 ? Date.now() : now),
    sleep: (waitMs: number, signal?: AbortSignal) =>
      pause(waitMs, undefined, signal ? { signal } : {}).catch(() => undefined),
  };
  const edition = await openEdition(config, { edition: 'begin', overrides: { clock } });
  now = 0;
  return {
    edition,
    close: async () => {
      await edition.close();
      files.remove();
    },
  };
}

async function published({ context }: OpenEdition): Promise<number> {
  const all = await counts(context.database, context.edition.id);
  return all
    .filter(({ state }) => state === 'published')
    .reduce((sum, { count }) => sum + count, 0);
}
