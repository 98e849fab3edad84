import { describe, expect, it } from 'vitest';
import { announcementId } from '../../src/campaign/announcement-id.js';
import { describeNote } from '../../src/campaign/notes.js';
import { planAnnouncements } from '../../src/campaign/plan.js';
import type { Campaign } from '../../src/campaign/campaign.js';
import type { Session } from '../../src/program/model.js';
import { toIso } from '../../src/program/time.js';
import { at, campaign, program, rules, session } from './builders.js';

const start = at('2026-06-10T09:00:00Z');

function plan(sessions: readonly Session[], more: Partial<Campaign> = {}) {
  return planAnnouncements(program(sessions), campaign(more));
}

/** Who is announced, as `session@lead time`. */
function keys(sessions: readonly Session[], more: Partial<Campaign> = {}): readonly string[] {
  return plan(sessions, more).announcements.map((one) => `${one.sessions.join()}@${one.leadTime}`);
}

describe('the plan', () => {
  it('has one announcement per session, account and lead time, whole', () => {
    const { announcements, notes } = plan([session('a', start)], {
      accounts: [rules('preview:x', ['PT15M'])],
    });
    const identity = {
      edition: 'meeting-2026',
      session: 'a',
      leadTime: 'PT15M',
      account: 'preview:x',
    };
    expect(notes).toEqual([]);
    expect(announcements).toEqual([
      {
        id: announcementId({ ...identity, round: 1 }),
        edition: 'meeting-2026',
        sessions: ['a'],
        account: 'preview:x',
        network: 'x',
        leadTime: 'PT15M',
        round: 1,
        template: 'x/PT15M',
        dueAt: at('2026-06-10T08:45:00Z'),
        expiresAt: at('2026-06-10T08:48:00Z'),
      },
    ]);
  });

  it('is ordered by due moment, then id, and is the same whatever the order of the sessions', () => {
    const sessions = Array.from({ length: 30 }, (_, n) =>
      session(`s${n}`, start + (n % 3) * 60_000),
    );
    const { announcements } = plan(sessions);
    const sorted = [...announcements].sort(
      (one, other) => one.dueAt - other.dueAt || (one.id < other.id ? -1 : 1),
    );
    expect(announcements).toHaveLength(60);
    expect(announcements).toEqual(sorted);
    expect(plan([...sessions].reverse()).announcements).toEqual(announcements);
  });

  it('keeps the ids when a session moves', () => {
    const ids = (startsAt: number) =>
      plan([session('a', startsAt)])
        .announcements.map((one) => one.id)
        .sort();
    expect(ids(start + 7_200_000)).toEqual(ids(start));
  });

  it('counts lead times that were past when the campaign began, and keeps one that is due in that moment', () => {
    const sessions = [session('a', start), session('b', start), session('c', start + 86_400_000)];
    const { announcements, notes } = plan(sessions, {
      beganAt: at('2026-06-10T08:45:00Z'),
      accounts: [rules('preview:x', ['P7D', 'P1D', 'PT15M'])],
    });
    expect(announcements.map((one) => `${one.sessions.join()}@${one.leadTime}`).sort()).toEqual([
      'a@PT15M',
      'b@PT15M',
      'c@P1D',
      'c@PT15M',
    ]);
    expect(notes).toEqual([
      { kind: 'past-lead-time', leadTime: 'P7D', announcements: 3 },
      { kind: 'past-lead-time', leadTime: 'P1D', announcements: 2 },
    ]);
  });

  it('leaves out cancelled sessions with a note', () => {
    const sessions = [session('a', start), session('b', start, { cancelled: true })];
    const { announcements, notes } = plan(sessions);
    expect(announcements.map((one) => one.sessions)).toEqual([['a'], ['a']]);
    expect(notes).toEqual([{ kind: 'cancelled-sessions', sessions: 1 }]);
  });

  it('moves due moments out of quiet hours and keeps the deadline or the grace', () => {
    const quietHours = { from: '22:00', to: '07:00' };
    const early = session('early', at('2026-06-10T04:00:00Z')); // 06:00 in Berlin
    const { announcements } = plan([early], { quietHours });
    expect(
      announcements.map((one) => [one.leadTime, toIso(one.dueAt), toIso(one.expiresAt)]),
    ).toEqual([
      // 06:00 the day before, until 09:00: waits for 07:00.
      ['P1D', '2026-06-09T05:00:00Z', '2026-06-09T07:00:00Z'],
      // 05:45, until 05:48: goes out before the night, with its three minutes.
      ['PT15M', '2026-06-09T19:59:00Z', '2026-06-09T20:02:00Z'],
    ]);
  });

  it('never lets a deadline pass the start', () => {
    const { announcements } = plan([session('a', start)], {
      accounts: [
        rules('preview:x', [], {
          leads: [{ leadTime: 'PT1H', template: 'x/PT1H', grace: 'PT5H' }],
        }),
      ],
    });
    expect(announcements.map((one) => one.expiresAt)).toEqual([start]);
  });

  it('holds everything for approval, and sessions without a known room only when asked to', () => {
    const sessions = [
      session('a', start, { room: 'hall' }),
      session('b', start, { room: 'tba' }),
      session('c', start),
    ];
    const held = (more: Partial<Campaign>) =>
      plan(sessions, { accounts: [rules('preview:x', ['PT15M'])], ...more })
        .announcements.map((one) => `${one.sessions.join()}:${one.held ?? 'no'}`)
        .sort();
    expect(held({})).toEqual(['a:no', 'b:no', 'c:no']);
    expect(held({ holdWithoutRoom: true })).toEqual(['a:no', 'b:room', 'c:room']);
    expect(held({ approval: true, holdWithoutRoom: true })).toEqual([
      'a:approval',
      'b:approval',
      'c:approval',
    ]);
  });
});

describe('filters', () => {
  const sessions = [
    session('a', start, { unit: 'methods', type: 'Panel', room: 'hall' }),
    session('b', start, { unit: 'methods', type: 'Poster' }),
    session('c', start, { unit: 'theory', type: 'Panel' }),
    session('d', start),
  ];
  const filtered = (more: Parameters<typeof rules>[2]) =>
    [...keys(sessions, { accounts: [rules('preview:x', ['PT15M'], more)] })].sort();

  it('announce only what every list of `only` names, without regard to case', () => {
    const only = { units: ['political METHODOLOGY '], types: [], rooms: [] };
    expect(filtered({ only })).toEqual(['a@PT15M', 'b@PT15M']);
    expect(filtered({ only: { ...only, types: ['panel'] } })).toEqual(['a@PT15M']);
    expect(filtered({ only: { ...only, rooms: ['Hall 1'] } })).toEqual(['a@PT15M']);
  });

  it('leave out what any list of `except` names', () => {
    const except = { units: ['Theory'], types: ['poster'], rooms: [] };
    expect(filtered({ except })).toEqual(['a@PT15M', 'd@PT15M']);
  });

  it('are told in the notes, with names that nothing bears', () => {
    const only = { units: ['Political Metodology', 'Theory'], types: [], rooms: [] };
    const { notes } = plan(sessions, { accounts: [rules('preview:x', ['PT15M'], { only })] });
    expect(notes).toEqual([
      { kind: 'filtered-sessions', account: 'preview:x', network: 'x', sessions: 3 },
      { kind: 'unknown-name', account: 'preview:x', what: 'units', name: 'Political Metodology' },
    ]);
    expect(notes.map(describeNote)).toEqual([
      '3 sessions not on X (preview:x): left out by its filter.',
      'preview:x: its filter names "Political Metodology" under units, which no session has; compare the spelling with the program.',
    ]);
  });
});

describe('the speed of planning', () => {
  const big = (count: number) =>
    program(
      Array.from({ length: count }, (_, n) =>
        session(`s${n}`, start + Math.floor(n / 20) * 1_800_000, {
          room: n % 2 === 0 ? 'hall' : 'tba',
          unit: n % 3 === 0 ? 'methods' : 'theory',
        }),
      ),
    );
  const rulesOfAll = ['preview:bluesky', 'preview:threads', 'preview:x', 'preview:youtube'].map(
    (id) => rules(id, ['P1D', 'PT1H', 'PT15M']),
  );

  it('plans 10,000 sessions on 4 accounts at 3 lead times, each with an id of its own', () => {
    const { announcements } = planAnnouncements(big(10_000), campaign({ accounts: rulesOfAll }));
    expect(announcements).toHaveLength(120_000);
    expect(new Set(announcements.map((one) => one.id)).size).toBe(120_000);
  });
});
