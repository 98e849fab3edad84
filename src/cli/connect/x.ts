import {
  beginXSignIn,
  connectXByKeys,
  endXSignIn,
  type XConnected,
  type XConnectOptions,
} from '../../networks/x/connect.js';
import { asking, notConnected, type Connection, type Dialogue } from './dialogue.js';
import { isNoKey } from './questions.js';
import { openReturning, usualCallbackPort } from './redirect.js';

/** By four keys, or by OAuth 2.0 with a local callback; see docs/networks/x.md. */
export async function xDialogue(dialogue: Dialogue): Promise<Connection> {
  const { questions, say } = dialogue;
  say(
    'X is paid for use: $0.015 a post, $0.20 a post with a link; it takes 100 posts in 15 minutes.',
  );
  say('  1. https://console.x.com: create a Project and in it an App, and buy credits.');
  const way = await questions.choose('How does it sign in?', [
    {
      value: 'keys',
      label: 'Four keys (OAuth 1.0a)',
      hint: 'for the account that owns the app; never need renewing',
    },
    {
      value: 'oauth2',
      label: 'Client ID and Client Secret (OAuth 2.0)',
      hint: 'for any account; renewed by Callboard',
    },
  ]);
  const came = way === 'keys' ? await byKeys(dialogue) : await byOAuth(dialogue);
  if (came.kind !== 'connected') throw notConnected(dialogue, came.reason);
  return { handle: came.user.username, secrets: { ...came.secrets }, warnings: [] };
}

async function byKeys(dialogue: Dialogue): Promise<XConnected> {
  const { questions, say } = dialogue;
  say('  2. In the app: User authentication settings → Set up → App permissions: Read and write,');
  say('     Type of App: Web App, Automated App or Bot.');
  say('  3. Keys and tokens → API Key and Secret, and Access Token and Secret, both made after');
  say('     step 2: those made before may only read.');
  const ask = (question: string) => questions.secret(question, { problem: isNoKey });
  const keys = {
    apiKey: await ask('API Key'),
    apiSecret: await ask('API Key Secret'),
    accessToken: await ask('Access Token'),
    accessSecret: await ask('Access Token Secret'),
  };
  return asking(dialogue, (signal) => connectXByKeys(keys, optionsOf(dialogue, signal)));
}

async function byOAuth(dialogue: Dialogue): Promise<XConnected> {
  const { questions, say } = dialogue;
  // X compares the address with the app's, port and all.
  const returning = await openReturning(dialogue, usualCallbackPort);
  try {
    const { redirectUri } = returning;
    say(
      '  2. In the app: User authentication settings → Set up → App permissions: Read and write,',
    );
    say('     Type of App: Web App, Automated App or Bot,');
    say(`     Callback URI / Redirect URL: ${redirectUri}`);
    say('  3. Keys and tokens → OAuth 2.0 Client ID and Client Secret.');
    const clientId = await questions.text('Client ID', { problem: isNoKey });
    const clientSecret = await questions.secret('Client Secret; empty for a Native App', {
      problem: (given) => (given === '' ? undefined : isNoKey(given)),
    });
    const app = { clientId, redirectUri, ...(clientSecret !== '' && { clientSecret }) };
    const begun = beginXSignIn(app);
    say('X gives 30 seconds from the choice to the end of it.');
    const returned = await returning.come(begun, '“Authorize app”');
    return await asking(dialogue, (signal) =>
      endXSignIn(app, begun, returned, optionsOf(dialogue, signal)),
    );
  } finally {
    await returning.close();
  }
}

function optionsOf({ clock, server }: Dialogue, signal: AbortSignal): XConnectOptions {
  return { clock, signal, ...(server !== undefined && { api: server }) };
}
