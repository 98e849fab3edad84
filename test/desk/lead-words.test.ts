import { expect, test } from 'vitest';
import { latenessWords, leadWords } from '../../src/desk/lead-words.js';

test('lead times are said as people say them', () => {
  expect(['P7D', 'P1D', 'PT1H', 'PT15M', 'P1DT2H', 'PT0S', 'soon'].map(leadWords)).toEqual([
    '7 days before',
    '1 day before',
    '1 hour before',
    '15 minutes before',
    '1 day 2 hours before',
    'at the start',
    'soon',
  ]);
});

test('punctuality is said to the tenth of a second, then coarser', () => {
  expect([-5, 10, 420, 12_400, 125_000].map(latenessWords)).toEqual([
    'on time',
    'on time',
    '0.4 s after due',
    '12 s after due',
    '2 min after due',
  ]);
});
