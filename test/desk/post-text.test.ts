import fc from 'fast-check';
import { expect, test } from 'vitest';
import { networks } from '../../src/campaign/network.js';
import { textParts } from '../../src/desk/post-text.js';

const link = 'https://program.example.org/sessions/abcdefghijkl?a=1&b=2';

test('a link is found whole, without the punctuation that ends its sentence', () => {
  expect(textParts(`See (${link}), please`, 'bluesky')).toEqual([
    { kind: 'plain', text: 'See (' },
    { kind: 'link', text: link, address: link },
    { kind: 'plain', text: '), please' },
  ]);
});

test('X shows a link without its scheme and shortened, Bluesky to the letter', () => {
  const shown = (network: 'x' | 'bluesky') => textParts(link, network).map((part) => part.text);
  expect(shown('x')).toEqual(['program.example.org/sessions/abcdef…']);
  expect(shown('bluesky')).toEqual([link]);
});

test('hashtags lead where each network leads them, in every script', () => {
  const addresses = networks.map((network) => textParts('#会議2026', network)[0]);
  expect(addresses.map((part) => part?.kind === 'hashtag' && part.address)).toEqual([
    `https://bsky.app/hashtag/${encodeURIComponent('会議2026')}`,
    `https://www.threads.com/search?q=${encodeURIComponent('#会議2026')}`,
    `https://x.com/hashtag/${encodeURIComponent('会議2026')}`,
    `https://www.youtube.com/hashtag/${encodeURIComponent('会議2026')}`,
  ]);
});

test('numbers, fragments and entities are no hashtags', () => {
  for (const text of ['We are #1', 'a#b', '&#39;', 'C#', '# x']) {
    expect(textParts(text, 'x')).toEqual([{ kind: 'plain', text }]);
  }
});

test('Threads links one hashtag only, the first', () => {
  expect(textParts('#One #Two', 'threads').map((part) => part.kind)).toEqual(['hashtag', 'plain']);
});

test('whatever the text, nothing of it is lost and only web addresses are linked', () => {
  const piece = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom('#Tag', ' ', '\n', link, 'javascript:alert(1)', 'http://', 'https://a:b@c.d/'),
  );
  fc.assert(
    fc.property(fc.array(piece), fc.constantFrom('bluesky', 'youtube'), (pieces, network) => {
      const text = pieces.join('');
      const parts = textParts(text, network);
      expect(parts.map((part) => part.text).join('')).toBe(text);
      for (const part of parts) {
        if (part.kind !== 'plain') expect(new URL(part.address).protocol).toMatch(/^https?:$/);
      }
    }),
  );
});
