import fc from 'fast-check';
import { expect, test } from 'vitest';
import { acceptedOf, budget, covers } from '../../src/campaign/budget.js';

const hour = 3_600_000;
const caps = { perHour: 2, perDay: 3, microUsd: 1_000 };

test('finds the busiest window, wherever it begins', () => {
  const at = [0, 10, 2 * hour, 2 * hour + 5, 3 * hour - 1, 30 * hour];
  const found = budget(
    at.map((dueAt) => ({ dueAt, cost: 100 })),
    caps,
    [{ posts: 3, windowMs: hour }],
  );
  expect(found).toEqual({
    posts: 6,
    cost: 600,
    spent: 0,
    costCap: 1_000,
    fits: false,
    comparisons: [
      { whose: 'network', windowMs: hour, limit: 3, most: 3, from: 2 * hour },
      { whose: 'caps', windowMs: hour, limit: 2, most: 3, from: 2 * hour },
      { whose: 'caps', windowMs: 24 * hour, limit: 3, most: 5, from: 0 },
    ],
  });
});

test('fits when nothing is over, and not when only the money is', () => {
  expect(budget([], caps, []).fits).toBe(true);
  expect(budget([{ dueAt: 0, cost: 1_000 }], caps, []).fits).toBe(true);
  expect(budget([{ dueAt: 0, cost: 1_001 }], caps, []).fits).toBe(false);
});

test('what is spent already counts, but not where nothing costs', () => {
  expect(budget([{ dueAt: 0, cost: 600 }], caps, [], 400).fits).toBe(true);
  expect(budget([{ dueAt: 0, cost: 600 }], caps, [], 401).fits).toBe(false);
  expect(budget([{ dueAt: 0, cost: 0 }], caps, [], 5_000).fits).toBe(true);
});

test('what was accepted covers that much and no more, against limits that are no tighter', () => {
  const plan = (posts: number, cost: number) =>
    Array.from({ length: posts }, (_, at) => ({ dueAt: at, cost }));
  const accepted = acceptedOf(budget(plan(4, 500), caps, []));
  const covered = (posts: number, cost: number, over: Partial<typeof caps> = {}, spent = 0) =>
    covers(accepted, budget(plan(posts, cost), { ...caps, ...over }, [], spent));
  expect(covered(4, 500)).toBe(true);
  expect(covered(3, 100)).toBe(true);
  expect(covered(2, 500, {}, 1_000)).toBe(true);
  expect(covered(5, 100)).toBe(false);
  expect(covered(4, 501)).toBe(false);
  expect(covered(4, 500, {}, 1)).toBe(false);
  expect(covered(4, 500, { perHour: 1 })).toBe(false);
  expect(covered(4, 500, { microUsd: 999 })).toBe(false);
  expect(covered(4, 500, { perHour: 9, perDay: 9 })).toBe(true);
});

test('no window holds more than it says', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 3 * 24 * hour })), (moments) => {
      const { comparisons } = budget(
        moments.map((dueAt) => ({ dueAt, cost: 0 })),
        caps,
        [],
      );
      for (const { windowMs, most } of comparisons) {
        const counts = moments.map(
          (from) => moments.filter((at) => at >= from && at < from + windowMs).length,
        );
        expect(most).toBe(Math.max(0, ...counts));
      }
    }),
  );
});
