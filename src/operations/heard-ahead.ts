import type { AccountId } from '../campaign/network.js';
import { parkedNotice } from '../publish/notice.js';
import type { PublishContext } from '../publish/ports.js';
import type { Prepared } from '../publish/publisher.js';

/** What was learned of an account while making ready holds for publishing, too: it rests until its network has room, or is parked before the due moment. */
export async function heardAhead(
  { gate, notices, clock }: Pick<PublishContext, 'gate' | 'notices' | 'clock'>,
  account: AccountId,
  prepared: Prepared,
): Promise<void> {
  const now = clock.now();
  if (prepared.kind === 'unauthorized') {
    const parked = await gate?.heard(account, prepared, now);
    if (parked === true) await notices?.keep(parkedNotice(account, prepared.reason, now));
  } else if (prepared.kind === 'later' && prepared.notBefore !== undefined) {
    const { reason, notBefore } = prepared;
    await gate?.heard(account, { kind: 'retry-later', reason, notBefore }, now);
  }
}
