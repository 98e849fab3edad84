import { expect, test } from 'vitest';
import { isProxyAddress, proxyCheck } from '../../src/config/proxies.js';
import { clientNetwork, clientOf } from '../../src/site/client-address.js';

const nobody = proxyCheck([]);
const proxies = proxyCheck(['127.0.0.1', '172.16.0.0/12', '2001:db8::/32']);

test('without a trusted proxy nobody’s word is taken', () => {
  expect(clientOf('203.0.113.5', '198.51.100.1', nobody)).toBe('203.0.113.5');
  expect(clientOf('127.0.0.1', '198.51.100.1', nobody)).toBe('127.0.0.1');
});

test('a trusted proxy names its client', () => {
  expect(clientOf('127.0.0.1', '198.51.100.1', proxies)).toBe('198.51.100.1');
  expect(clientOf('::ffff:127.0.0.1', '198.51.100.1', proxies)).toBe('198.51.100.1');
  expect(clientOf('2001:db8::1', '[2001:db9::7]:4711', proxies)).toBe('2001:db9::7');
  expect(clientOf('127.0.0.1', '198.51.100.1:4711', proxies)).toBe('198.51.100.1');
  expect(clientOf('127.0.0.1', undefined, proxies)).toBe('127.0.0.1');
});

test('what the client wrote itself stands before what the proxy added, and is not believed', () => {
  expect(clientOf('127.0.0.1', '127.0.0.1, 10.0.0.1, 198.51.100.1', proxies)).toBe('198.51.100.1');
});

test('through two trusted proxies the first one’s client is meant', () => {
  expect(clientOf('127.0.0.1', '198.51.100.1, 172.18.0.4', proxies)).toBe('198.51.100.1');
});

test('what is no address ends the search', () => {
  expect(clientOf('127.0.0.1', 'unknown', proxies)).toBe('127.0.0.1');
  expect(clientOf('127.0.0.1', '198.51.100.1, <script>', proxies)).toBe('127.0.0.1');
});

test('only addresses and ranges of them name proxies', () => {
  const good = ['127.0.0.1', '::1', '10.0.0.0/8', '2001:db8::/32'];
  const bad = ['', 'localhost', '10.0.0.0/33', '10.0.0.0/8/8', '10.0.0.0/', '1.2.3', '::/129'];
  expect(good.map(isProxyAddress)).toEqual(good.map(() => true));
  expect(bad.map(isProxyAddress)).toEqual(bad.map(() => false));
});

test('an IPv6 address counts with all of its network, however it is written; an IPv4 address for itself', () => {
  for (const [address, network] of [
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:0DB8:1:2::9', '2001:db8:1:2::/64'],
    ['2001:db8:1:3::9', '2001:db8:1:3::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['2001:db8::5:0:0:192.0.2.1', '2001:db8:0:5::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['203.0.113.5', '203.0.113.5'],
    ['unknown', 'unknown'],
  ] as const) {
    expect([address, clientNetwork(address)]).toEqual([address, network]);
  }
});
