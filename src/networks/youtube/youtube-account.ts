import type { ZodType } from 'zod';
import type { Clock } from '../../clock.js';
import { lostBy } from '../lost.js';
import { readReply, type Answer, type Failure } from './answer.js';
import { send, type Reply } from './line.js';
import type { CallName, UnitCount } from './quota.js';
import type { YoutubeAddresses } from './youtube-addresses.js';
import { throughClient, type ClientCall, type Passage } from './youtube-client.js';
import { withoutToken, type TokenKeeper } from './youtube-token.js';

/** A request of the pilot's, which Google's client does not know. */
export interface PilotCall {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** `/youtube/v3/posts`. */
  readonly path: string;
  /** Undefined ones are left out. */
  readonly parameters: Readonly<Record<string, string | undefined>>;
  readonly body?: string | Uint8Array;
  readonly mimeType?: string;
}

/** One request, by its name in the table of costs. */
export interface Call<T> {
  readonly name: CallName;
  readonly by: ClientCall | PilotCall;
  readonly shape: ZodType<T>;
}

/** Asks YouTube in the name of the account. Never throws for what the network does. */
export type AskYoutube = <T>(call: Call<T>, signal: AbortSignal) => Promise<Answer<T>>;

/** What asking needs. */
export interface AccountOptions {
  readonly addresses: YoutubeAddresses;
  readonly tokens: TokenKeeper;
  readonly units: UnitCount;
  readonly clock: Clock;
  /** The longest that one request may take, in milliseconds. */
  readonly requestMs: number;
}

/**
 * Opens the way to YouTube for one account: a token, the units, the request. A request that is refused for its token, and so was not taken, is sent once more with a
 * new one. When Google has said that the units of the day are used up, nothing is asked before the next.
 */
export function askForAccount(options: AccountOptions): AskYoutube {
  const { addresses, tokens, units, clock, requestMs } = options;

  const once = async <T>(
    call: Call<T>,
    accessToken: string,
    signal: AbortSignal,
  ): Promise<Answer<T>> => {
    await units.spend(call.name);
    if (signal.aborted) return { kind: 'lost', sent: false, reason: 'there was no time left' };
    const bounded = AbortSignal.any([signal, AbortSignal.timeout(requestMs)]);
    let reply: Reply;
    try {
      reply = await sendCall(addresses, call.by, { accessToken, signal: bounded });
    } catch (thrown) {
      return lostBy(thrown, bounded);
    }
    return readReply(reply, call.shape, clock.now());
  };

  return async (call, signal) => {
    const until = await units.exhaustedUntil();
    if (until !== undefined) return usedUp(until);
    const state = await tokens.token(signal);
    if (state.kind !== 'token') return withoutToken(state);
    let answer = await once(call, state.accessToken, signal);
    if (answer.kind === 'refused' && answer.meaning === 'token') {
      const renewed = await tokens.token(signal, { refused: state.accessToken });
      if (renewed.kind !== 'token') return withoutToken(renewed);
      answer = await once(call, renewed.accessToken, signal);
    }
    if (answer.kind === 'refused' && answer.meaning === 'quota') {
      const { refusal } = answer;
      return { ...answer, refusal: { ...refusal, notBefore: await units.exhaust() } };
    }
    return answer;
  };
}

function usedUp(notBefore: number): Failure {
  return { kind: 'refused', meaning: 'quota', refusal: { status: 0, said: '', notBefore } };
}

function sendCall(
  addresses: YoutubeAddresses,
  by: ClientCall | PilotCall,
  passage: Passage,
): Promise<Reply> {
  if (typeof by === 'function') return throughClient(addresses.data, by, passage);
  const { method, path, parameters, body, mimeType } = by;
  const url = new URL(path, addresses.posts);
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined) url.searchParams.set(name, value);
  }
  return send(url, {
    method,
    headers: {
      accept: 'application/json',
      authorization: `Bearer ${passage.accessToken}`,
      ...(mimeType !== undefined && { 'content-type': mimeType }),
    },
    body,
    signal: passage.signal,
  });
}
