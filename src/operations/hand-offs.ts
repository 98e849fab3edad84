import { z } from 'zod';
import { networkNames, type Network } from '../campaign/network.js';
import type { Context } from '../context.js';
import { CallboardError } from '../errors.js';
import { toIso } from '../program/time.js';
import { overdueNotice, type Notices } from '../publish/notice.js';
import type { Announcement, PublishContext } from '../publish/ports.js';
import { tell } from '../publish/tell.js';
import { announcementNamed } from './announcement-named.js';
import { newestPosts } from '../storage/standing-posts.js';

/** An announcement that a person puts up; times are ISO 8601 with Z. */
export interface HandOff {
  readonly id: string;
  readonly account: string;
  readonly network: Network;
  readonly title: string;
  readonly text: string;
  /** Of the card, on our own pages. */
  readonly picture?: { readonly digest: string; readonly alt: string };
  readonly link: string;
  readonly dueAt: string;
  readonly until: string;
  readonly overdue: boolean;
  /** Where to put it up. */
  readonly address?: string;
  readonly instruction?: string;
}

/** The hand-offs that wait, soonest first. */
export async function handOffs({
  ledger,
  publisher,
  clock,
}: Pick<Context, 'ledger' | 'publisher' | 'clock'>): Promise<{
  readonly handOffs: readonly HandOff[];
}> {
  const waiting = await ledger.list({ states: ['handed-off'] });
  const now = clock.now();
  return {
    handOffs: waiting.flatMap(({ id, account, network, frozen, dueAt, expiresAt }) => {
      if (!frozen) return [];
      const { text, link, picture } = frozen.content;
      const byHand = publisher(account)?.byHand;
      return [
        {
          id,
          account,
          network,
          title: link.title,
          text,
          ...(picture && { picture: { digest: picture.digest, alt: picture.alt } }),
          link: link.url,
          dueAt: toIso(dueAt),
          until: toIso(expiresAt),
          overdue: now > expiresAt,
          ...byHand,
        },
      ];
    }),
  };
}

/** A post that a person put up. */
export interface PutUp {
  /** Of its announcement. */
  readonly id: string;
  readonly network: Network;
  readonly title: string;
  readonly permalink: string;
  /** When its address was given back, ISO 8601 with Z. */
  readonly at: string;
}

const mostPutUp = 20;

/** The posts that persons put up, newest first; those of the last announcements only. */
export async function putUp({
  config,
  database,
  edition,
  ledger,
  publisher,
}: Pick<Context, 'config' | 'database' | 'edition' | 'ledger' | 'publisher'>): Promise<
  readonly PutUp[]
> {
  const byHand = config.accounts.flatMap(({ account }) =>
    publisher(account.id)?.byHand === undefined ? [] : [account.id],
  );
  if (byHand.length === 0) return [];
  const posts = await newestPosts(database, edition.id, { accounts: byHand }, mostPutUp);
  const announcements = await ledger.list({ ids: posts.map((post) => post.announcement) });
  const titles = new Map(announcements.map(({ id, frozen }) => [id, frozen?.content.link.title]));
  return posts.map(({ announcement, network, permalink, acceptedAt }) => ({
    id: announcement,
    network,
    title: titles.get(announcement) ?? announcement,
    permalink,
    at: toIso(acceptedAt),
  }));
}

/** What `handOffDone` takes. */
export const handOffDoneInput = z.strictObject({
  id: z.string(),
  address: z.string().max(2_000),
});

/** Of an address that is not taken: enough to recognize it by. */
const longestTold = 120;

/**
 * Ends a hand-off: a person gives the post's address back, which becomes its post.
 *
 * @throws CallboardError `announcement-unknown`, `hand-off-unknown`, `post-address-unknown`, `post-taken`
 */
export async function handOffDone(
  context: Context,
  { id: given, address }: z.infer<typeof handOffDoneInput>,
): Promise<{ readonly id: string; readonly permalink: string }> {
  const announcement = await announcementNamed(context, given);
  const { id } = announcement;
  if (announcement.state !== 'handed-off') {
    throw new CallboardError(
      'hand-off-unknown',
      {
        place: id,
        problem: `it is ${announcement.state}, not handed off`,
        remedy: 'See callboard handoffs for those that wait',
      },
      'usage',
    );
  }
  return { id, permalink: await recordPost(context, announcement, address, 'put up by a person') };
}

/**
 * Records the post that an address names as that of an announcement.
 *
 * @returns its permalink
 * @throws CallboardError `post-address-unknown`, `post-taken`
 */
export async function recordPost(
  context: Context,
  announcement: Announcement,
  address: string,
  reason: string,
): Promise<string> {
  const { id, account, network } = announcement;
  const recognized = context.publisher(account)?.recognize(address.trim());
  if (!recognized) {
    throw new CallboardError(
      'post-address-unknown',
      {
        place: address.trim().slice(0, longestTold) || 'address',
        problem: `this is no address of a post on ${networkNames[network]}`,
        remedy: 'Copy the address of the post itself, from its share menu',
      },
      'usage',
    );
  }
  const now = context.clock.now();
  const settlement = {
    to: 'published',
    reason,
    post: { ...recognized, acceptedAt: now },
    actor: 'person',
  } as const;
  const moved = await context.ledger
    .move(announcement, settlement, now)
    .catch((thrown: unknown) => {
      if (!isTaken(thrown)) throw thrown;
      throw new CallboardError(
        'post-taken',
        {
          place: id,
          problem: 'that post belongs to another announcement',
          remedy: 'Copy the address of the post about this session',
        },
        'usage',
      );
    });
  if (!moved) {
    throw new CallboardError('changed-meanwhile', {
      place: id,
      problem: 'it changed in this very moment',
      remedy: `Look at it again with callboard show ${id}`,
    });
  }
  tell(context, announcement, settlement, announcement.frozen?.content);
  return recognized.permalink;
}

function isTaken(thrown: unknown): boolean {
  const { code, cause } = thrown as { code?: string; cause?: { code?: string } };
  return code === '23505' || cause?.code === '23505';
}

/** A hand-off that nobody took care of for so long after its deadline is given up. */
const givenUpMs = 24 * 60 * 60_000;

/** Reminds of hand-offs that are overdue, once each, and gives up those that are overdue for a day. */
export async function watchHandOffs({
  ledger,
  noticeBoard,
  clock,
}: Pick<PublishContext, 'ledger' | 'clock'> & { readonly noticeBoard: Notices }): Promise<void> {
  const now = clock.now();
  for (const announcement of await ledger.list({ states: ['handed-off'] })) {
    if (now <= announcement.expiresAt) continue;
    if (now > announcement.expiresAt + givenUpMs) {
      const reason = 'nobody put it up within a day of its deadline';
      await ledger.move(announcement, { to: 'expired', reason, actor: 'sweep' }, now);
    } else {
      await noticeBoard.keep(overdueNotice(announcement, now));
    }
  }
}
