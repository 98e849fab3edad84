import { z } from 'zod';
import type { Context } from '../context.js';
import { toIso } from '../program/time.js';
import { venueZone } from './venue-zone.js';
import type { Announcement } from '../publish/ports.js';
import { announcementNamed } from './announcement-named.js';

/** What `show` takes. */
export const showInput = z.strictObject({ id: z.string() });

/** The whole story of one announcement; times are ISO 8601 with Z. */
export interface Shown {
  readonly id: string;
  /** Of the venue. */
  readonly zone: string;
  readonly network: string;
  readonly account: string;
  readonly leadTime: string;
  readonly round: number;
  readonly state: string;
  readonly reason?: string;
  readonly needsPerson: boolean;
  readonly dueAt: string;
  readonly expiresAt: string;
  readonly retryAt?: string;
  readonly attempts: number;
  readonly sessions: readonly {
    readonly key: string;
    readonly title?: string;
    readonly startsAt?: string;
    readonly page: string;
  }[];
  /** What was sent; before the claim, what would be sent now. */
  readonly text?: {
    readonly frozen: boolean;
    readonly text: string;
    readonly used: number;
    readonly limit: number;
    readonly unit: string;
  };
  /** Why there is no text yet. */
  readonly problem?: string;
  readonly post?: {
    readonly permalink: string;
    readonly acceptedAt: string;
    readonly latenessMs: number;
    readonly removedAt?: string;
  };
  readonly story: readonly {
    readonly at: string;
    readonly from?: string;
    readonly to: string;
    readonly actor: string;
    readonly attempt?: number;
    readonly reason?: string;
  }[];
}

/**
 * The story of one announcement, whose id may be shortened to a beginning that only it has.
 *
 * @throws CallboardError `announcement-unknown`
 */
export async function show(context: Context, { id }: z.infer<typeof showInput>): Promise<Shown> {
  const announcement = await announcementNamed(context, id);
  const inForce = await context.inForce();
  const story = await context.ledger.story(announcement.id);
  const { dueAt, expiresAt, retryAt, reason, post } = announcement;
  return {
    id: announcement.id,
    zone: await venueZone(context),
    network: announcement.network,
    account: announcement.account,
    leadTime: announcement.leadTime,
    round: announcement.round,
    state: announcement.state,
    ...(reason !== undefined && { reason }),
    needsPerson: announcement.needsPerson,
    dueAt: toIso(dueAt),
    expiresAt: toIso(expiresAt),
    ...(retryAt !== undefined && { retryAt: toIso(retryAt) }),
    attempts: announcement.attempts,
    sessions: announcement.sessions.map((key) => {
      const session = inForce?.lookup.session(key);
      return {
        key,
        ...(session && { title: session.title, startsAt: toIso(session.startsAt) }),
        page: `${context.config.site}/sessions/${key}`,
      };
    }),
    ...(await wordsOf(context, announcement, inForce?.version)),
    ...(post && {
      post: {
        permalink: post.permalink,
        acceptedAt: toIso(post.acceptedAt),
        latenessMs: post.acceptedAt - dueAt,
        ...(post.removedAt !== undefined && { removedAt: toIso(post.removedAt) }),
      },
    }),
    story: story.map(({ at, ...entry }) => ({ at: toIso(at), ...entry })),
  };
}

async function wordsOf(context: Context, announcement: Announcement, version: number | undefined) {
  const { frozen } = announcement;
  if (frozen) return { text: textOf(frozen.content, true) };
  if (version === undefined) return {};
  const composed = await context.compose(announcement, version);
  return composed.ok
    ? { text: textOf(composed.content, false) }
    : { problem: `${composed.problem.place}: ${composed.problem.problem}` };
}

function textOf(
  { text, length }: { text: string; length: { used: number; limit: number; unit: string } },
  frozen: boolean,
) {
  return { frozen, text, ...length };
}
