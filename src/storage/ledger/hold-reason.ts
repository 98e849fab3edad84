import type { HoldReason } from '../../campaign/announcement.js';

const holdReason = /^(approval|room|vanished|account|parked|template|person)(?![\w-])/;

/**
 * The hold reason that a reason in words begins with; the given one where it begins with none.
 *
 * @example holdReasonOf('account: the token was revoked', 'person') // 'account'
 * @example holdReasonOf('wait for the chair', 'person') // 'person'
 */
export function holdReasonOf(reason: string | undefined, otherwise: HoldReason): HoldReason {
  const named = holdReason.exec(reason ?? '')?.[1];
  return named === undefined ? otherwise : (named as HoldReason);
}
