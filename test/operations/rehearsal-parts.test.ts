import { describe, expect, test } from 'vitest';
import type { NetworkManners } from '../../src/operations/rehearsal/network-manners.js';
import { mannersOf } from '../../src/operations/rehearsal/network-manners.js';
import { readPeriod } from '../../src/operations/rehearsal/period.js';
import { scaleTop } from '../../src/operations/rehearsal/report-charts.js';
import { busiestMinutes, postsByHour } from '../../src/operations/rehearsal/report-figures.js';
import { createTurns, type Waiting } from '../../src/operations/rehearsal/turns.js';
import { accountRules } from '../support/programs.js';

describe('turns', () => {
  const waiting = (id: string, at: number, own: Partial<Waiting> = {}): Waiting => ({
    id,
    account: 'preview:x',
    network: 'x',
    at,
    expiresAt: 1_000,
    ...own,
  });
  const turnsWith = (manners: Partial<NetworkManners>) =>
    createTurns(
      new Map([
        ['x', { senders: Infinity, delay: () => 0, ...manners }],
        ['bluesky', { senders: Infinity, delay: () => 0 }],
      ]),
      0,
    );
  const play = (turns: ReturnType<typeof turnsWith>, lastsMs = 0) => {
    const played: [string, number, string?][] = [];
    for (let turn = turns.next(); turn; turn = turns.next()) {
      const { startsAt, hindrance, waiting: its } = turn;
      played.push(hindrance ? [its.id, startsAt, hindrance] : [its.id, startsAt]);
      if (startsAt <= its.expiresAt) turns.took(turn, startsAt + lastsMs);
    }
    return played;
  };

  test('come in order of their moments over all networks, however they were put in', () => {
    const turns = turnsWith({});
    turns.add([waiting('c', 30), waiting('a', 10)]);
    turns.add([waiting('b', 20, { account: 'preview:bluesky', network: 'bluesky' })]);
    expect(play(turns)).toEqual([
      ['a', 10],
      ['b', 20],
      ['c', 30],
    ]);
  });

  test('keep at most so many posts in any stretch of the pace', () => {
    const turns = turnsWith({ pace: { posts: 2, perMs: 100 } });
    turns.add(['a', 'b', 'c', 'd', 'e'].map((id) => waiting(id, 0)));
    expect(play(turns)).toEqual([
      ['a', 0],
      ['b', 0],
      ['c', 100, 'pace'],
      ['d', 100, 'pace'],
      ['e', 200, 'pace'],
    ]);
  });

  test('wait for a sender who is free', () => {
    const turns = turnsWith({ senders: 2 });
    turns.add(['a', 'b', 'c'].map((id) => waiting(id, 0)));
    expect(play(turns, 70)).toEqual([
      ['a', 0],
      ['b', 0],
      ['c', 70, 'senders'],
    ]);
  });

  test('stop an account at its limit, and no other', () => {
    const turns = turnsWith({});
    turns.add([waiting('a', 0), waiting('late', 0, { expiresAt: 400 })]);
    turns.add([waiting('b', 5, { account: 'preview:bluesky', network: 'bluesky' })]);
    turns.block('preview:x', 500);
    expect(play(turns)).toEqual([
      ['b', 5],
      ['a', 500, 'limit'],
      ['late', 500, 'limit'],
    ]);
  });

  test('take one that is put in twice once', () => {
    const turns = turnsWith({});
    turns.add([waiting('a', 0), waiting('a', 10)]);
    expect(play(turns)).toEqual([['a', 0]]);
  });
});

test('a network keeps the slowest pace of its accounts, and none without limits', () => {
  const slow = { ...accountRules('x'), pace: { posts: 1, perMs: 60_000 } };
  const quick = { ...accountRules('x'), pace: { posts: 5, perMs: 60_000 } };
  expect(mannersOf('x', [quick, slow], true).pace).toEqual({ posts: 1, perMs: 60_000 });
  expect(mannersOf('x', [quick, slow], false).pace).toBeUndefined();
  expect(mannersOf('bluesky', [quick, slow], true).pace).toEqual({ posts: 1, perMs: 1_000 });
});

describe('a period', () => {
  test('is read on the clock of the conference, a day as all of it', () => {
    const { from = 0, to = 0 } = readPeriod(
      { from: '2030-03-31', to: '2030-03-31' },
      'Europe/Berlin',
    );
    expect(new Date(from).toISOString()).toBe('2030-03-30T23:00:00.000Z');
    // The day on which the clock goes forward has 23 hours.
    expect(new Date(to).toISOString()).toBe('2030-03-31T21:59:59.999Z');
    expect(readPeriod({ to: '2030-03-31T12:00Z' }, 'Europe/Berlin')).toEqual({
      to: Date.parse('2030-03-31T12:00:00Z'),
    });
  });

  test('that ends before it begins is refused', () => {
    expect(() => readPeriod({ from: '2030-03-02', to: '2030-03-01' }, 'UTC')).toThrow(
      '--to: it does not lie after --from. Give a later moment.',
    );
  });
});

describe('figures', () => {
  const post = (network: 'x' | 'bluesky', at: string) => ({
    network,
    announcement: at,
    acceptedAt: Date.parse(at),
  });
  const posts = [
    post('x', '2030-10-26T21:30:00Z'),
    post('x', '2030-10-26T22:10:00Z'),
    post('x', '2030-10-26T22:10:59Z'),
    post('bluesky', '2030-10-26T22:10:30Z'),
  ];

  test('count posts by hour of the days of the conference, also of a day with 25', () => {
    const hours = postsByHour(posts, 'Europe/Berlin');
    expect(hours?.count).toBe(24 + 25);
    expect(hours?.days.map(({ hour }) => hour)).toEqual([0, 24]);
    expect(hours?.posts.x.slice(23, 25)).toEqual([1, 2]);
    expect(hours?.posts.bluesky.slice(23, 25)).toEqual([0, 1]);
    expect(postsByHour([], 'UTC')).toBeUndefined();
  });

  test('name the busiest minutes, the earlier of equals first', () => {
    expect(busiestMinutes(posts, 2)).toEqual([
      { at: Date.parse('2030-10-26T22:10:00Z'), posts: 3, byNetwork: { x: 2, bluesky: 1 } },
      { at: Date.parse('2030-10-26T21:30:00Z'), posts: 1, byNetwork: { x: 1 } },
    ]);
  });

  test('stand below a scale that halves evenly', () => {
    expect([0, 1, 2, 3, 37, 77, 80, 81, 100, 101].map(scaleTop)).toEqual([
      2, 2, 2, 4, 40, 80, 80, 100, 100, 200,
    ]);
  });
});
