import { expect, test } from 'vitest';
import { fuzzSite } from '../support/site-fuzz.js';

test(
  'addresses that nobody meant break no page and echo nothing unescaped',
  { timeout: 120_000 },
  async () => {
    const { statuses, faults } = await fuzzSite(400, 20_261_124);
    expect(faults).toEqual([]);
    // It asks pages that stand, too: otherwise it would prove nothing about them.
    expect(statuses.get(200)).toBeGreaterThan(50);
    expect(statuses.get(404)).toBeGreaterThan(50);
  },
);
