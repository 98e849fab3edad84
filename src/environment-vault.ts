import type { Account } from './campaign/network.js';
import type { NetworkCredentials } from './config/network-credentials.js';
import type { AccountVault } from './publish/publisher.js';

/**
 * Lays what the environment says of an account over its vault: the environment's words win, and what belongs to a sign-in (a session, a token that was made of
 * them) is kept in the vault as ever.
 */
export function withEnvironment(
  vault: AccountVault,
  { network, handle = '' }: Account,
  credentials: NetworkCredentials,
): AccountVault {
  const given = credentials[network];
  if (given === undefined) return vault;
  return {
    ...vault,
    async read() {
      const kept = asRecord(await vault.read());
      switch (network) {
        case 'bluesky':
          return { ...kept, credentials: { identifier: handle, ...given } };
        case 'x':
          return { kind: 'oauth1', ...given };
        case 'threads':
          return given;
        case 'youtube':
          // A token of another sign-in is none of this one's.
          return kept.refreshToken === given.refreshToken ? { ...kept, ...given } : given;
      }
    },
  };
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
