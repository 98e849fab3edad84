import { describe, expect, it } from 'vitest';
import { announcementId } from '../../src/campaign/announcement-id.js';
import { states, type State } from '../../src/campaign/announcement.js';
import type { Campaign } from '../../src/campaign/campaign.js';
import { planAnnouncements } from '../../src/campaign/plan.js';
import { replan, type PlanChange } from '../../src/campaign/replan.js';
import type { StandingAnnouncement } from '../../src/campaign/standing.js';
import type { Session } from '../../src/program/model.js';
import { at, campaign, program, rules, session } from './builders.js';
import { paperLedger } from './paper-ledger.js';

const start = at('2026-06-10T09:00:00Z');
const hour = 3_600_000;
const minute = 60_000;
const early = start - 10 * 24 * hour;
const one = { accounts: [rules('preview:x', ['PT15M'])] };
const identity = { edition: 'meeting-2026', session: 'a', leadTime: 'PT15M', account: 'preview:x' };
const id = announcementId({ ...identity, round: 1 });
const secondId = announcementId({ ...identity, round: 2 });
const place = (startsAt: number) => ({
  dueAt: startsAt - 15 * minute,
  expiresAt: startsAt - 12 * minute,
  template: 'x/PT15M',
});

function changes(
  sessions: readonly Session[],
  standing: Iterable<StandingAnnouncement>,
  given: { readonly now?: number; readonly campaign?: Partial<Campaign> } = {},
): readonly PlanChange[] {
  const found = program(sessions);
  const { announcements } = planAnnouncements(found, campaign({ ...one, ...given.campaign }));
  return replan({ wanted: announcements, standing, program: found, now: given.now ?? early });
}

/** The announcement of session `a`, standing. */
function standing(more: Partial<StandingAnnouncement> = {}): StandingAnnouncement {
  const { edition: _edition, session: key, ...rest } = identity;
  return { id, sessions: [key], ...rest, round: 1, state: 'planned', ...place(start), ...more };
}

describe('replanning', () => {
  it('adds what is new, and nothing whose deadline has passed', () => {
    const sessions = [session('a', start), session('b', start + hour)];
    const found = changes(sessions, [], { now: start });
    expect(found).toEqual([
      {
        kind: 'add',
        announcement: expect.objectContaining({
          sessions: ['b'],
          ...place(start + hour),
        }) as unknown,
      },
    ]);
  });

  it('still adds what is late within its grace', () => {
    expect(changes([session('a', start)], [], { now: start - 13 * minute })).toHaveLength(1);
    expect(changes([session('a', start)], [], { now: start - 12 * minute })).toEqual([]);
  });

  it('does nothing when the program is the same', () => {
    expect(changes([session('a', start)], [standing()])).toEqual([]);
  });

  it('moves what is planned or held with its session, and keeps the hold', () => {
    const moved = { kind: 'move', id, ...place(start + hour) };
    const sessions = [session('a', start + hour)];
    expect(changes(sessions, [standing()])).toEqual([moved]);
    expect(changes(sessions, [standing({ state: 'held', holdReason: 'person' })])).toEqual([moved]);
    expect(changes(sessions, [standing({ state: 'held', holdReason: 'account' })])).toEqual([
      moved,
    ]);
  });

  it('follows a new template and a new grace', () => {
    const leads = [{ leadTime: 'PT15M', template: 'x/short', grace: 'PT5M' }];
    const found = changes([session('a', start)], [standing()], {
      campaign: { accounts: [rules('preview:x', [], { leads })] },
    });
    const expiresAt = start - 10 * minute;
    expect(found).toEqual([{ kind: 'move', id, ...place(start), template: 'x/short', expiresAt }]);
  });

  it('cancels what the source cancelled, a person’s hold included', () => {
    const sessions = [session('a', start, { cancelled: true })];
    const cancelled = [{ kind: 'cancel', id, reason: 'cancelled in the program' }];
    expect(changes(sessions, [standing()])).toEqual(cancelled);
    expect(changes(sessions, [standing({ state: 'held', holdReason: 'person' })])).toEqual(
      cancelled,
    );
  });

  it('holds what is missing from the program and releases it on return', () => {
    expect(changes([], [standing()])).toEqual([{ kind: 'hold', id, reason: 'vanished' }]);
    const held = standing({ state: 'held', holdReason: 'vanished' });
    expect(changes([], [held])).toEqual([]);
    expect(changes([session('a', start)], [held])).toEqual([{ kind: 'release', id }]);
    expect(changes([session('a', start + hour)], [held])).toEqual([
      { kind: 'move', id, ...place(start + hour) },
      { kind: 'release', id },
    ]);
  });

  it('leaves the hold of a person or a parked account alone, whatever vanishes and returns', () => {
    for (const holdReason of ['person', 'account'] as const) {
      const held = standing({ state: 'held', holdReason });
      expect(changes([], [held])).toEqual([]);
      expect(changes([session('a', start)], [held])).toEqual([]);
    }
    expect(changes([session('a', start)], [standing({ state: 'held' })])).toEqual([]);
  });

  it('cancels what the campaign no longer wants', () => {
    const found = changes([session('a', start)], [standing()], {
      campaign: { accounts: [rules('preview:x', ['PT1H'])] },
      now: start - 30 * minute,
    });
    expect(found).toEqual([{ kind: 'cancel', id, reason: 'no longer in the campaign' }]);
  });

  it('brings back what the plan had cancelled, with the hold that is now wished', () => {
    const cancelled = standing({ state: 'cancelled', cancelledBy: 'plan' });
    const sessions = [session('a', start)];
    const revive = { kind: 'revive', id, ...place(start) };
    expect(changes(sessions, [cancelled])).toEqual([revive]);
    expect(changes(sessions, [cancelled], { campaign: { approval: true } })).toEqual([
      revive,
      { kind: 'hold', id, reason: 'approval' },
    ]);
    expect(changes(sessions, [cancelled], { now: start - 12 * minute })).toEqual([]);
  });

  it('brings nothing back that a person cancelled or that may have stood', () => {
    const sessions = [session('a', start)];
    expect(changes(sessions, [standing({ state: 'cancelled', cancelledBy: 'person' })])).toEqual(
      [],
    );
    expect(changes(sessions, [standing({ state: 'cancelled' })])).toEqual([]);
    const sent = standing({ state: 'cancelled', cancelledBy: 'plan', sent: true });
    expect(changes(sessions, [sent])).toEqual([]);
    expect(
      changes([session('a', start + hour)], [standing({ state: 'expired', sent: true })]),
    ).toEqual([]);
  });

  it('brings an expired one back only when its new due moment lies ahead', () => {
    const expired = standing({ state: 'expired' });
    const sessions = [session('a', start + hour)];
    expect(changes(sessions, [expired], { now: start })).toEqual([
      { kind: 'revive', id, ...place(start + hour) },
    ]);
    expect(changes(sessions, [expired], { now: start + 45 * minute })).toEqual([]);
  });

  it('touches nothing that is under way, stands, was refused or removed', () => {
    const untouchable: readonly State[] = [
      'publishing',
      'uncertain',
      'handed-off',
      'published',
      'rejected',
      'removed',
    ];
    const programs = [[session('a', start + hour)], [session('a', start, { cancelled: true })], []];
    for (const state of untouchable) {
      for (const sessions of programs) {
        expect(changes(sessions, [standing({ state, sent: true })])).toEqual([]);
      }
    }
    expect([...untouchable, 'planned', 'held', 'cancelled', 'expired'].sort()).toEqual(
      [...states].sort(),
    );
  });
});

describe('the plan’s own holds', () => {
  const sessions = [session('a', start)];
  const approval = { campaign: { approval: true } };

  it('are put on what is planned, and taken off when no longer wished', () => {
    expect(changes(sessions, [standing()], approval)).toEqual([
      { kind: 'hold', id, reason: 'approval' },
    ]);
    const held = standing({ state: 'held', holdReason: 'approval' });
    expect(changes(sessions, [held], approval)).toEqual([]);
    expect(changes(sessions, [held])).toEqual([{ kind: 'release', id }]);
  });

  it('are not put back on what a person released', () => {
    const released = standing({ released: true });
    expect(changes(sessions, [released], approval)).toEqual([]);
    expect(changes(sessions, [released], { campaign: { holdWithoutRoom: true } })).toEqual([]);
    expect(changes([], [released], approval)).toEqual([{ kind: 'hold', id, reason: 'vanished' }]);
  });

  it('change from one reason to another', () => {
    const vanished = standing({ state: 'held', holdReason: 'vanished' });
    expect(changes(sessions, [vanished], approval)).toEqual([
      { kind: 'hold', id, reason: 'approval' },
    ]);
    const waiting = standing({ state: 'held', holdReason: 'approval' });
    expect(changes([], [waiting], approval)).toEqual([{ kind: 'hold', id, reason: 'vanished' }]);
    expect(changes(sessions, [waiting], { campaign: { holdWithoutRoom: true } })).toEqual([
      { kind: 'hold', id, reason: 'room' },
    ]);
  });

  it('are taken off when the room becomes known', () => {
    const held = standing({ state: 'held', holdReason: 'room' });
    const known = [session('a', start, { room: 'hall' })];
    expect(changes(known, [held], { campaign: { holdWithoutRoom: true } })).toEqual([
      { kind: 'release', id },
    ]);
  });
});

describe('the next round', () => {
  const published = standing({ state: 'published', sent: true, announcedStart: start });
  const now = start - 10 * minute;

  it('is added when a session moves after it was announced and the new due moment lies ahead', () => {
    const found = changes([session('a', start + hour)], [published], { now });
    expect(found).toEqual([
      {
        kind: 'add',
        announcement: expect.objectContaining({
          id: secondId,
          round: 2,
          ...place(start + hour),
        }) as unknown,
      },
    ]);
  });

  it('is not added when the new due moment is past, the start is the same, or nobody knows what was said', () => {
    expect(changes([session('a', start + 4 * minute)], [published], { now })).toEqual([]);
    expect(changes([session('a', start)], [published], { now: early })).toEqual([]);
    const silent = standing({ state: 'published', sent: true });
    expect(changes([session('a', start + hour)], [silent], { now })).toEqual([]);
  });

  it('follows its session, and is cancelled when the session moves back', () => {
    const second = standing({ id: secondId, round: 2, ...place(start + hour) });
    const all = [second, published];
    expect(changes([session('a', start + hour)], all, { now })).toEqual([]);
    expect(changes([session('a', start + 2 * hour)], all, { now })).toEqual([
      { kind: 'move', id: secondId, ...place(start + 2 * hour) },
    ]);
    expect(changes([session('a', start)], all, { now })).toEqual([
      { kind: 'cancel', id: secondId, reason: 'moved back to the start that was announced' },
    ]);
  });

  it('comes back when it moves once more', () => {
    const ledger = paperLedger();
    ledger.standing.set(id, published);
    const step = (startsAt: number) => {
      const found = changes([session('a', startsAt)], ledger.standing.values(), { now });
      ledger.apply(found);
      return found.map((change) => change.kind);
    };
    expect([start + hour, start, start + 2 * hour].map(step)).toEqual([
      ['add'],
      ['cancel'],
      ['revive'],
    ]);
    expect([...ledger.standing.keys()]).toEqual([id, secondId]);
  });
});
