import type { HoldReason, State } from '../../campaign/announcement.js';
import type { Network } from '../../campaign/network.js';
import type { Content } from '../../compose/content.js';
import type { Announcement } from '../../publish/ports.js';
import type { Frozen } from '../../publish/publisher.js';

/** A row of `announcements` with its post, as the driver gives it: bigint is text. */
export interface AnnouncementRow {
  readonly id: string;
  readonly edition: string;
  readonly sessions: readonly string[];
  readonly account: string;
  readonly network: Network;
  readonly lead_time: string;
  readonly round: number;
  readonly template: string;
  readonly due_at: string;
  readonly expires_at: string;
  readonly state: State;
  readonly reason: string | null;
  readonly hold_reason: HoldReason | null;
  readonly state_since: string;
  readonly revision: number;
  readonly attempts: number;
  readonly retry_at: string | null;
  readonly needs_person: boolean;
  readonly resend: boolean;
  readonly frozen_key: string | null;
  readonly frozen_content: Content | null;
  readonly frozen_at: string | null;
  readonly post_uri: string | null;
  readonly post_permalink: string | null;
  readonly post_accepted_at: string | null;
  readonly post_removed_at: string | null;
}

/** What a statement selects for `announcementOf`, from `announcements a LEFT JOIN posts p`. */
export const announcementColumns = `a.id, a.edition, a.sessions, a.account, a.network, a.lead_time, a.round, a.template,
  a.due_at, a.expires_at, a.state, a.reason, a.hold_reason, a.state_since, a.revision, a.attempts, a.retry_at, a.needs_person,
  a.resend, a.frozen_key, a.frozen_content, a.frozen_at,
  p.uri AS post_uri, p.permalink AS post_permalink, p.accepted_at AS post_accepted_at, p.removed_at AS post_removed_at`;

/** An announcement from its row. */
export function announcementOf(row: AnnouncementRow): Announcement {
  const frozen = frozenOf(row);
  return {
    id: row.id,
    edition: row.edition,
    sessions: row.sessions,
    account: row.account,
    network: row.network,
    leadTime: row.lead_time,
    round: row.round,
    template: row.template,
    dueAt: Number(row.due_at),
    expiresAt: Number(row.expires_at),
    ...(row.hold_reason === null ? {} : { held: row.hold_reason }),
    state: row.state,
    ...(row.reason === null ? {} : { reason: row.reason }),
    stateSince: Number(row.state_since),
    revision: row.revision,
    attempts: row.attempts,
    ...(row.retry_at === null ? {} : { retryAt: Number(row.retry_at) }),
    needsPerson: row.needs_person,
    ...(frozen === undefined ? {} : { frozen }),
    resend: row.resend,
    ...postOf(row),
  };
}

function frozenOf(row: AnnouncementRow): Frozen | undefined {
  if (row.frozen_key === null || row.frozen_content === null) return undefined;
  return { key: row.frozen_key, content: row.frozen_content, frozenAt: Number(row.frozen_at) };
}

function postOf(row: AnnouncementRow): Pick<Announcement, 'post'> {
  if (row.post_uri === null || row.post_permalink === null) return {};
  return {
    post: {
      uri: row.post_uri,
      permalink: row.post_permalink,
      acceptedAt: Number(row.post_accepted_at),
      ...(row.post_removed_at === null ? {} : { removedAt: Number(row.post_removed_at) }),
    },
  };
}
