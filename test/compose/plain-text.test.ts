import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defuse, oneLine, shorten } from '../../src/compose/plain-text.js';
import { findXLinks } from '../../src/compose/x-links.js';

const J = '\u2060';

describe('oneLine', () => {
  it.each([
    ['a\u0000b\u0007c', 'abc'],
    ['two\r\nlines\tand  blanks ', 'two lines and blanks'],
    ['\u202egnp.exe\u202c', 'gnp.exe'],
    ['half \ud83d of one', 'half \ufffd of one'],
    ['e\u0301', 'é'],
    ['zero\u200bwidth\ufeff', 'zerowidth'],
    ['👩‍🚀 می‌خواهم', '👩‍🚀 می‌خواهم'],
    ['🏴󠁧󠁢󠁥󠁮󠁧󠁿 a\u{e0041}b', '🏴󠁧󠁢󠁥󠁮󠁧󠁿 ab'],
    [`a${'\u0336'.repeat(40)}`, `a${'\u0336'.repeat(8)}`],
  ])('makes %j %j', (text, clean) => expect(oneLine(text)).toBe(clean));

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(oneLine(oneLine(text))).toBe(oneLine(text));
      }),
    );
  });
});

describe('defuse', () => {
  it('parts handles, tags and addresses where networks read them out of the text', () => {
    expect(defuse('hi @all #tag https://evil.example.org/x and asp.net', 'x')).toBe(
      `hi @${J}all #${J}tag https:${J}//evil${J}.example${J}.org/x and asp${J}.net`,
    );
  });

  it('leaves what is none of these alone', () => {
    const text = 'C# and node.js @ 3.14 e.g. now: a/b #';
    expect(defuse(text, 'threads').replace(`#${J}`, '#')).toBe(text);
  });

  it('changes nothing on Bluesky, where only facets link', () => {
    expect(defuse('hi @all.example.org #tag', 'bluesky')).toBe('hi @all.example.org #tag');
  });

  it('leaves no link, mention or tag in any text', () => {
    const parts = fc.constantFrom(
      '@',
      '#',
      'a',
      'example',
      '.',
      'org',
      'com',
      '/',
      ' ',
      'https://',
      'co',
      '日',
      '＠',
    );
    const texts = fc.array(parts, { maxLength: 14 }).map((list) => list.join(''));
    fc.assert(
      fc.property(texts, (text) => {
        const safe = defuse(text, 'x');
        expect(safe.replaceAll(J, '')).toBe(text);
        expect(findXLinks(safe, 'strict')).toEqual([]);
        expect(safe).not.toMatch(/[@＠][\p{L}\p{N}_]/u);
        expect(safe).not.toMatch(/(?<![\p{L}\p{N}])#[\p{L}\p{N}_]/u);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('shorten', () => {
  it.each([
    ['The long road to Temporal', 25, 'The long road to Temporal'],
    ['The long road to Temporal', 24, 'The long road to…'],
    ['The long road, to Temporal', 16, 'The long road…'],
    ['データを数える野外ガイド', 6, 'データを数…'],
    ['Donaudampfschifffahrt', 8, 'Donauda…'],
    ['👩‍🚀👩‍🚀👩‍🚀', 2, '👩‍🚀…'],
  ])('cuts %j to %i graphemes as %j', (text, size, cut) => expect(shorten(text, size)).toBe(cut));
});
