import type { Content } from '../compose/content.js';
import type { Announcement, PublishContext, Settlement } from './ports.js';

/** Tells the listeners what became of an announcement. */
export function tell(
  context: Pick<PublishContext, 'events' | 'clock'>,
  announcement: Announcement,
  { to, reason, post }: Settlement,
  content: Content | undefined,
): void {
  context.events.emit({
    kind: 'announcement',
    id: announcement.id,
    network: announcement.network,
    leadTime: announcement.leadTime,
    to,
    at: post?.acceptedAt ?? context.clock.now(),
    dueAt: announcement.dueAt,
    title: content?.link.title ?? announcement.sessions.join(', '),
    ...(content && { text: content.text }),
    ...(post && { permalink: post.permalink }),
    ...(reason !== undefined && { reason }),
  });
}
