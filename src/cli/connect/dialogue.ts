import type { Network } from '../../campaign/network.js';
import type { Clock } from '../../clock.js';
import type { Config } from '../../config/config.js';
import { CallboardError } from '../../errors.js';
import { plain } from '../terminal.js';
import type { Questions } from './questions.js';

/** What the dialogue of a network works with. */
export interface Dialogue {
  readonly network: Network;
  readonly questions: Questions;
  readonly config: Config;
  readonly clock: Clock;
  /** Writes a line for the person: never a secret. */
  readonly say: (line: string) => void;
  /** A text of the network without the secrets that were given in this dialogue. */
  readonly conceal: (text: string) => string;
  /** Base address of the network's server in place of its own. */
  readonly server?: string | undefined;
  /** Whether the redirected address is pasted although a local callback would be possible. */
  readonly paste: boolean;
  /** Port of the local callback. */
  readonly callbackPort?: number | undefined;
  /** How long a browser may take, in milliseconds. */
  readonly callbackMs?: number | undefined;
  /** Aborted when the person breaks off. */
  readonly broken: AbortSignal;
}

/** What a dialogue came to; nothing is stored yet. */
export interface Connection {
  /** Verified by the network; without `@`. */
  readonly handle: string;
  readonly name?: string;
  /** What is to be stored; a way that needs no sign-in has none. */
  readonly secrets?: Readonly<Record<string, unknown>>;
  readonly warnings: readonly string[];
  /** Settings of the account that belong in the config, beside its id. */
  readonly settings?: Readonly<Record<string, string>>;
}

const longestMs = 60_000;

/**
 * Asks a network something, for a minute at most.
 *
 * @throws CallboardError `broken-off` when the person broke off meanwhile
 */
export async function asking<T>(
  { broken }: Pick<Dialogue, 'broken'>,
  ask: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  throwIfBroken(broken);
  const signal = AbortSignal.any([broken, AbortSignal.timeout(longestMs)]);
  const answer = await ask(signal).catch((thrown: unknown) => {
    throw broken.aborted ? brokenOff() : thrown;
  });
  throwIfBroken(broken);
  return answer;
}

function throwIfBroken(broken: AbortSignal): void {
  if (broken.aborted) throw brokenOff();
}

/** The person pressed Ctrl-C while Callboard waited. */
export function brokenOff(): CallboardError {
  return new CallboardError('broken-off', {
    place: 'callboard connect',
    problem: 'it was broken off and nothing was stored',
    remedy: 'Run it again when you are ready',
  });
}

/** A network’s no, or that it was not reached, in its publisher’s own words; a server may repeat what it was given. */
export function notConnected(
  { network, conceal }: Pick<Dialogue, 'network' | 'conceal'>,
  reason: string,
): CallboardError {
  return new CallboardError('not-connected', {
    place: `callboard connect ${network}`,
    problem: plain(conceal(reason)).replace(/\.$/, ''),
    remedy: 'Nothing was stored',
  });
}
