import type { AccountId } from '../campaign/network.js';
import type { EpochMs } from '../program/time.js';
import type { Content } from '../compose/content.js';

/** What a person is told about. */
export type NoticeKind =
  'account-parked' | 'hand-off' | 'hand-off-overdue' | 'in-doubt' | 'rejected' | 'spent';

/** Something that a person should know of, told once. */
export interface Notice {
  /** The same thing has the same id, and is told once. */
  readonly id: string;
  readonly kind: NoticeKind;
  readonly at: EpochMs;
  /** One line. */
  readonly subject: string;
  /** Plain text: what it is and what to do. */
  readonly text: string;
  readonly account: AccountId;
  readonly announcement?: string;
}

/** Where notices go: kept at once, told when there is a way. */
export interface Notices {
  keep(notice: Notice): Promise<void>;
}

/** What a notice says of an announcement. */
interface Named {
  readonly id: string;
  readonly edition: string;
  readonly account: AccountId;
  readonly sessions: readonly string[];
  readonly attempts: number;
  readonly frozen?: { readonly content: Content };
}

const titleOf = ({ frozen, sessions }: Named) => frozen?.content.link.title ?? sessions.join(', ');

/** An account that a person has to connect, for the first time or again. */
export function parkedNotice(account: AccountId, reason: string, at: EpochMs): Notice {
  const [network = ''] = account.split(':');
  return {
    id: `parked ${account} ${String(at)}`,
    kind: 'account-parked',
    at,
    subject: `${account} has to be connected`,
    text: `${account}: ${reason}. Its announcements are held until you run \`callboard connect ${network}\`; those that are still timely then go out.`,
    account,
  };
}

/** An announcement that a person is to put up by hand. */
export function handOffNotice(
  announcement: Named,
  byHand: { readonly address: string; readonly instruction: string },
  expiresAt: EpochMs,
  at: EpochMs,
): Notice {
  const text = announcement.frozen?.content.text ?? '';
  const until = new Date(expiresAt).toISOString().replace(/\.\d+Z$/, 'Z');
  return {
    id: `hand-off ${announcement.id}`,
    kind: 'hand-off',
    at,
    subject: `To put up by hand: ${titleOf(announcement)}`,
    text: `${byHand.instruction} ${byHand.address}\n\n${text}\n\nUntil ${until}. Then give its address back: callboard handoffs done ${announcement.id} <address>`,
    account: announcement.account,
    announcement: announcement.id,
  };
}

/** A hand-off that nobody took care of. */
export function overdueNotice(announcement: Named, at: EpochMs): Notice {
  return {
    id: `overdue ${announcement.id}`,
    kind: 'hand-off-overdue',
    at,
    subject: `Still to put up by hand: ${titleOf(announcement)}`,
    text: `Nobody gave back the address of this post yet. See \`callboard handoffs\`; when it is up: callboard handoffs done ${announcement.id} <address>, else: callboard skip ${announcement.id}`,
    account: announcement.account,
    announcement: announcement.id,
  };
}

/** An announcement of which nobody can tell whether it stands; once for each attempt that ends so. */
export function doubtNotice(announcement: Named, reason: string, at: EpochMs): Notice {
  return {
    id: `doubt ${announcement.id} ${String(announcement.attempts)}`,
    kind: 'in-doubt',
    at,
    subject: `Does it stand? ${titleOf(announcement)}`,
    text: `The answer of ${announcement.account} was lost, and looking did not settle it (${reason}). Look yourself. It stands: callboard resolve ${announcement.id} --posted <address>. It does not: callboard resolve ${announcement.id} --absent`,
    account: announcement.account,
    announcement: announcement.id,
  };
}

/** An announcement that the network refused for good. */
export function rejectedNotice(announcement: Named, reason: string, at: EpochMs): Notice {
  return {
    id: `rejected ${announcement.id} ${String(at)}`,
    kind: 'rejected',
    at,
    subject: `Refused: ${titleOf(announcement)}`,
    text: `${announcement.account} refused it: ${reason}. When the cause is gone: callboard retry ${announcement.id}`,
    account: announcement.account,
    announcement: announcement.id,
  };
}

/** An account whose money is spent; once in an edition for each cap that is reached. */
export function spentNotice(announcement: Named, capMicroUsd: number, at: EpochMs): Notice {
  return {
    id: `spent ${announcement.account} ${announcement.edition} ${String(capMicroUsd)}`,
    kind: 'spent',
    at,
    subject: `${announcement.account} has spent what it may`,
    text: `The cap of money of ${announcement.account} is reached: its announcements are held. Raise caps.usd in the config, start again and release them: callboard release`,
    account: announcement.account,
    announcement: announcement.id,
  };
}
