import fc from 'fast-check';
import { expect, test } from 'vitest';
import { spanMs } from '../../src/campaign/lead-time.js';
import type { Context } from '../../src/context.js';
import type { PreviewFault } from '../../src/networks/preview/preview-publisher.js';
import { change } from '../../src/operations/change.js';
import { verbs, type Verb } from '../../src/operations/verbs.js';
import { importProgram } from '../../src/operations/import-program.js';
import { replanEdition } from '../../src/operations/replan-edition.js';
import { pause, resume } from '../../src/operations/pause.js';
import type { Publisher } from '../../src/publish/publisher.js';
import { publishAnnouncement } from '../../src/publish/publish.js';
import { reconcile } from '../../src/publish/reconcile.js';
import { mayMove } from '../../src/publish/state.js';
import { sweep } from '../../src/publish/sweep.js';
import { describeOnDatabases } from '../support/database.js';
import {
  minute,
  noon,
  openTestEdition,
  session,
  type SessionOf,
  type TestEdition,
} from '../support/edition.js';

const faults = [
  { kind: 'lost-answer' },
  { kind: 'lost-request' },
  { kind: 'slow', ms: 60 * minute },
  { kind: 'retry-later', reason: 'busy' },
  { kind: 'rejected', reason: 'no' },
  { kind: 'unauthorized', reason: 'revoked' },
] as const satisfies readonly PreviewFault[];

/** What may happen at any moment. Announcements and sessions are meant by their place in a list. */
type Step =
  | {
      readonly does: 'publish';
      readonly which: number;
      readonly worker: number;
      readonly fault: PreviewFault | 'killed' | 'none';
    }
  | { readonly does: 'reconcile' | 'sweep'; readonly worker: number }
  | { readonly does: 'verb'; readonly verb: Verb; readonly which: number }
  | { readonly does: 'pause' | 'resume' }
  | {
      readonly does: 'program';
      readonly session: number;
      readonly becomes: 'moved' | 'cancelled' | 'vanished' | 'restored' | 'renamed';
      readonly minutes: number;
    };

/** What happens alone, or several at once. */
type Event =
  | { readonly happens: 'time'; readonly minutes: number }
  | { readonly happens: 'the next is due' }
  | { readonly happens: 'a worker dies'; readonly worker: number }
  | { readonly happens: 'at once'; readonly steps: readonly Step[] };

const which = fc.nat(7);
const worker = fc.nat(1);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      does: fc.constant('publish' as const),
      which,
      worker,
      fault: fc.constantFrom<PreviewFault | 'killed' | 'none'>(...faults, 'killed', 'none', 'none'),
    }),
  },
  { weight: 2, arbitrary: fc.record({ does: fc.constantFrom('reconcile', 'sweep'), worker }) },
  {
    weight: 2,
    arbitrary: fc.record({
      does: fc.constant('verb' as const),
      verb: fc.constantFrom(...verbs),
      which,
    }),
  },
  { weight: 1, arbitrary: fc.record({ does: fc.constantFrom('pause', 'resume', 'resume') }) },
  {
    weight: 2,
    arbitrary: fc.record({
      does: fc.constant('program' as const),
      session: fc.nat(1),
      becomes: fc.constantFrom('moved', 'cancelled', 'vanished', 'restored', 'restored', 'renamed'),
      minutes: fc.integer({ min: -20, max: 40 }),
    }),
  },
);
const event: fc.Arbitrary<Event> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      happens: fc.constant('time' as const),
      minutes: fc.oneof(fc.integer({ min: 0, max: 5 }), fc.constant(0.1), fc.constant(-3)),
    }),
  },
  { weight: 2, arbitrary: fc.record({ happens: fc.constant('the next is due' as const) }) },
  { weight: 1, arbitrary: fc.record({ happens: fc.constant('a worker dies' as const), worker }) },
  {
    weight: 6,
    arbitrary: fc.record({
      happens: fc.constant('at once' as const),
      steps: fc.array(step, { minLength: 1, maxLength: 6 }),
    }),
  },
);

const leads = ['PT1H', 'PT15M'];
const graces: Readonly<Record<string, number>> = { PT1H: 15 * minute, PT15M: 3 * minute };

/** Over before it all begins; a program without any session is refused. */
const past = session('past', noon - 60 * minute);

/** A small edition with two workers, to which everything happens. */
async function world(edition: TestEdition) {
  const sessions: (SessionOf & { gone?: boolean })[] = [
    session('a', noon + 70 * minute),
    session('b', noon + 80 * minute),
  ];
  const killed = new Set<string>();
  const publisher = (account: string): Publisher | undefined => {
    const real = edition.publisher(account);
    // A short time-out, so that slow ones are given up in a moment of the real clock.
    return real && { ...real, timeoutMs: 25 };
  };
  const boot = async () => {
    const context = await edition.anotherContext({ publisher });
    const { ledger } = context;
    return {
      ...context,
      ledger: {
        ...ledger,
        // Killed between the network's answer and its record.
        settle: (...given: Parameters<typeof ledger.settle>) =>
          killed.delete(given[0].announcement.id)
            ? Promise.reject(new Error('killed'))
            : ledger.settle(...given),
      },
    } satisfies Context;
  };
  const workers = [await boot(), await boot()];
  const workerAt = (place: number) => workers[place] ?? edition.context;
  const idAt = async (place: number) => {
    const all = await edition.announcements();
    return all[place % all.length]?.id ?? '';
  };
  const planned = () => edition.context.ledger.list({ states: ['planned'] });
  /** One of those that are due; where none is, any. */
  const dueAt = async (place: number) => {
    const now = edition.clock.now();
    const due = (await planned()).filter(({ dueAt: at }) => at <= now);
    return due[place % Math.max(1, due.length)]?.id ?? idAt(place);
  };
  const leasesRunOut = () =>
    edition.database.query(
      "UPDATE callboard.announcements SET claim_lease = 0 WHERE edition = $1 AND state = 'publishing'",
      [edition.name],
    );

  async function take(one: Step): Promise<void> {
    switch (one.does) {
      case 'publish': {
        const id = await dueAt(one.which);
        if (one.fault === 'killed') killed.add(id);
        else if (one.fault !== 'none') edition.faults.set(id, [one.fault]);
        await publishAnnouncement(workerAt(one.worker), id).catch((thrown: unknown) => {
          if (!(thrown instanceof Error) || thrown.message !== 'killed') throw thrown;
        });
        return;
      }
      case 'reconcile':
        await reconcile(workerAt(one.worker));
        return;
      case 'sweep':
        await sweep(workerAt(one.worker));
        return;
      case 'verb':
        await change(edition.context, {
          verb: one.verb,
          filter: { ids: [await idAt(one.which)] },
        });
        return;
      case 'pause':
        await pause(edition.context, { reason: 'wait' });
        return;
      case 'resume':
        await resume(edition.context);
        return;
      case 'program': {
        const meant = sessions[one.session];
        if (!meant) return;
        meant.gone = one.becomes === 'vanished';
        meant.cancelled = one.becomes === 'cancelled';
        if (one.becomes === 'renamed') meant.title += ' again';
        if (one.becomes === 'moved') {
          const startsAt = Date.parse(meant.start) + one.minutes * minute;
          Object.assign(meant, session(String(meant.id), startsAt, { title: meant.title }));
        }
        edition.write([past, ...sessions.flatMap(({ gone, ...sent }) => (gone ? [] : [sent]))]);
        await importProgram(edition.context);
        return;
      }
    }
  }

  async function happen(what: Event): Promise<void> {
    switch (what.happens) {
      case 'time':
        edition.clock.advance(what.minutes * minute);
        return;
      case 'the next is due': {
        const now = edition.clock.now();
        const next = (await planned()).find(({ dueAt: at }) => at > now);
        if (next) edition.clock.set(next.dueAt);
        return;
      }
      case 'a worker dies':
        workers[what.worker] = await boot();
        await leasesRunOut();
        return;
      case 'at once':
        await Promise.all(what.steps.map(take));
        // What was being published when the program changed is compared when it has settled: by the next re-reading.
        await replanEdition(edition.context);
        return;
    }
  }

  /** Nothing goes wrong any more, and time passes until everything is over. */
  async function end(): Promise<void> {
    edition.faults.clear();
    killed.clear();
    await resume(edition.context);
    await leasesRunOut();
    const over = Math.max(...(await edition.announcements()).map(({ expiresAt }) => expiresAt));
    do {
      await sweep(edition.context);
      await reconcile(edition.context);
      for (const { id } of await edition.announcements()) {
        await publishAnnouncement(edition.context, id);
      }
      edition.clock.advance(4 * minute);
    } while (edition.clock.now() <= over + 30 * minute);
  }
  return { happen, end };
}

/** What must hold at every moment. */
async function expectLawful(edition: TestEdition): Promise<void> {
  const announcements = await edition.announcements();
  for (const { id, state, post, leadTime } of announcements) {
    const posts = edition.witness.accepted.filter(({ announcement }) => announcement === id);
    expect(posts.length, `posts of ${id}, which is ${state}`).toBeLessThanOrEqual(1);
    const stands = state === 'published' || state === 'removed';
    expect(post !== undefined, `${id} is ${state}`).toBe(stands);
    if (stands) expect(posts).toHaveLength(1);
    else if (posts.length > 0) expect(['publishing', 'uncertain']).toContain(state);

    const [sent] = posts;
    const startsAt = sent?.content.facts.sessions[0]?.startsAt;
    if (sent && startsAt !== undefined) {
      // What it says was due when the network took it, and not late.
      const said = startsAt - spanMs(leadTime);
      expect(sent.acceptedAt).toBeGreaterThanOrEqual(said);
      expect(sent.acceptedAt).toBeLessThanOrEqual(said + (graces[leadTime] ?? 0));
    }

    const story = await edition.context.ledger.story(id);
    story.forEach(({ from, to, actor }, n) => {
      expect(from).toBe(story[n - 1]?.to);
      if (from !== undefined && from !== to)
        expect(mayMove(from, to, actor), `${actor}: ${from} to ${to}`).toBe(true);
    });
    expect(story.at(-1)?.to).toBe(state);
  }
  const keys = announcements.map(({ sessions, leadTime, account, round }) =>
    [sessions[0], leadTime, account, round].join(),
  );
  expect(new Set(keys).size).toBe(keys.length);
}

describeOnDatabases('whatever happens', (database) => {
  test(
    'each announcement stands at most once, in time, along the arrows, and all comes to an end',
    { timeout: 90_000 },
    async () => {
      let sent = 0;
      await fc.assert(
        fc.asyncProperty(fc.array(event, { minLength: 8, maxLength: 30 }), async (events) => {
          const edition = await openTestEdition(database(), {
            sessions: [past, session('a', noon + 70 * minute), session('b', noon + 80 * minute)],
            settings: { leads, accounts: ['preview:bluesky', 'preview:x'] },
          });
          try {
            const { happen, end } = await world(edition);
            edition.clock.advance(9 * minute);
            for (const what of events) {
              await happen(what);
              await expectLawful(edition);
            }
            await end();
            await expectLawful(edition);
            const open = (await edition.announcements()).filter(({ state }) =>
              ['planned', 'held', 'publishing', 'uncertain'].includes(state),
            );
            expect(open).toEqual([]);
            sent += edition.witness.accepted.length;
          } finally {
            await edition.close();
          }
        }),
        { numRuns: 25, interruptAfterTimeLimit: 25_000, markInterruptAsFailure: false },
      );
      expect(sent).toBeGreaterThan(0);
    },
  );
});
