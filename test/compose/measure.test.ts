import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countGraphemes, graphemes } from '../../src/compose/graphemes.js';
import { fits, measure } from '../../src/compose/measure.js';
import { findXLinks } from '../../src/compose/x-links.js';
import { weighX } from '../../src/compose/x-weight.js';

const family = '👨‍👩‍👧‍👦';

describe('Bluesky', () => {
  it('counts graphemes, not code units', () => {
    expect(measure(`né${family}🇩🇪e\u0301`, 'bluesky')).toEqual({
      used: 5,
      limit: 300,
      unit: 'graphemes',
    });
  });

  it('takes 300 graphemes and not one more', () => {
    expect(fits('a'.repeat(300), 'bluesky')).toBe(true);
    expect(fits('a'.repeat(301), 'bluesky')).toBe(false);
  });

  it('refuses 3,001 bytes even in few graphemes', () => {
    const heavy = family.repeat(120); // 120 graphemes of 25 bytes: 3,000
    expect(fits(heavy, 'bluesky')).toBe(true);
    expect(measure(heavy, 'bluesky').used).toBe(120);
    expect(fits(`${heavy}a`, 'bluesky')).toBe(false);
  });

  it('counts quickly what the segmenter counts slowly', () => {
    const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });
    const letters = fc.constantFrom(
      'a',
      'é',
      '\u0301',
      '\n',
      '…',
      '👩',
      '\u200d',
      '🇩',
      'ก',
      'ำ',
      '©',
      '\ufe0f',
      '각',
      'ᄀ',
      'ᅡ',
      'क',
      '्',
      '\u0600',
      '\u{110bd}',
      '\r',
      '\ud800',
    );
    const texts = fc.oneof(
      fc.array(letters).map((parts) => parts.join('')),
      fc.string({ unit: 'binary' }),
      fc.string({ unit: 'grapheme' }),
    );
    fc.assert(
      fc.property(texts, (text) => {
        expect(countGraphemes(text)).toBe([...segmenter.segment(text)].length);
        expect(graphemes(text).join('')).toBe(text);
      }),
      { numRuns: 300 },
    );
  });
});

describe('Threads', () => {
  it('counts an emoji as its UTF-8 bytes and everything else as characters', () => {
    expect(measure(`日本 é ${family}`, 'threads')).toEqual({
      used: 5 + 25,
      limit: 500,
      unit: 'characters',
    });
    expect(measure('𝒜 1️⃣', 'threads').used).toBe(1 + 1 + 7);
  });
});

describe('YouTube', () => {
  it('has a limit of its own that can be configured', () => {
    expect(measure('hello', 'youtube')).toEqual({ used: 5, limit: 1500, unit: 'characters' });
    expect(fits('hello', 'youtube', 4)).toBe(false);
  });
});

describe('X', () => {
  it.each([
    ['plain ASCII', 'a'.repeat(280), 280],
    ['Latin with accents', 'é'.repeat(10), 10],
    ['a decomposed accent, composed first', 'e\u0301', 1],
    ['Chinese and Japanese', '日本語', 6],
    ['Korean syllables', '한글', 4],
    ['Arabic', 'مرحبا', 5],
    ['dashes and quotation marks', '–—“”', 4],
    ['an ellipsis', '…', 2],
    ['one emoji', '🚀', 2],
    ['an emoji of seven code points', family, 2],
    ['a flag', '🇩🇪', 2],
    ['a keycap', '1️⃣', 2],
    ['a skin tone', '👍🏽', 2],
    ['an address', 'https://example.org/a/very/long/path?with=query&more=1', 23],
    ['an address within a sentence', 'See https://example.org/x.', 4 + 23 + 1],
    ['an address in brackets', '(https://example.org/x_(y))', 25],
    ['two addresses', 'https://a.org https://b.org', 47],
    ['a bare domain', 'ASP.NET', 23],
    ['a bare domain with a path', 'lobste.rs/s/abc', 23],
    ['a bare two-letter domain, which X does not link', 'lobste.rs', 9],
    ['a bare two-letter domain with a sub-domain', 'www.lobste.rs', 23],
    ['a name that only looks like a domain', 'node.js', 7],
    ['an e-mail address', 'me@example.org', 14],
    ['a machine without a domain', 'http://localhost:4680/x', 23 - 0],
    ['a number', '3.14', 4],
    ['a domain behind Japanese', '日本example.org', 4 + 23],
  ])('weighs %s', (_name, text, weight) => {
    expect(weighX(text)).toBe(weight);
  });

  it('finds where links begin and end', () => {
    expect(findXLinks('go to https://example.org/a, or example.com!')).toEqual([
      { start: 6, end: 27 },
      { start: 32, end: 43 },
    ]);
  });

  it('comes to an end on long hostile runs', { timeout: 20_000 }, () => {
    for (const text of [
      'a.'.repeat(5000),
      '-a'.repeat(5000),
      'a/('.repeat(5000),
      'a.com/('.repeat(2000),
      `https://${'a'.repeat(20_000)}`,
    ]) {
      weighX(text);
    }
  });
});
