import type { AccountId } from '../campaign/network.js';
import type { PublishContext } from '../publish/ports.js';
import type { Prepared } from '../publish/publisher.js';

/** What was learned of an account while making ready holds for publishing, too: it rests until its network has room, or is parked before the due moment. */
export async function heardAhead(
  { gate, clock }: Pick<PublishContext, 'gate' | 'clock'>,
  account: AccountId,
  prepared: Prepared,
): Promise<void> {
  const now = clock.now();
  if (prepared.kind === 'unauthorized') {
    await gate?.heard(account, prepared, now);
  } else if (prepared.kind === 'later' && prepared.notBefore !== undefined) {
    const { reason, notBefore } = prepared;
    await gate?.heard(account, { kind: 'retry-later', reason, notBefore }, now);
  }
}
