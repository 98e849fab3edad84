import { describe, expect, it } from 'vitest';
import { createRandom } from '../support/crash-random.js';
import { judge } from '../support/fuzz/judge.js';
import { mutated } from '../support/fuzz/mutate.js';
import { seeds } from '../support/fuzz/seeds.js';

/** Of each document; `npm run fuzz` tries tens of thousands. */
const each = 40;
const seed = Number(process.env.CALLBOARD_TEST_SEED ?? Date.now() % 1_000_000_000);

/** Those that are there to be refused, and the gathered program, which is in no format. */
const refused = [
  'bomb.frab.xml',
  'login.html',
  'droidcon-london2024.sessionize-speakers.json',
  'mpsa2026.json',
];

describe('the documents that mutations begin from', () => {
  it.each(seeds())('are read, or are there to be refused: $name', ({ name, text }) => {
    const { kind } = judge([{ name, bytes: new TextEncoder().encode(text) }]);
    expect(kind).toBe(refused.includes(name) ? 'refused' : 'read');
  });
});

describe('a document that is wrong somewhere', () => {
  it.each(seeds())('is read or refused in a sentence: $name', ({ name, text }) => {
    const random = createRandom(seed);
    for (let count = 0; count < each; count += 1) {
      const bytes = new TextEncoder().encode(mutated(text, random));
      const verdict = judge([{ name, bytes }]);
      const told = `CALLBOARD_TEST_SEED=${String(seed)}, input ${String(count)}`;
      expect(verdict.kind === 'wrong' ? verdict.why : '', told).toBe('');
    }
  });
});
