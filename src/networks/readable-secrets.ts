import { CallboardError, reasonOf } from '../errors.js';
import type { AccountVault, Publisher } from '../publish/publisher.js';

/** What the vault says when only a person can help: the key is another, or lost. */
const forPerson: readonly string[] = ['secrets-unreadable', 'key-file-broken'];

/**
 * A publisher that reads the account's secrets before it does anything: where they cannot be read nothing was sent, so nothing is in doubt. With the wrong key
 * the account waits for a person; while the database does not answer, the announcement waits.
 */
export function withReadableSecrets<Kind extends Publisher>(
  publisher: Kind,
  vault: Pick<AccountVault, 'read'>,
): Kind {
  // A person needs no secrets of ours.
  if (publisher.byHand) return publisher;
  const trouble = () =>
    vault.read().then(
      () => undefined,
      (thrown: unknown) => ({
        isForPerson: thrown instanceof CallboardError && forPerson.includes(thrown.code),
        reason: reasonOf(thrown),
      }),
    );
  return {
    ...publisher,
    async verify(signal) {
      const found = await trouble();
      if (!found) return publisher.verify(signal);
      return { kind: found.isForPerson ? 'unauthorized' : 'unknown', reason: found.reason };
    },
    async prepare(preparation) {
      const found = await trouble();
      if (!found) return publisher.prepare(preparation);
      return { kind: found.isForPerson ? 'unauthorized' : 'later', reason: found.reason };
    },
    async publish(dispatch) {
      const found = await trouble();
      if (!found) return publisher.publish(dispatch);
      return { kind: found.isForPerson ? 'unauthorized' : 'retry-later', reason: found.reason };
    },
  };
}
