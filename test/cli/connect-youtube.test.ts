import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { systemClock } from '../../src/clock.js';
import { startYoutubeServer, type YoutubeServer } from '../support/networks/youtube-server.js';
import { youtubeApp } from '../support/networks/youtube-tokens.js';
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
import { type Answer } from './scripted-questions.js';

let server: YoutubeServer;
beforeAll(async () => {
  server = await startYoutubeServer({ clock: systemClock });
});
afterAll(() => server.close());
beforeEach(() => {
  server.settings.testing = false;
  server.settings.handle = 'meeting';
});

const preview = '  - preview:youtube';
const signIn = (way: string, secret = youtubeApp.clientSecret): [string, Answer][] => [
  ['How is it announced there?', way],
  ['Client ID', youtubeApp.clientId],
  ['Client secret', secret],
];
/** Google's page sends the browser back. */
const agreed = (address: URL, state = address.searchParams.get('state') ?? '') => {
  const redirectUri = address.searchParams.get('redirect_uri') ?? '';
  const challenge = address.searchParams.get('code_challenge') ?? '';
  const back = new URL(redirectUri);
  const code = server.tokens.issueCode(challenge, redirectUri);
  back.search = new URLSearchParams({ state, code }).toString();
  return back;
};

describe('connecting YouTube', () => {
  test('by hand nothing is signed in and nothing is kept', async () => {
    const at = placeWith(preview);
    const { ended, refused } = talk(
      at,
      ['youtube'],
      [
        ['How is it announced there?', 'by-hand'],
        ['Handle of the channel', 'the meeting'],
        ['Handle of the channel', '@meeting'],
      ],
    );
    const end = await ended;
    expect(end).toMatchObject({ code: 0, err: '' });
    expect(refused).toEqual(['a handle is 3 to 30 letters and digits, such as @meeting']);
    expect(end.out).toContain('@meeting on YouTube: nothing was signed in');
    expect(configLinesOf(end)).toBe('  - account: youtube:@meeting\n    way: by-hand');
    expectNothingStored(at);
    at.write('callboard.yaml', configWith(configLinesOf(end)));
    expect(await verified(at)).toMatchObject({ account: 'youtube:@meeting', connected: true });
  });

  test('for live events the browser comes back to a free port, and “Testing” is warned of', async () => {
    server.settings.testing = true;
    const at = placeWith(preview);
    const talking = talk(at, ['youtube', '--server', server.origin], signIn('broadcast'));
    const address = await shownAddress(talking);
    const back = agreed(address);
    expect(back.href).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/callback\?/);
    const page = await fetch(back);
    expect(page.status).toBe(200);
    expect(await page.text()).not.toContain('state');
    const end = await talking.ended;
    expect(end).toMatchObject({ code: 0, err: '' });
    expect(end.out).toMatch(/^! .*7 days/m);
    expect(configLinesOf(end)).toBe(
      `  - account: youtube:@meeting\n    way: broadcast\n    server: ${server.origin}`,
    );
    at.write('callboard.yaml', configWith(configLinesOf(end)));
    expect(await verified(at)).toMatchObject({ report: { kind: 'ok', handle: 'meeting' } });
    const code = back.searchParams.get('code') ?? '';
    expectUnseen(at, [youtubeApp.clientSecret, code, '1//planted-', 'ya29.planted-'], end);
  });

  test.each<[string, (address: URL) => string, string, RegExp]>([
    [
      'an address of another attempt',
      (address) => agreed(address, 'other').href,
      youtubeApp.clientSecret,
      /the address belongs to another attempt/,
    ],
    [
      'a no on Google’s page',
      (address) => {
        const back = agreed(address);
        back.searchParams.delete('code');
        back.searchParams.set('error', 'access_denied');
        return back.href;
      },
      youtubeApp.clientSecret,
      /the account did not allow it/,
    ],
    [
      'a code that is spent',
      (address) => {
        const back = agreed(address);
        back.searchParams.set('code', '4/spent-code');
        return back.href;
      },
      youtubeApp.clientSecret,
      /exchanging the code was refused \(invalid_grant\)/,
    ],
    [
      'a wrong client secret',
      (address) => agreed(address).href,
      'GOCSPX-planted-wrong',
      /exchanging the code was refused \(invalid_client\)/,
    ],
  ])(
    '%s is told in one sentence and nothing is stored',
    async (_what, pasted, secret, sentence) => {
      const at = placeWith(preview);
      const talking = talk(
        at,
        ['youtube', '--server', server.origin, '--paste'],
        [
          ...signIn('live-chat', secret),
          ['Paste the whole address', async () => pasted(await shownAddress(talking))],
        ],
      );
      const end = await talking.ended;
      expect(errorOf(end)).toMatch(sentence);
      expectNothingStored(at);
      expectUnseen(at, [secret, '4/planted-', '4/spent-code'], end);
    },
  );
});
