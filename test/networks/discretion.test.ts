import { expect, test } from 'vitest';
import { withoutSecrets } from '../../src/networks/discretion.js';

const secrets = {
  kind: 'oauth2',
  clientId: 'client-of-ours',
  clientSecret: 'a/secret+with=signs',
  tokens: { accessToken: 'abcdefghijklmnop' },
  identifier: 'meeting.example.org',
};

test('takes secrets out whole, cut, encoded and joined, and leaves the rest', () => {
  const clean = (text: string) => withoutSecrets(text, secrets);
  expect(clean('meeting.example.org: Bearer abcdefghijklmnop was refused')).toBe(
    'meeting.example.org: Bearer … was refused',
  );
  expect(clean('saying “abcdefghij…')).toBe('saying “……');
  expect(clean('…ghijklmnop" is bad')).toBe('……" is bad');
  expect(clean(`?s=${encodeURIComponent('a/secret+with=signs')}&x=1`)).toBe('?s=…&x=1');
  const basic = Buffer.from('client-of-ours:a/secret+with=signs').toString('base64');
  expect(clean(`Basic ${basic} no`)).toBe('Basic … no');
  expect(clean('nothing of it')).toBe('nothing of it');
  expect(withoutSecrets('abcdefghijklmnop', undefined)).toBe('abcdefghijklmnop');
});
