import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  acceptToken,
  authorizeAddress,
  disconnect,
  exchangeCode,
  readRedirect,
  threadsScopes,
} from '../../../src/networks/threads/connect.js';
import {
  startThreadsServer,
  threadsApp,
  type ThreadsServer,
} from '../../support/networks/threads-server.js';
import { testClock } from '../../support/test-clock.js';
import { day, hour, memoryAndVault, noon } from './threads-stage.js';

const clock = testClock(noon);
let server: ThreadsServer;
beforeAll(async () => {
  server = await startThreadsServer({ clock });
});
afterAll(() => server.close());

const options = () => ({ api: server.origin, clock, signal: AbortSignal.timeout(10_000) });
const { clientId, clientSecret, redirectUri } = threadsApp;

async function redirected(state: string): Promise<string> {
  const address = authorizeAddress({
    clientId,
    redirectUri,
    state,
    scopes: threadsScopes,
    authorization: server.origin,
  });
  const response = await fetch(address, { redirect: 'manual' });
  return response.headers.get('location') ?? '';
}

test('from the page of Threads to a token of 60 days, by one pasted address', async () => {
  const pasted = await redirected('s1');
  expect(pasted).toBe(`${redirectUri}?code=code-1&state=s1#_`);
  const read = readRedirect(` ${pasted} `, 's1');
  expect(read).toEqual({ kind: 'code', code: 'code-1' });
  const request = { clientId, clientSecret, code: 'code-1', redirectUri };
  const connected = await exchangeCode(options(), request);
  expect(connected).toEqual({
    kind: 'connected',
    handle: 'meeting',
    secrets: {
      credentials: { clientId, clientSecret },
      token: {
        accessToken: expect.stringMatching(/^THAAplanted/) as string,
        obtainedAt: noon,
        expiresAt: noon + 60 * day,
        userId: server.userId,
        scopes: [...threadsScopes],
      },
    },
  });
  // A code is good once.
  const again = await exchangeCode(options(), request);
  expect(again.kind).toBe('refused');
  expect(JSON.stringify(again)).not.toContain(clientSecret);
});

test('the address of another attempt, of a refusal, or of nothing is no code', () => {
  const base = 'https://meeting.example/threads';
  expect(readRedirect(`${base}?code=AQ1&state=s2#_`, 's1').kind).toBe('refused');
  expect(readRedirect(`${base}?code=AQ1#_`, '').kind).toBe('refused');
  expect(readRedirect(`${base}?error=access_denied&state=s1`, 's1')).toMatchObject({
    reason: expect.stringContaining('did not allow it') as string,
  });
  expect(readRedirect(`${base}?state=s1`, 's1').kind).toBe('refused');
  expect(readRedirect('AQ1', 's1').kind).toBe('refused');
  // Some browsers give the mark as part of the code.
  expect(readRedirect(`${base}?state=s1&code=AQ1%23_`, 's1')).toEqual({
    kind: 'code',
    code: 'AQ1',
  });
});

test('a token from the dashboard is taken with its dates and permissions; a short one is exchanged', async () => {
  const long = server.issueToken({ issuedAt: noon - day, expiresAt: noon + 59 * day });
  expect(await acceptToken(options(), `${long.accessToken}\n`)).toEqual({
    kind: 'connected',
    handle: 'meeting',
    secrets: {
      token: {
        accessToken: long.accessToken,
        obtainedAt: noon - day,
        expiresAt: noon + 59 * day,
        userId: server.userId,
        scopes: long.scopes,
      },
    },
  });
  const short = server.issueToken({ expiresAt: noon + hour });
  const exchanged = await acceptToken(options(), short.accessToken, { clientId, clientSecret });
  expect(exchanged).toMatchObject({
    kind: 'connected',
    secrets: { token: { obtainedAt: noon, expiresAt: noon + 60 * day } },
  });
});

test('a wrong token is refused and not repeated; a network that is away is no wrong token', async () => {
  const wrong = 'THAAwrong0123456789wrong0123456789wrong';
  const refused = await acceptToken(options(), wrong);
  expect(refused.kind).toBe('refused');
  expect(JSON.stringify(refused)).not.toContain(wrong);
  const away = await acceptToken({ ...options(), api: 'http://127.0.0.1:9' }, wrong);
  expect(away.kind).toBe('unreachable');
});

test('disconnecting forgets the token and says where to take the app away', async () => {
  const { vault } = memoryAndVault();
  await vault.write({ token: 1 });
  expect(await disconnect(vault)).toMatch(/Website permissions/);
  expect(await vault.read()).toBeUndefined();
});
