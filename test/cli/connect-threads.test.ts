import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemClock } from '../../src/clock.js';
import {
  startThreadsServer,
  threadsApp,
  type ThreadsServer,
} from '../support/networks/threads-server.js';
import {
  configLinesOf,
  configWith,
  errorOf,
  expectNothingStored,
  expectUnseen,
  placeWith,
  shownAddress,
  talk,
  verified,
} from './connect-place.js';
import { ctrlC, type Answer } from './scripted-questions.js';

let server: ThreadsServer;
beforeAll(async () => {
  server = await startThreadsServer({ clock: systemClock });
});
afterAll(() => server.close());

const preview = '  - preview:threads';
const byToken = (token: Answer): [string, Answer][] => [
  ['How does it sign in?', 'token'],
  ['Access token', token],
];
const byPermission = (returned: Answer, secret = threadsApp.clientSecret): [string, Answer][] => [
  ['How does it sign in?', 'permission'],
  ['Threads app ID', threadsApp.clientId],
  ['Threads app secret', secret],
  ['Redirect Callback URL', threadsApp.redirectUri],
  ['Paste the whole address', returned],
];

describe('connecting Threads', () => {
  test('a token of the dashboard is verified and kept, and the line for the config works', async () => {
    const at = placeWith(preview);
    const { accessToken } = server.issueToken();
    const end = await talk(at, ['threads', '--server', server.origin], byToken(accessToken)).ended;
    expect(end).toMatchObject({ code: 0, err: '' });
    expect(end.out).toContain('✓ connected as @meeting on Threads');
    expect(end.out).toContain('in place of preview:threads');
    expect(end.out).toMatch(/callboard budget .*\ncallboard doctor /);
    const lines = configLinesOf(end);
    expect(lines).toBe(`  - account: threads:@meeting\n    server: ${server.origin}`);
    at.write('callboard.yaml', configWith(lines));
    expect(await verified(at)).toMatchObject({ connected: true, report: { kind: 'ok' } });
    const { out } = await at.run('accounts');
    expect(out).toMatch(/ {2}good until \w{3} \d+ \w+ \d{4}, \d\d:\d\d .*UTC\n/);
    expectUnseen(at, [accessToken], end);
  });

  test('by permission: the page’s address is pasted back, hash and all', async () => {
    const at = placeWith(`  - account: threads:@Meeting\n    server: ${server.origin}`);
    let returned = '';
    const talking = talk(
      at,
      ['threads'],
      byPermission(async () => {
        const page = await fetch(await shownAddress(talking), { redirect: 'manual' });
        returned = page.headers.get('location') ?? '';
        return returned;
      }),
    );
    const end = await talking.ended;
    expect(end).toMatchObject({ code: 0, err: '' });
    expect(returned).toMatch(/^https:\/\/meeting\.example\/threads\?code=.+#_$/);
    expect(end.out).toContain('has the account already');
    expect(await verified(at)).toMatchObject({
      account: 'threads:@Meeting',
      report: { kind: 'ok', handle: 'meeting' },
    });
    expectUnseen(
      at,
      [threadsApp.clientSecret, new URL(returned).searchParams.get('code') ?? ''],
      end,
    );
  });

  test.each<[string, [string, Answer][], RegExp]>([
    ['a token that is none', byToken('THAAnobodys'), /asking whose account it is was refused/],
    [
      'an address of another attempt',
      byPermission('https://meeting.example/threads?code=code-1&state=other#_'),
      /the address belongs to another attempt\. Begin again and paste the newest address/,
    ],
    ['no address', byPermission('code-1'), /this is no web address/],
    ['Ctrl-C', byToken(ctrlC), /broken off and nothing was changed/],
  ])('%s is told in one sentence and nothing is stored', async (_what, script, sentence) => {
    const at = placeWith(preview);
    const end = await talk(at, ['threads', '--server', server.origin], script).ended;
    expect(errorOf(end)).toMatch(sentence);
    expectNothingStored(at);
    expectUnseen(at, ['THAAnobodys', threadsApp.clientSecret], end);
  });

  test('a code that is spent or an app secret that is wrong is told', async () => {
    for (const [secret, code] of [
      ['planted-wrong-secret', undefined],
      [threadsApp.clientSecret, 'spent-code'],
    ] as const) {
      const at = placeWith(preview);
      const talking = talk(
        at,
        ['threads', '--server', server.origin],
        byPermission(async () => {
          const page = await fetch(await shownAddress(talking), { redirect: 'manual' });
          const address = new URL(page.headers.get('location') ?? '');
          if (code !== undefined) address.searchParams.set('code', code);
          return address.href;
        }, secret),
      );
      const end = await talking.ended;
      expect(errorOf(end)).toMatch(/exchanging the code was refused.*a code is good once/);
      expectNothingStored(at);
      expectUnseen(at, [secret], end);
    }
  });

  test('answers that cannot be right are asked for again', async () => {
    const at = placeWith(preview);
    const { ended, refused } = talk(
      at,
      ['threads'],
      [
        ['How does it sign in?', 'permission'],
        ['Threads app ID', 'callboard'],
        ['Threads app ID', '123'],
        ['Threads app secret', 'two words'],
        ['Threads app secret', ''],
        ['Threads app secret', 'planted-secret'],
        ['Redirect Callback URL', 'http://meeting.example/'],
        ['Redirect Callback URL', ctrlC],
      ],
    );
    await ended;
    expect(refused).toEqual([
      'an app ID is a number',
      'it holds white space: paste it alone',
      'it is empty',
      'Threads sends browsers to addresses that begin with https:// only',
    ]);
  });

  test('a server that is away is no bad token', async () => {
    const at = placeWith(preview);
    const script = byToken('THAAplanted');
    const end = await talk(at, ['threads', '--server', 'http://127.0.0.1:9'], script).ended;
    expect(errorOf(end)).toMatch(/asking whose account it is failed, .*Try again/);
    expectNothingStored(at);
  });
});
