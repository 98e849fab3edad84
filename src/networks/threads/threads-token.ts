import { z } from 'zod';
import type { Clock } from '../../clock.js';
import type { AccountVault } from '../../publish/publisher.js';
import { longLivedToken } from './answers.js';
import type { AskGraph } from './graph.js';

const token = z.object({
  accessToken: z.string().min(1),
  /** When it was given out, in milliseconds since 1970; missing, as `expiresAt` is, for one that came without a word about it. */
  obtainedAt: z.number().optional(),
  /** After this only a person can get another one. */
  expiresAt: z.number().optional(),
  userId: z.string().optional(),
  /** As granted; missing where Threads did not say. */
  scopes: z.array(z.string()).optional(),
});

const secrets = z.object({
  /** Of the Meta app; missing when the token was pasted. */
  credentials: z.object({ clientId: z.string(), clientSecret: z.string() }).optional(),
  token,
});

/** What the environment gives in place of the vault: a bare token. */
const bare = z.object({ accessToken: z.string().min(1) }).transform((only) => ({ token: only }));
const anySecrets = z.union([secrets, bare]);

/** What the vault keeps of an account on Threads. */
export type ThreadsSecrets = z.infer<typeof secrets>;

/** A long-lived token of an account. */
export type ThreadsToken = z.infer<typeof token>;

/** What the vault has: a token that may be used, or why there is none, as a clause. */
export type TokenState =
  | { readonly kind: 'token'; readonly token: ThreadsToken }
  | { readonly kind: 'none'; readonly problem: string };

/** Tokens that are younger cannot be refreshed: https://developers.facebook.com/docs/threads/get-started/long-lived-tokens. */
const youngestMs = 24 * 3_600_000;
/** A token with less than this left is refreshed. */
const refreshWithinMs = 7 * 24 * 3_600_000;

/** The token of one account: read from the vault, refreshed there. */
export interface TokenKeeper {
  current(): Promise<TokenState>;
  /**
   * Refreshes a token that is at least a day old and has less than a week left, once whoever else does the same. Answers the state after it; a refresh that
   * does not work leaves the token as it is, which still holds for days.
   */
  refreshed(signal: AbortSignal): Promise<TokenState>;
}

/** Keeps the token of one account. */
export function createTokenKeeper(options: {
  readonly vault: AccountVault;
  readonly ask: AskGraph;
  readonly clock: Clock;
}): TokenKeeper {
  const { vault, ask, clock } = options;
  const current = async (): Promise<TokenState> => {
    const kept = await vault.read();
    if (kept === undefined || kept === null)
      return { kind: 'none', problem: 'it is not connected' };
    const read = anySecrets.safeParse(kept);
    if (!read.success) return { kind: 'none', problem: 'its stored access token cannot be read' };
    const found: ThreadsToken = read.data.token;
    return found.expiresAt !== undefined && found.expiresAt <= clock.now()
      ? { kind: 'none', problem: 'its access token has expired' }
      : { kind: 'token', token: found };
  };

  const refresh = async (signal: AbortSignal): Promise<TokenState> => {
    const before = await current();
    // Whoever came first has refreshed it.
    if (before.kind === 'none' || !isDue(before.token, clock.now())) return before;
    const answer = await ask(
      {
        method: 'GET',
        path: '/refresh_access_token',
        parameters: { grant_type: 'th_refresh_token' },
        signal,
      },
      before.token.accessToken,
      longLivedToken,
    );
    if (answer.kind !== 'answered') return before;
    const now = clock.now();
    const renewed: ThreadsToken = {
      ...before.token,
      accessToken: answer.value.access_token,
      obtainedAt: now,
      expiresAt: now + answer.value.expires_in * 1_000,
    };
    const kept: ThreadsSecrets = secrets.parse(await vault.read());
    await vault.write({ ...kept, token: renewed } satisfies ThreadsSecrets);
    return { kind: 'token', token: renewed };
  };

  return {
    current,
    async refreshed(signal) {
      const state = await current();
      if (state.kind === 'none' || !isDue(state.token, clock.now())) return state;
      return vault.exclusively(() => refresh(signal));
    },
  };
}

/**
 * Whether a token should be refreshed now.
 *
 * @example isDue({ accessToken: 'x', obtainedAt: 0, expiresAt: 60 * 86_400_000 }, 54 * 86_400_000) // true
 */
export function isDue({ obtainedAt, expiresAt }: ThreadsToken, now: number): boolean {
  if (obtainedAt === undefined || expiresAt === undefined) return false;
  return now - obtainedAt >= youngestMs && expiresAt - now < refreshWithinMs;
}
