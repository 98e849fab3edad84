import type { Context } from '../../context.js';
import type { Notice } from '../../publish/notice.js';
import { openMailer } from './mail.js';
import { postToWebhook } from './webhook.js';

/** After so many attempts telling a notice is given up; it stands in the status all the same. */
const mostAttempts = 20;
const atOnce = 20;

/**
 * Sends notices to the organizer by the ways that the config names: a webhook, mail, or both. Each is told once; a way that fails is tried again.
 * Without a way they only stand in the status.
 */
export function noticeTeller({
  config,
  edition,
  noticeBoard,
  clock,
  events,
}: Pick<Context, 'config' | 'edition' | 'noticeBoard' | 'clock' | 'events'>): () => Promise<void> {
  const { webhook, email, smtpUrl } = config.organizer;
  const ways: ((notice: Notice) => Promise<void>)[] = [];
  if (webhook !== undefined) ways.push((notice) => postToWebhook(webhook, notice, edition.id));
  if (email !== undefined && smtpUrl !== undefined) {
    const mailer = openMailer(smtpUrl, email);
    ways.push((notice) => mailer.send(notice, config.conference.name ?? edition.title));
  }
  const sent = new Set<string>();

  return async () => {
    for (const { attempts, ...notice } of await noticeBoard.untold(atOnce)) {
      if (attempts === 0) {
        events.emit({ kind: 'notice', notice: notice.kind, subject: notice.subject });
      }
      const results = await Promise.allSettled(
        ways.map(async (way, at) => {
          const name = `${String(at)} ${notice.id}`;
          if (sent.has(name)) return;
          await way(notice);
          sent.add(name);
        }),
      );
      const failed = results.some(({ status }) => status === 'rejected');
      if (failed && attempts + 1 < mostAttempts) await noticeBoard.failed(notice.id);
      else await noticeBoard.told(notice.id, clock.now());
    }
  };
}
