import { z } from 'zod';
import type { AccountRules } from '../campaign/campaign.js';
import { parseAccount } from '../campaign/network.js';
import type { Context } from '../context.js';
import { CallboardError } from '../errors.js';
import { openConfiguredVault, vaultOf } from '../live-publishers.js';
import { toIso } from '../program/time.js';
import { answerInTime } from '../publish/answer.js';
import type { AccountReport } from '../publish/publisher.js';
import { forgetAccount } from '../storage/network-memory.js';
import { sendingsOf } from '../storage/statistics.js';

/** How a live account is doing; times are ISO 8601 with Z. */
export interface AccountState {
  readonly account: string;
  readonly connected: boolean;
  /** By the network's own word, just now; undefined when it is not connected. */
  readonly report?: AccountReport;
  /** Why nothing is sent there until a person connects it again. */
  readonly parked?: { readonly reason: string; readonly since: string };
  /** It failed several times, or the network asked for a pause. */
  readonly restsUntil?: string;
  readonly sent: {
    readonly lastHour: number;
    readonly lastDay: number;
    /** Of the caps. */
    readonly perHour: number;
    readonly perDay: number;
    readonly microUsd: number;
    readonly capMicroUsd: number;
  };
  readonly lastPostAt?: string;
}

/** Whether an account has secrets, here or in the environment, or needs none because a person serves it; asks no network. */
export async function isConnected(
  context: Pick<Context, 'config' | 'database' | 'clock'>,
  rules: AccountRules,
): Promise<boolean> {
  return isByHand(rules) || (await vaultOf(context, rules).read()) !== undefined;
}

/** Whether a person puts the posts of an account up. */
export function isByHand({ account, way = 'by-hand' }: AccountRules): boolean {
  return account.network === 'youtube' && way === 'by-hand';
}

const lookMs = 20_000;

/** Asks every live account's network how it is doing. */
export async function accounts(
  context: Context,
): Promise<{ readonly accounts: readonly AccountState[] }> {
  const { config, parking, gate, clock, database } = context;
  const parked = new Map((await parking.list()).map((one) => [one.account, one]));
  const live = config.accounts.filter(({ account }) => account.mode === 'live');
  const states = live.map(async (rules): Promise<AccountState> => {
    const { id } = rules.account;
    const publisher = context.publisher(id);
    const connected = await isConnected(context, rules);
    const report =
      connected && publisher
        ? await answerInTime<AccountReport>(
            (signal) => publisher.verify(signal),
            lookMs,
            (reason) => ({ kind: 'unknown', reason }),
          )
        : undefined;
    const now = clock.now();
    const stop = parked.get(id);
    const rests = gate.restsUntil(id, now);
    const sent = await sendingsOf(database, id, now);
    const { perHour, perDay, microUsd } = rules.caps;
    return {
      account: id,
      connected,
      ...(report && { report }),
      ...(stop && { parked: { reason: stop.reason, since: toIso(stop.since) } }),
      ...(rests !== undefined && { restsUntil: toIso(rests) }),
      sent: {
        lastHour: sent.lastHour,
        lastDay: sent.lastDay,
        perHour,
        perDay,
        microUsd: sent.cost,
        capMicroUsd: microUsd,
      },
      ...(sent.lastPostAt !== undefined && { lastPostAt: toIso(sent.lastPostAt) }),
    };
  });
  return { accounts: await Promise.all(states) };
}

/** What `connect` takes: secrets that were tried, in the shape of the network's publisher; an account that a person serves by hand has none. */
export const connectInput = z.strictObject({
  account: z.string(),
  secrets: z.record(z.string(), z.unknown()).optional(),
});

/**
 * Keeps the secrets of an account, sealed; an account that was parked may post again, and what was held for it and is still timely goes out.
 *
 * @throws CallboardError `account-unknown`
 */
export async function connect(
  context: Context,
  { account, secrets }: z.infer<typeof connectInput>,
): Promise<{ readonly account: string; readonly released: number; readonly configured: boolean }> {
  checkLive(account);
  if (secrets) await openConfiguredVault(context).account(account).write(secrets);
  const released = await reopen(context, account);
  const configured = context.config.accounts.some((one) => one.account.id === account);
  return { account, released, configured };
}

/** Ends the parking of an account and releases what waited for it here; what waits in other editions, and what is held in this very moment, the sweep releases. */
async function reopen(context: Context, account: string): Promise<number> {
  const { ledger, parking, queue, clock } = context;
  await parking.unpark(account);
  const held = await ledger.list({ states: ['held'], accounts: [account] });
  const now = clock.now();
  let released = 0;
  for (const announcement of held) {
    if (announcement.held !== 'account' && announcement.held !== 'parked') continue;
    if (announcement.expiresAt < now) continue;
    const change = {
      to: 'planned',
      reason: 'its account is connected again',
      actor: 'person',
    } as const;
    if (!(await ledger.move(announcement, change, now))) continue;
    released += 1;
    const { id, network, dueAt } = announcement;
    // What the queue does not take now, the sweep brings.
    await queue.reschedule([{ id, network, at: Math.max(dueAt, now) }]).catch(() => undefined);
  }
  return released;
}

/** What `disconnect` takes. */
export const disconnectInput = z.strictObject({ account: z.string() });

/** Takes our access back at the network where that is possible, and forgets the secrets in any case. What is planned there is held when it falls due. */
export async function disconnect(
  context: Context,
  { account }: z.infer<typeof disconnectInput>,
): Promise<{ readonly account: string; readonly said: readonly string[] }> {
  const { network } = checkLive(account);
  const { clock, database, parking } = context;
  const vault = openConfiguredVault(context).account(account);
  const rules = context.config.accounts.find((one) => one.account.id === account);
  const server = rules?.server;
  const signal = AbortSignal.timeout(lookMs);
  const said: string[] = [];
  if ((await vault.read()) === undefined) {
    throw new CallboardError(
      'account-not-connected',
      {
        place: account,
        problem: 'there are no stored secrets of it',
        remedy: 'See callboard accounts; secrets of the environment are taken back there',
      },
      'usage',
    );
  }
  switch (network) {
    case 'bluesky': {
      const { disconnectBluesky } = await import('../networks/bluesky/connect.js');
      const options = {
        account,
        vault,
        clock,
        signal,
        ...(server !== undefined && { service: server }),
      };
      said.push(...(await disconnectBluesky(options)));
      break;
    }
    case 'threads': {
      const { disconnect: disconnectThreads } = await import('../networks/threads/connect.js');
      said.push(await disconnectThreads(vault));
      break;
    }
    case 'x': {
      const { disconnectX } = await import('../networks/x/connect.js');
      const revoked = await disconnectX(vault, {
        signal,
        ...(server !== undefined && { api: server }),
      });
      said.push(
        revoked
          ? 'X: its tokens are good no more.'
          : 'X: its keys are forgotten here and still good there. Take them back in the developer console under Keys and tokens.',
      );
      break;
    }
    case 'youtube': {
      const { disconnect: disconnectYoutube } = await import('../networks/youtube/connect.js');
      const left = await disconnectYoutube(vault, {
        signal,
        ...(server !== undefined && { api: server }),
      });
      if (left !== undefined) said.push(left);
      break;
    }
  }
  await forgetAccount(database, account);
  await parking.park(account, `${account} was disconnected`, clock.now());
  return { account, said };
}

function checkLive(id: string) {
  const account = parseAccount(id);
  if (account?.mode === 'live') return account;
  throw new CallboardError(
    'account-unknown',
    {
      place: id,
      problem: 'this names no live account',
      remedy: 'Write it as network and handle, such as bluesky:@meeting.bsky.social',
    },
    'usage',
  );
}
