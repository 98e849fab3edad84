import { describe, expect, it } from 'vitest';
import { deadline, defaultGrace } from '../../src/campaign/deadlines.js';

describe('a deadline', () => {
  it.each([
    ['P7D', 'PT24H'],
    ['P1D', 'PT3H'],
    ['PT1H', 'PT15M'],
    ['PT15M', 'PT3M'],
    ['P14D', 'PT24H'],
    ['P2D', 'PT3H'],
    ['PT24H', 'PT3H'],
    ['PT6H', 'PT15M'],
    ['PT30M', 'PT3M'],
    ['PT5M', 'PT60S'],
    ['PT2S', 'PT1S'],
  ])('%s has a grace of %s where nothing is said', (leadTime, grace) => {
    expect(defaultGrace(leadTime)).toBe(grace);
  });

  it('is due moment plus grace, and never past the start', () => {
    expect(deadline(1000, 500, 5000)).toBe(1500);
    expect(deadline(1000, 9000, 5000)).toBe(5000);
  });
});
