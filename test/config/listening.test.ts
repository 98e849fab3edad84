import { describe, expect, it } from 'vitest';
import { isListenHost, localAddress, parsePort } from '../../src/config/listening.js';
import { publicAddress } from '../../src/config/public-address.js';
import { nearest } from '../../src/program/resemblance.js';

describe('listening', () => {
  it('takes ports from 1 to 65535', () => {
    expect(['1', '4680', '65535', '0', '65536', '80 ', '1e3', '-1', ''].map(parsePort)).toEqual([
      1,
      4680,
      65_535,
      ...Array<undefined>(6).fill(undefined),
    ]);
  });

  it('takes host names and addresses, and no urls', () => {
    const hosts = [
      'localhost',
      '127.0.0.1',
      '0.0.0.0',
      '::',
      '::1',
      'fe80::1',
      'web-1.example.org',
    ];
    expect(hosts.filter((host) => !isListenHost(host))).toEqual([]);
    const none = ['', 'http://localhost', 'localhost:80', 'a b', '-a', 'a/b'];
    expect(none.filter((host) => isListenHost(host))).toEqual([]);
  });

  it('is found by a browser of this machine', () => {
    const hosts = ['127.0.0.1', '0.0.0.0', '::', '192.0.2.7', 'fe80::1'];
    expect(hosts.map((host) => localAddress(host, 80))).toEqual([
      'http://localhost:80',
      'http://localhost:80',
      'http://localhost:80',
      'http://192.0.2.7:80',
      'http://[fe80::1]:80',
    ]);
  });
});

describe('an address in a message', () => {
  it('shows neither user nor password nor query', () => {
    expect(publicAddress('postgres://cb:secret@db:5432/callboard?password=secret#secret')).toBe(
      'postgres://db:5432/callboard',
    );
    expect(publicAddress('cb:secret@db')).not.toContain('secret');
    expect(publicAddress('secret')).toBe('(an address that cannot be shown)');
  });
});

describe('the nearest word', () => {
  it('is the one that differs least, if it is near at all', () => {
    const words = ['bluesky', 'threads', 'x', 'youtube'];
    expect(
      ['theads', 'Threads', 'thraeds', 'youtub', 'bleusky'].map((w) => nearest(w, words)),
    ).toEqual(['threads', 'threads', 'threads', 'youtube', 'bluesky']);
    expect(['mastodon', '', 'yt'].map((word) => nearest(word, words))).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});
