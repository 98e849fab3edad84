import { randomBytes } from 'node:crypto';
import {
  acceptToken,
  authorizeAddress,
  exchangeCode,
  readRedirect,
  threadsScopes,
  type Connected,
} from '../../networks/threads/connect.js';
import { asking, notConnected, type Connection, type Dialogue } from './dialogue.js';
import { isMissing, isNoKey } from './questions.js';

const graph = 'https://graph.threads.net';

/** By a token of the dashboard, or by permission through a pasted address; see docs/networks/threads.md. */
export async function threadsDialogue(dialogue: Dialogue): Promise<Connection> {
  const { questions, say } = dialogue;
  say('Threads costs nothing; it takes 250 posts in 24 hours and 500 characters each.');
  say('  1. https://developers.facebook.com/apps → Create app → Access the Threads API.');
  say('  2. Use cases → Access the Threads API → Customize: add threads_content_publish,');
  say('     threads_delete and threads_manage_insights.');
  say('  3. App roles → Roles → Add people → Threads Tester: the account that will post.');
  say('     It accepts on threads.com: Settings → Account → Website permissions → Invites.');
  const way = await questions.choose('How does it sign in?', [
    {
      value: 'token',
      label: 'Paste a token of the “User Token Generator”',
      hint: 'needs no web address',
    },
    { value: 'permission', label: 'Threads app ID and secret, and its permission page' },
  ]);
  const came = way === 'token' ? await byToken(dialogue) : await byPermission(dialogue);
  if (came.kind !== 'connected') throw notConnected(dialogue, came.reason);
  return { handle: came.handle, secrets: { ...came.secrets }, warnings: [] };
}

async function byToken(dialogue: Dialogue): Promise<Connected> {
  const { questions, say } = dialogue;
  say('  4. Use cases → Customize → Settings → User Token Generator → Generate Access Token.');
  const token = await questions.secret('Access token', { problem: isNoKey });
  return asking(dialogue, (signal) => acceptToken(optionsOf(dialogue, signal), token));
}

async function byPermission(dialogue: Dialogue): Promise<Connected> {
  const { questions, say, server } = dialogue;
  say('  4. Use cases → Customize → Settings: note Threads app ID and Threads app secret, and');
  say('     add a Redirect Callback URL. Threads wants HTTPS; the page need not exist.');
  const clientId = await questions.text('Threads app ID', { problem: idProblem });
  const clientSecret = await questions.secret('Threads app secret', { problem: isNoKey });
  const redirectUri = await questions.text('Redirect Callback URL, to the letter', {
    example: 'https://program.example.org/',
    problem: redirectProblem,
  });
  const state = randomBytes(24).toString('base64url');
  say(
    'Open this address in a browser, signed in as the account that is to post, and choose “Continue”:',
  );
  say('');
  say(
    authorizeAddress({
      clientId,
      redirectUri,
      state,
      scopes: threadsScopes,
      ...(server !== undefined && { authorization: server }),
    }),
  );
  say('');
  const returned = await questions.secret(
    'Paste the whole address that the browser ends at, with all that hangs on it',
    { problem: isMissing },
  );
  const read = readRedirect(returned, state);
  if (read.kind === 'refused') return read;
  const { code } = read;
  return asking(dialogue, (signal) =>
    exchangeCode(optionsOf(dialogue, signal), { clientId, clientSecret, code, redirectUri }),
  );
}

function optionsOf({ clock, server = graph }: Dialogue, signal: AbortSignal) {
  return { api: server, clock, signal };
}

function idProblem(given: string): string | undefined {
  return /^\d+$/.test(given) ? undefined : 'an app ID is a number';
}

function redirectProblem(given: string): string | undefined {
  const isAddress = URL.canParse(given) && !/\s/.test(given);
  if (isAddress && new URL(given).protocol === 'https:') return undefined;
  return 'Threads sends browsers to addresses that begin with https:// only';
}
