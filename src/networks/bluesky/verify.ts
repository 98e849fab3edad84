import type { AccountId } from '../../campaign/network.js';
import type { Clock } from '../../clock.js';
import type { AccountReport } from '../../publish/publisher.js';
import type { Client } from './client.js';
import { BlueskyFailure } from './errors.js';
import { readProfile } from './profile.js';
import type { Points } from './points.js';
import { claimsOf } from './secrets.js';

/** What asking whose account it is needs. */
export interface VerifyOptions {
  readonly account: AccountId;
  readonly client: Client;
  readonly points: Points;
  readonly clock: Pick<Clock, 'now'>;
}

/** Asks Bluesky whose account it is and how it is doing. */
export async function verifyAccount(
  { account, client, points, clock }: VerifyOptions,
  signal: AbortSignal,
): Promise<AccountReport> {
  try {
    const asking = { method: 'com.atproto.server.getSession', signal };
    const { data, scope } = await client.ask(asking, async (agent, session) => ({
      data: (await agent.com.atproto.server.getSession(undefined, { signal })).data,
      scope: claimsOf(session.accessJwt).scope,
    }));
    if (data.active === false) {
      const why = data.status === undefined ? '' : ` (${data.status.slice(0, 40)})`;
      return {
        kind: 'unauthorized',
        reason: `${account}: the account is not active${why}. Sign in at bsky.app to see what Bluesky asks of you.`,
      };
    }
    const { name, isBot } = await readProfile(client, signal);
    return {
      kind: 'ok',
      handle: data.handle,
      id: data.did,
      ...(name !== undefined && { name }),
      ...(scope !== undefined && { scopes: [scope] }),
      quotas: await points.quotas(clock.now()),
      warnings: [
        ...(isBot ? [] : [notLabelled(account)]),
        ...(isMainPassword(scope) ? [mainPassword(account)] : []),
      ],
    };
  } catch (thrown) {
    if (!(thrown instanceof BlueskyFailure)) throw thrown;
    const refused = thrown.meaning === 'unauthorized' || thrown.meaning === 'session-spent';
    return { kind: refused ? 'unauthorized' : 'unknown', reason: thrown.message };
  }
}

/** Whether a session was begun with the account's main password, by the scope of its token. */
export function isMainPassword(scope: string | undefined): boolean {
  return scope === 'com.atproto.access';
}

/** What to say to someone who gave the main password. */
export function mainPassword(account: string): string {
  return `${account}: it is connected with its main password, which opens everything. Make an app password in Bluesky under Settings, Privacy and security, App passwords, and connect it again.`;
}

function notLabelled(account: string): string {
  return `${account}: its profile does not say that it is automated. Let Callboard set the label “bot” with \`callboard connect bluesky\`.`;
}
