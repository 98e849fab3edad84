import { expect, test } from 'vitest';
import { entranceOf } from '../../src/site/entrance.js';

const site = 'https://meeting.example.org/program';

test('a site of this machine is open, under each of its names', () => {
  for (const own of ['http://localhost:4680', 'http://127.0.0.1:4680', 'http://[::1]/program']) {
    expect(entranceOf({ site: own, name: 'localhost', proxies: [] })).toEqual({ kind: 'open' });
  }
});

test('the key of any other site is new each time, and longer than anybody guesses', () => {
  const keys = Array.from({ length: 20 }, () => {
    const entrance = entranceOf({ site, name: 'localhost', proxies: ['192.0.2.1'] });
    return entrance.kind === 'key' ? entrance.key : '';
  });
  expect(new Set(keys).size).toBe(20);
  for (const key of keys) expect(Buffer.from(key, 'base64url').length).toBeGreaterThanOrEqual(16);
});

test('there is no key where no request with it could come from here', () => {
  for (const name of ['192.0.2.7', 'meeting.internal', '[2001:db8::1]']) {
    expect(entranceOf({ site, name, proxies: [] })).toEqual({ kind: 'sign-in' });
  }
  for (const proxy of ['127.0.0.1', '127.0.0.0/8', '::1']) {
    expect(entranceOf({ site, name: 'localhost', proxies: [proxy] })).toEqual({ kind: 'sign-in' });
  }
});
