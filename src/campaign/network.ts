/** The networks that a campaign can announce on, in the order in which pages and tables show them. */
export const networks = ['bluesky', 'threads', 'x', 'youtube'] as const;

/** A social network. */
export type Network = (typeof networks)[number];

/** How each network writes its own name. */
export const networkNames: Readonly<Record<Network, string>> = {
  bluesky: 'Bluesky',
  threads: 'Threads',
  x: 'X',
  youtube: 'YouTube',
};

/** Our presence at a network: `bluesky:@meeting` (live) or `preview:bluesky`. */
export type AccountId = string;

/** An account id, taken apart. */
export interface Account {
  readonly id: AccountId;
  readonly network: Network;
  readonly mode: 'live' | 'preview';
  /** The handle of a live account, without `@`. */
  readonly handle?: string;
}

/**
 * Takes an account id apart; undefined when it is none.
 *
 * @example parseAccount('preview:x') // { id: 'preview:x', network: 'x', mode: 'preview' }
 * @example parseAccount('bluesky:@meeting') // { id: 'bluesky:@meeting', network: 'bluesky', mode: 'live', handle: 'meeting' }
 */
export function parseAccount(id: AccountId): Account | undefined {
  const preview = /^preview:(\w+)$/.exec(id)?.[1];
  if (preview !== undefined) {
    return isNetwork(preview) ? { id, network: preview, mode: 'preview' } : undefined;
  }
  const [, network, handle] = /^(\w+):@([^\s:@]+)$/.exec(id) ?? [];
  if (network === undefined || handle === undefined || !isNetwork(network)) return undefined;
  return { id, network, mode: 'live', handle };
}

/** Whether the word names a network. */
export function isNetwork(word: string): word is Network {
  return (networks as readonly string[]).includes(word);
}
