import { describe, expect, test } from 'vitest';
import { xCost } from '../../../src/campaign/prices.js';
import { costOfPost } from '../../../src/compose/x-cost.js';
import { madeAt, postOf, recognizePost } from '../../../src/networks/x/post-address.js';
import { isSameText } from '../../../src/networks/x/post-text.js';

describe('a text on X', () => {
  const link = { url: 'https://t.co/a1', expanded_url: 'https://example.org/' };

  test.each([
    ['a wrapped link', 'See https://t.co/a1', [link], 'See https://example.org'],
    [
      'a bare domain',
      'See https://t.co/a1',
      [{ ...link, expanded_url: 'http://example.org' }],
      'See Example.org',
    ],
    ['escapes', 'A &amp; B &lt;c&gt; &amp;amp;', [], 'A & B <c> &amp;'],
    ['letters put together', 'Café', [], 'Cafe\u0301'],
    ['lines and blanks at the end', 'A\nB', [], 'A \r\nB \n'],
    [
      'the address of a picture',
      'See https://t.co/p',
      [{ url: 'https://t.co/p', expanded_url: 'https://x.com/a/status/20/photo/1' }],
      'See',
    ],
    ['a link that X did not expand', 'See https://t.co/zz', [], 'See https://t.co/zz'],
  ])('is the one that was sent, with %s', (_what, onX, links, sent) => {
    expect(isSameText(onX, links, sent)).toBe(true);
  });

  test.each([
    ['another link', 'See https://t.co/a1', [link], 'See https://example.org/other'],
    ['another query', 'See https://t.co/a1', [link], 'See https://example.org/?a=1'],
    ['another letter', 'See 1', [], 'See 2'],
    ['more', 'See 1 more', [], 'See 1'],
  ])('is another with %s', (_what, onX, links, sent) => {
    expect(isSameText(onX, links, sent)).toBe(false);
  });
});

describe('an address of a post', () => {
  test.each([
    ['https://x.com/meeting/status/1346889436626259968', '1346889436626259968'],
    ['https://twitter.com/meeting/status/20?s=46', '20'],
    [' https://mobile.twitter.com/meeting/status/20/photo/1 ', '20'],
  ])('is recognized: %s', (address, uri) => {
    const permalink = `https://x.com/meeting/status/${uri}`;
    expect(recognizePost(address)).toEqual({ uri, permalink });
  });

  test.each([
    'https://x.com/meeting',
    'https://notx.com/a/status/20',
    'x',
    'ftp://x.com/a/status/20',
    'https://x.com/a/status/2x',
  ])('is none: %s', (address) => {
    expect(recognizePost(address)).toBeUndefined();
  });

  test('its id tells when X took it', () => {
    expect(new Date(madeAt('1346889436626259968')).toISOString()).toBe('2021-01-06T18:40:40.344Z');
    expect(postOf('meeting', '1346889436626259968').acceptedAt).toBe(
      Date.UTC(2021, 0, 6, 18, 40, 40, 344),
    );
  });
});

describe('what a post costs', () => {
  test.each([
    ['Starts at 10:00 in Room A', 15_000, false],
    ['Starts at 10:00 https://example.org/s/1', 200_000, true],
    ['More on example.org', 200_000, true],
    ['See https://meeting.example/s', 200_000, true],
    ['node.js and e.g. this', 15_000, false],
  ])('%s', (text, microUsd, withLink) => {
    expect(costOfPost(text)).toEqual({ microUsd, withLink });
  });

  test('alt text costs a request of its own', () => {
    expect(costOfPost('Starts at 10:00', true)).toEqual({ microUsd: 20_000, withLink: false });
  });

  test('many posts cost the sum', () => {
    expect(xCost({ posts: 10, withLink: 2 })).toBe(520_000);
  });
});
