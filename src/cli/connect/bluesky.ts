import { createBlueskyPublisher } from '../../networks/bluesky/bluesky-publisher.js';
import { connectBluesky, type BlueskyConnection } from '../../networks/bluesky/connect.js';
import type { AccountVault } from '../../publish/publisher.js';
import { plain } from '../terminal.js';
import { asking, notConnected, type Connection, type Dialogue } from './dialogue.js';
import { isNoKey } from './questions.js';

type Connected = Extract<BlueskyConnection, { kind: 'connected' }>;

/** By handle and app password; see docs/networks/bluesky.md. */
export async function blueskyDialogue(dialogue: Dialogue): Promise<Connection> {
  const { questions, say, clock, server } = dialogue;
  say('Bluesky costs nothing and needs no approval; it takes about 1,600 posts an hour.');
  say('  1. In Bluesky: Settings → Privacy and security → App passwords → Add App Password.');
  say('  2. Name it “callboard”, leave “Allow access to your direct messages” off, copy it.');
  const identifier = await questions.text('Handle of the account', {
    example: 'meeting.bsky.social',
    problem: handleProblem,
  });
  const appPassword = await questions.secret('App password', { problem: isNoKey });
  const came = await asking(dialogue, (signal) =>
    connectBluesky({
      identifier,
      appPassword,
      clock,
      signal,
      ...(server !== undefined && { service: server }),
    }),
  );
  if (came.kind !== 'connected') throw notConnected(dialogue, came.reason);
  const whose = `@${came.handle}${came.name === undefined ? '' : `, ${came.name}`}`;
  say(`This is ${plain(whose)} (${plain(came.did)}).`);
  const labelling = await labelled(dialogue, came);
  return {
    handle: came.handle,
    ...(came.name !== undefined && { name: came.name }),
    secrets: labelling.secrets,
    warnings: [...came.warnings, ...labelling.warnings],
  };
}

/** A name under a domain; an e-mail address or a DID will do, too. */
function handleProblem(given: string): string | undefined {
  if (given.startsWith('did:')) return undefined;
  if (/\s/.test(given)) return 'a handle has no spaces';
  return given.replace(/^@/, '').includes('.')
    ? undefined
    : 'a handle on Bluesky has a dot in it: write all of it, such as meeting.bsky.social';
}

/** Bluesky asks automated accounts to say so: https://docs.bsky.app/docs/starter-templates/bots. Only when the organizer agrees. */
async function labelled(
  dialogue: Dialogue,
  { handle, secrets, isBot }: Connected,
): Promise<{ readonly secrets: Readonly<Record<string, unknown>>; readonly warnings: string[] }> {
  const { questions, clock, server, conceal } = dialogue;
  const asked =
    'Put the label “bot” on its profile? Bluesky asks it of automated accounts; nothing else of the profile changes';
  if (isBot || !(await questions.agree(asked))) return { secrets: { ...secrets }, warnings: [] };
  const held = heldSecrets({ ...secrets });
  const publisher = createBlueskyPublisher({
    account: `bluesky:@${handle}`,
    clock,
    vault: held.vault,
    memory: nothingKept,
    drawPicture: () => Promise.reject(new Error('a profile has no picture')),
    attach: 'nothing',
    ...(server !== undefined && { service: server }),
  });
  const why = await asking(dialogue, (signal) => publisher.labelAsBot(signal));
  return {
    secrets: held.secrets(),
    warnings: why === undefined ? [] : [`The label “bot” could not be put there: ${conceal(why)}`],
  };
}

/** Secrets that are not stored yet; a session that is renewed meanwhile is kept. */
function heldSecrets(given: Readonly<Record<string, unknown>>) {
  let secrets = given;
  const vault: AccountVault = {
    read: () => Promise.resolve(secrets),
    write: (changed) => {
      secrets = changed as Readonly<Record<string, unknown>>;
      return Promise.resolve();
    },
    forget: () => Promise.resolve(),
    exclusively: (work) => work(),
  };
  return { vault, secrets: () => secrets };
}

const nothingKept = {
  read: () => Promise.resolve(undefined),
  write: () => Promise.resolve(),
  swap: () => Promise.resolve(true),
  forget: () => Promise.resolve(),
};
