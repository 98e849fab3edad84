import type { Network } from '../campaign/network.js';

/**
 * Secrets of live accounts that the environment holds, in the shape in which the network's publisher keeps them in the vault. They serve the one account of
 * their network, and win over stored ones.
 */
export type NetworkCredentials = Readonly<
  Partial<Record<Network, Readonly<Record<string, string>>>>
>;

/** What belongs together: all of a set, or none. */
const sets: readonly {
  readonly network: Network;
  /** Names in the environment, and in the publisher's secrets. */
  readonly names: Readonly<Record<string, string>>;
}[] = [
  { network: 'bluesky', names: { CALLBOARD_BLUESKY_APP_PASSWORD: 'appPassword' } },
  { network: 'threads', names: { CALLBOARD_THREADS_TOKEN: 'accessToken' } },
  {
    network: 'x',
    names: {
      CALLBOARD_X_API_KEY: 'apiKey',
      CALLBOARD_X_API_SECRET: 'apiSecret',
      CALLBOARD_X_ACCESS_TOKEN: 'accessToken',
      CALLBOARD_X_ACCESS_SECRET: 'accessSecret',
    },
  },
  {
    network: 'youtube',
    names: {
      CALLBOARD_YOUTUBE_CLIENT_ID: 'clientId',
      CALLBOARD_YOUTUBE_CLIENT_SECRET: 'clientSecret',
      CALLBOARD_YOUTUBE_REFRESH_TOKEN: 'refreshToken',
    },
  },
];

/** Names of the environment that hold secrets of networks. */
export const credentialNames: readonly string[] = sets.flatMap(({ names }) => Object.keys(names));

/** Names of the environment that hold the secrets of one network. */
export function credentialNamesOf(network: Network): readonly string[] {
  return sets.flatMap((set) => (set.network === network ? Object.keys(set.names) : []));
}

/** Reads what is there; half a set is a fault. No value is ever repeated. */
export function readNetworkCredentials(
  value: (name: string) => string | undefined,
  fault: (setting: string, problem: string, hint: string) => void,
): NetworkCredentials {
  const credentials: Partial<Record<Network, Readonly<Record<string, string>>>> = {};
  for (const { network, names } of sets) {
    const entries = Object.entries(names);
    const given = entries.flatMap(([name, own]) => {
      const text = value(name);
      return text === undefined ? [] : [[own, text] as const];
    });
    if (given.length === 0) continue;
    for (const [name] of entries) {
      const text = value(name);
      if (text === undefined) {
        fault(name, 'it is missing', `Set all of ${Object.keys(names).join(', ')}, or none`);
      } else if (!/^[\x21-\x7e]{1,4096}$/.test(text)) {
        fault(name, 'it is no secret of this network', 'Write it in plain letters, without spaces');
      }
    }
    credentials[network] = Object.fromEntries(given);
  }
  return credentials;
}
