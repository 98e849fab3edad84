import type { Context } from '../../context.js';
import type { Notice } from '../../publish/notice.js';
import type { TakenNotice } from '../../storage/notices.js';
import { openMailer } from './mail.js';
import { postToWebhook } from './webhook.js';

/** So many are told at one pass; the next takes the rest. */
const atOnce = 20;
/** Longer than any way may take: nobody else sends what this process is sending. */
const takenMs = 60_000;
const firstAgainMs = 5_000;
const longestAgainMs = 15 * 60_000;
/** A little more than a day after the first; then it is given up. */
const mostAttempts = 104;

/** A way to the organizer. Its name stands beside what was sent by it. */
interface Way {
  readonly name: string;
  readonly send: (notice: Notice) => Promise<void>;
}

/**
 * Sends notices to the organizer by the ways that the config names: a webhook, mail, or both. Each is told once, whichever process tells it; a way that fails is
 * tried again for a day. Without a way they are only in the log.
 */
export function noticeTeller(
  context: Pick<Context, 'config' | 'edition' | 'noticeBoard' | 'clock' | 'events'>,
): () => Promise<void> {
  const { noticeBoard, clock } = context;
  const ways = waysOf(context);
  return async () => {
    for (let told = 0; told < atOnce; told += 1) {
      const now = clock.now();
      const taken = await noticeBoard.take(now, now + takenMs);
      if (!taken) return;
      await tellOne(context, ways, taken);
    }
  };
}

function waysOf({ config, edition }: Pick<Context, 'config' | 'edition'>): readonly Way[] {
  const { webhook, email, smtpUrl } = config.organizer;
  const ways: Way[] = [];
  if (webhook !== undefined) {
    ways.push({ name: 'webhook', send: (notice) => postToWebhook(webhook, notice, edition.id) });
  }
  if (email !== undefined && smtpUrl !== undefined) {
    const mailer = openMailer(smtpUrl, email);
    const conference = config.conference.name ?? edition.title;
    ways.push({ name: 'mail', send: (notice) => mailer.send(notice, conference) });
  }
  return ways;
}

async function tellOne(
  { noticeBoard, clock, events }: Pick<Context, 'noticeBoard' | 'clock' | 'events'>,
  ways: readonly Way[],
  { notice, attempt, sentBy }: TakenNotice,
): Promise<void> {
  const { id, kind, subject } = notice;
  if (attempt === 1) events.emit({ kind: 'notice', notice: kind, subject });
  const left = ways.filter(({ name }) => !sentBy.includes(name));
  const results = await Promise.allSettled(left.map(({ send }) => send(notice)));
  const failed = left.filter((_way, at) => results[at]?.status === 'rejected');
  if (failed.length > 0 && attempt < mostAttempts) {
    const sent = ways.filter((way) => !failed.includes(way)).map(({ name }) => name);
    await noticeBoard.failed(id, { at: clock.now() + againMs(attempt), sentBy: sent });
    return;
  }
  await noticeBoard.told(id, clock.now());
  if (failed.length === 0) return;
  const by = failed.map(({ name }) => name).join(' and ');
  events.emit({
    kind: 'notice',
    notice: kind,
    subject: `Nobody was told by ${by}, which failed for a day: ${subject}`,
  });
}

/** How long after a failed attempt the next one is: 5 s, 10 s, 20 s … at most a quarter of an hour. */
function againMs(attempt: number): number {
  return Math.min(longestAgainMs, firstAgainMs * 2 ** Math.min(20, attempt - 1));
}
