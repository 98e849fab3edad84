import fc from 'fast-check';
import { expect, test } from 'vitest';
import { returnPath } from '../../src/site/return-path.js';

test('a path of the site is one to return to, with its query', () => {
  expect(returnPath('/sessions?day=2026-04-23&q=a%20b', '')).toBe(
    '/sessions?day=2026-04-23&q=a%20b',
  );
  expect(returnPath('/program/days', '/program')).toBe('/days');
  expect(returnPath('/program', '/program')).toBe('/');
  expect(returnPath('/programme', '/program')).toBe('/programme');
});

test.each([
  undefined,
  '',
  'https://evil.example/',
  '//evil.example',
  '/\\evil.example',
  '/\t/evil.example',
  '/%0a/evil.example\n',
  '/..//evil.example',
  '/./\\evil.example',
  '/program//evil.example',
  'javascript:alert(1)',
  'sessions',
  '/ä',
  `/${'a'.repeat(500)}`,
])('%j leads to the calendar', (text) => {
  expect(returnPath(text, '/program')).toBe('/');
});

test('whatever is given, a redirect to it stays on this site', () => {
  const nasty = fc.stringMatching(/^[/\\.:@%?#a-z\t\n]{0,12}$/);
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.webUrl(), nasty), (text) => {
      const { origin } = new URL(returnPath(text, '/p'), 'https://meeting.example.org');
      expect(origin).toBe('https://meeting.example.org');
    }),
    { numRuns: 2_000 },
  );
});
