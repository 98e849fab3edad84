import fc from 'fast-check';
import { expect, test } from 'vitest';
import { budget } from '../../src/campaign/budget.js';

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
