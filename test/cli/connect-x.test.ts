import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemClock } from '../../src/clock.js';
import { openXServer, type XServer } from '../support/networks/x-server.js';
import {
  configLinesOf,
  configWith,
  errorOf,
  expectNothingStored,
  expectUnseen,
  freePort,
  placeWith,
  shownAddress,
  talk,
  verified,
} from './connect-place.js';
import { ctrlC, type Answer } from './scripted-questions.js';

let server: XServer;
beforeAll(async () => {
  server = await openXServer(systemClock);
});
afterAll(() => server.close());

const preview = '  - preview:x';
const keys = (own: Partial<XServer['signIn']['keys']> = {}): [string, Answer][] => {
  const { apiKey, apiSecret, accessToken, accessSecret } = { ...server.signIn.keys, ...own };
  return [
    ['How does it sign in?', 'keys'],
    ['API Key', apiKey],
    ['API Key Secret', apiSecret],
    ['Access Token', accessToken],
    ['Access Token Secret', accessSecret],
  ];
};
const oauth = (): [string, Answer][] => [
  ['How does it sign in?', 'oauth2'],
  ['Client ID', server.signIn.client.id],
  ['Client Secret', server.signIn.client.secret],
];
/** X's page sends the browser back. */
const agreed = (address: URL, state = address.searchParams.get('state') ?? '') => {
  const back = new URL(address.searchParams.get('redirect_uri') ?? '');
  back.search = new URLSearchParams({ state, code: server.signIn.agree(address) }).toString();
  return back;
};

describe('connecting X', () => {
  test('four keys are verified and kept, and the line for the config works', async () => {
    const at = placeWith(preview);
    const end = await talk(at, ['x', '--server', server.origin], keys()).ended;
    expect(end).toMatchObject({ code: 0, err: '' });
    expect(end.out).toContain('✓ connected as @meeting on X');
    at.write('callboard.yaml', configWith(configLinesOf(end)));
    expect(await verified(at)).toMatchObject({ account: 'x:@meeting', report: { kind: 'ok' } });
    const { kind: _kind, ...secrets } = server.signIn.keys;
    expectUnseen(at, Object.values(secrets), end);
  });

  test('by OAuth 2.0 the browser comes back to this machine, with the right state and once', async () => {
    const at = placeWith(preview);
    const port = await freePort();
    const args = ['x', '--server', server.origin, '--callback-port', String(port)];
    const talking = talk(at, args, oauth());
    const address = await shownAddress(talking);
    expect(address.searchParams.get('redirect_uri')).toBe(
      `http://127.0.0.1:${String(port)}/callback`,
    );
    const stranger = await fetch(agreed(address, 'other'));
    expect(stranger.status).toBe(400);
    const page = await fetch(agreed(address));
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('You can close this window');
    const end = await talking.ended;
    expect(end).toMatchObject({ code: 0, err: '' });
    await expect(fetch(agreed(address))).rejects.toThrow();
    at.write('callboard.yaml', configWith(configLinesOf(end)));
    const account = await verified(at);
    expect(account).toMatchObject({ report: { kind: 'ok', handle: 'meeting' } });
    expectUnseen(at, [server.signIn.client.secret, 'access-token-', 'refresh-token-'], end);
  });

  test('with --paste the address comes from a browser on another machine', async () => {
    const at = placeWith(preview);
    const args = ['x', '--server', server.origin, '--paste'];
    let pasted = '';
    const talking = talk(at, args, [
      ...oauth(),
      ['Paste the whole address', async () => (pasted = agreed(await shownAddress(talking)).href)],
    ]);
    const end = await talking.ended;
    expect(end).toMatchObject({ code: 0, err: '' });
    expect(pasted).toMatch(/^http:\/\/127\.0\.0\.1:4681\/callback\?/);
    expectUnseen(at, [new URL(pasted).searchParams.get('code') ?? ''], end);
  });

  test.each<[string, () => [string, Answer][], RegExp]>([
    [
      'a key that is wrong',
      () => keys({ apiKey: 'planted-wrong-key' }),
      /X does not take these keys/,
    ],
    [
      'Ctrl-C',
      () => [...keys().slice(0, 3), ['Access Token', ctrlC]],
      /broken off and nothing was changed/,
    ],
    [
      'an address of another sign-in',
      () => [
        ...oauth(),
        ['Paste the whole address', 'http://127.0.0.1:4681/callback?state=other&code=c0de'],
      ],
      /this address belongs to another sign-in: begin again/,
    ],
  ])('%s is told in one sentence and nothing is stored', async (_what, script, sentence) => {
    const at = placeWith(preview);
    const end = await talk(at, ['x', '--server', server.origin, '--paste'], script()).ended;
    expect(errorOf(end)).toMatch(sentence);
    expectNothingStored(at);
    expectUnseen(at, ['planted-wrong-key', server.signIn.client.secret], end);
  });

  test('a code that has expired is told', async () => {
    const at = placeWith(preview);
    const talking = talk(
      at,
      ['x', '--server', server.origin, '--paste'],
      [
        ...oauth(),
        [
          'Paste the whole address',
          async () => {
            const back = agreed(await shownAddress(talking));
            back.searchParams.set('code', 'code-of-yesterday');
            return back.href;
          },
        ],
      ],
    );
    const end = await talking.ended;
    expect(errorOf(end)).toMatch(/X takes the code no more, or not from this app: begin again/);
    expectNothingStored(at);
  });

  test('Ctrl-C while the browser is away ends it, and the port is free again', async () => {
    const at = placeWith(preview);
    const port = await freePort();
    const talking = talk(at, ['x', '--callback-port', String(port)], oauth());
    const address = await shownAddress(talking);
    talking.end();
    expect(errorOf(await talking.ended)).toMatch(/broken off and nothing was stored/);
    expectNothingStored(at);
    await expect(fetch(agreed(address))).rejects.toThrow();
  });

  test('a callback port that is taken is told before anything is asked of X', async () => {
    const at = placeWith(preview);
    const { port } = new URL(server.origin);
    const script: [string, Answer][] = [['How does it sign in?', 'oauth2']];
    const end = await talk(at, ['x', '--callback-port', port], script).ended;
    expect(errorOf(end)).toMatch(
      /^port \d+: another program listens on it.*Choose another with --callback-port, or .*--paste\.$/,
    );
    expectNothingStored(at);
  });
});
