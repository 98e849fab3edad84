import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planAnnouncements } from '../../src/campaign/plan.js';
import { replan } from '../../src/campaign/replan.js';
import { chainName, type StandingAnnouncement } from '../../src/campaign/standing.js';
import { at, campaign, program, rules, session } from './builders.js';
import { live, paperLedger, type PaperLedger } from './paper-ledger.js';

const start = at('2026-06-10T09:00:00Z');
const minute = 60_000;

/** One day in the life: the program and the campaign change, time passes, the world does something to what stands. */
interface Step {
  readonly sessions: readonly {
    readonly shift: number;
    readonly is: 'there' | 'gone' | 'cancelled';
  }[];
  readonly campaign: {
    readonly approval: boolean;
    readonly holdWithoutRoom: boolean;
    readonly leads: readonly string[];
  };
  readonly minutes: number;
  readonly world: readonly (
    'nothing' | 'publish' | 'lose' | 'reject' | 'hold' | 'release' | 'skip' | 'remove'
  )[];
}

const steps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.record({
    sessions: fc.array(
      fc.record({
        shift: fc.integer({ min: -4, max: 12 }),
        is: fc.constantFrom('there', 'there', 'there', 'gone', 'cancelled'),
      }),
      { minLength: 2, maxLength: 2 },
    ),
    campaign: fc.record({
      approval: fc.boolean(),
      holdWithoutRoom: fc.boolean(),
      leads: fc.subarray(['PT1H', 'PT15M'], { minLength: 0 }),
    }),
    minutes: fc.integer({ min: 0, max: 45 }),
    world: fc.array(
      fc.constantFrom(
        'nothing',
        'publish',
        'publish',
        'lose',
        'reject',
        'hold',
        'release',
        'skip',
        'remove',
      ),
      { minLength: 6, maxLength: 6 },
    ),
  }),
  { minLength: 1, maxLength: 12 },
);

const frozen = ['publishing', 'uncertain', 'handed-off', 'published', 'rejected', 'removed'];

function programOf(step: Step) {
  return program(
    step.sessions.flatMap(({ shift, is }, n) =>
      is === 'gone'
        ? []
        : [session(`s${n}`, start + shift * 10 * minute, { cancelled: is === 'cancelled' })],
    ),
  );
}

/** What publishing, the sweep and people do to what stands, along the arrows of the design. */
function world(ledger: PaperLedger, step: Step, now: number): void {
  const startOf = new Map(programOf(step).program.sessions.map((one) => [one.key, one.startsAt]));
  [...ledger.standing.values()].forEach((one, n) => {
    const does = step.world[n % step.world.length];
    const startsAt = startOf.get(one.sessions[0] ?? '');
    const due = one.state === 'planned' && one.dueAt <= now && now < one.expiresAt;
    const waits = one.state === 'planned' || one.state === 'held';
    if (waits && one.expiresAt <= now) ledger.put(one.id, { state: 'expired' });
    else if (does === 'publish' && due && startsAt !== undefined)
      ledger.put(one.id, { state: 'published', sent: true, announcedStart: startsAt });
    else if (does === 'lose' && due) ledger.put(one.id, { state: 'uncertain', sent: true });
    else if (does === 'reject' && due) ledger.put(one.id, { state: 'rejected' });
    else if (does === 'hold' && one.state === 'planned')
      ledger.put(one.id, { state: 'held', holdReason: 'person' });
    else if (does === 'release' && one.state === 'held')
      ledger.put(one.id, { state: 'planned', released: true });
    else if (does === 'skip' && waits)
      ledger.put(one.id, { state: 'cancelled', cancelledBy: 'person' });
    else if (does === 'remove' && one.state === 'published')
      ledger.put(one.id, { state: 'removed' });
  });
}

/** Runs the days and hands every one of them to `check`, before and after its changes were applied. */
function liveThrough(
  days: readonly Step[],
  check: (day: {
    readonly before: ReadonlyMap<string, StandingAnnouncement>;
    readonly after: ReadonlyMap<string, StandingAnnouncement>;
    readonly again: () => readonly unknown[];
  }) => void,
): void {
  const ledger = paperLedger();
  let now = start - 120 * minute;
  for (const step of days) {
    now += step.minutes * minute;
    const found = programOf(step);
    const { announcements: wanted } = planAnnouncements(
      found,
      campaign({
        beganAt: start - 240 * minute,
        approval: step.campaign.approval,
        holdWithoutRoom: step.campaign.holdWithoutRoom,
        accounts: ['preview:x', 'preview:bluesky'].map((id) => rules(id, step.campaign.leads)),
      }),
    );
    const changes = () =>
      replan({ wanted, standing: ledger.standing.values(), program: found, now });
    const before = new Map(ledger.standing);
    ledger.apply(changes());
    check({ before, after: ledger.standing, again: changes });
    world(ledger, step, now);
  }
}

describe('replanning, whatever happens', () => {
  it('has nothing left to do once its changes are applied', () => {
    fc.assert(
      fc.property(steps, (days) => {
        liveThrough(days, ({ again }) => {
          expect(again()).toEqual([]);
        });
      }),
      { numRuns: 100 },
    );
  });

  it('never touches what is frozen, and never forgets a row', () => {
    fc.assert(
      fc.property(steps, (days) => {
        liveThrough(days, ({ before, after }) => {
          for (const [id, one] of before) {
            if (frozen.includes(one.state)) expect(after.get(id)).toBe(one);
            expect(after.has(id)).toBe(true);
          }
        });
      }),
      { numRuns: 100 },
    );
  });

  it('never undoes a person’s hold but by cancelling, nor a person’s cancellation', () => {
    fc.assert(
      fc.property(steps, (days) => {
        liveThrough(days, ({ before, after }) => {
          for (const [id, one] of before) {
            const now = after.get(id);
            if (one.state === 'held' && one.holdReason === 'person') {
              expect(['held', 'cancelled']).toContain(now?.state);
              if (now?.state === 'held') expect(now.holdReason).toBe('person');
            }
            if (one.cancelledBy === 'person' && one.state === 'cancelled') expect(now).toBe(one);
          }
        });
      }),
      { numRuns: 100 },
    );
  });

  it('never has two live announcements of a session for one lead time and account, nor says one start twice', () => {
    fc.assert(
      fc.property(steps, (days) => {
        liveThrough(days, ({ after }) => {
          const alive = [...after.values()]
            .filter((one) => live.includes(one.state))
            .map(chainName);
          expect(new Set(alive).size).toBe(alive.length);
          const said = [...after.values()]
            .filter((one) => one.state === 'published')
            .map((one) => `${chainName(one)} ${one.announcedStart ?? ''}`);
          expect(new Set(said).size).toBe(said.length);
        });
      }),
      { numRuns: 100 },
    );
  });
});
