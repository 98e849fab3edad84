import type { YoutubeWay } from '../../campaign/account-manners.js';
import { sentence } from '../../errors.js';
import {
  authorizeAddress,
  beginConnecting,
  exchangeCode,
  readRedirect,
  type Connected,
} from '../../networks/youtube/connect.js';
import { asking, notConnected, type Connection, type Dialogue } from './dialogue.js';
import { isNoKey } from './questions.js';
import { openReturning } from './redirect.js';

/** By hand, or by OAuth with a local callback; see docs/networks/youtube.md. */
export async function youtubeDialogue(dialogue: Dialogue): Promise<Connection> {
  const { questions, say } = dialogue;
  say(
    'YouTube costs nothing; its API takes 10,000 units a day, a live event or a chat message costs 50.',
  );
  const way = await questions.choose<YoutubeWay>('How is it announced there?', [
    {
      value: 'by-hand',
      label: 'Community posts that a person puts up',
      hint: 'needs no sign-in: YouTube has no open API for them',
    },
    { value: 'broadcast', label: 'Each session as an upcoming live event' },
    { value: 'live-chat', label: 'A message in the chat of a running stream' },
    {
      value: 'posts',
      label: 'Community posts by the API',
      hint: 'only for Google Cloud projects that YouTube admitted to its pilot',
    },
  ]);
  return way === 'by-hand' ? byHand(dialogue) : signedIn(dialogue, way);
}

async function byHand({ questions, say }: Dialogue): Promise<Connection> {
  say('By hand nothing is signed in and no secret is kept: Callboard writes each post on time,');
  say('tells you, and waits for the address of what you put up (callboard handoffs).');
  const handle = await questions.text('Handle of the channel', {
    example: '@meeting',
    problem: handleProblem,
  });
  return { handle: handle.replace(/^@/, ''), warnings: [], settings: { way: 'by-hand' } };
}

function handleProblem(given: string): string | undefined {
  return /^@?[\p{L}\p{N}._·-]{3,30}$/u.test(given)
    ? undefined
    : 'a handle is 3 to 30 letters and digits, such as @meeting';
}

async function signedIn(dialogue: Dialogue, way: YoutubeWay): Promise<Connection> {
  const { questions, say } = dialogue;
  say('  1. https://console.cloud.google.com: create a project and enable “YouTube Data API v3”.');
  say('  2. Google Auth Platform → Get started; then Audience → Publish app: while it is left in');
  say('     “Testing”, Google ends the access after 7 days, and Callboard with it.');
  say('  3. Clients → Create client → Application type: Desktop app.');
  const clientId = await questions.text('Client ID', { problem: isNoKey });
  const clientSecret = await questions.secret('Client secret', { problem: isNoKey });
  const came = await round(dialogue, { clientId, clientSecret });
  if (came.kind !== 'connected') throw notConnected(dialogue, came.reason);
  if (came.handle === '') {
    throw notConnected(
      dialogue,
      sentence({
        place: `the channel ${came.name}`,
        problem: 'it has no handle',
        remedy: 'Choose one at https://www.youtube.com/handle and begin again',
      }),
    );
  }
  return {
    handle: came.handle,
    name: came.name,
    secrets: { ...came.secrets },
    warnings: came.warnings,
    settings: { way },
  };
}

async function round(
  dialogue: Dialogue,
  app: { readonly clientId: string; readonly clientSecret: string },
): Promise<Connected> {
  const { clock, server } = dialogue;
  const api = server === undefined ? {} : { api: server };
  // Google takes any port of a Desktop app.
  const returning = await openReturning(dialogue, 0);
  try {
    const { redirectUri } = returning;
    const attempt = beginConnecting();
    const { state, verifier } = attempt;
    const address = authorizeAddress({ clientId: app.clientId, redirectUri, attempt, ...api });
    const returned = await returning.come({ address, state }, '“Continue”, with the box ticked');
    const read = readRedirect(returned, state);
    if (read.kind === 'refused') return read;
    const { code } = read;
    return await asking(dialogue, (signal) =>
      exchangeCode({ clock, signal, ...api }, { ...app, code, redirectUri, verifier }),
    );
  } finally {
    await returning.close();
  }
}
