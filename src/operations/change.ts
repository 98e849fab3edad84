import { z } from 'zod';
import { networks } from '../campaign/network.js';
import { states, type State } from '../campaign/announcement.js';
import type { Context } from '../context.js';
import { unreachable } from '../errors.js';
import { toIso } from '../program/time.js';
import type { Announcement, AnnouncementFilter, Settlement } from '../publish/ports.js';
import { tell } from '../publish/tell.js';

/** What a person can do with announcements. */
export const verbs = ['hold', 'release', 'skip', 'retry', 'remove'] as const;

/** One of the verbs. */
export type Verb = (typeof verbs)[number];

/** Which announcements a person means, as it comes from the command line or a page. */
export const announcementFilter = z.strictObject({
  ids: z.array(z.string()).optional(),
  states: z.array(z.enum(states)).optional(),
  networks: z.array(z.enum(networks)).optional(),
  leadTimes: z.array(z.string()).optional(),
  sessions: z.array(z.string()).optional(),
  dueBefore: z.number().optional(),
  dueAfter: z.number().optional(),
  needsPerson: z.boolean().optional(),
  limit: z.number().int().positive().optional(),
});

/** What `change` takes. */
export const changeInput = z.strictObject({
  verb: z.enum(verbs),
  filter: announcementFilter,
  /** A person's own words, kept in the story. */
  reason: z.string().max(500).optional(),
});

/** What became of the announcements that were meant. */
export interface Changed {
  readonly changed: readonly { readonly id: string; readonly from: State; readonly to: State }[];
  readonly refused: readonly { readonly id: string; readonly why: string }[];
  /** Ids that were given and do not exist. */
  readonly unknown: readonly string[];
}

/** From which states each verb leads. */
export const startsFrom: Readonly<Record<Verb, readonly State[]>> = {
  hold: ['planned'],
  release: ['held'],
  skip: ['planned', 'held'],
  retry: ['rejected', 'cancelled', 'expired'],
  remove: ['published'],
};

const removeMs = 20_000;

/**
 * Holds, releases, skips, retries or removes announcements, one by one: each by compare-and-set, so that one which a worker takes in the
 * same moment is refused here, not done twice. With a filter and no ids, those that are in no state to be changed are left out.
 */
export async function change(
  context: Context,
  { verb, filter, reason }: z.infer<typeof changeInput>,
): Promise<Changed> {
  const { ledger, clock, queue } = context;
  const states = filter.ids ? filter.states : (filter.states ?? startsFrom[verb]);
  const meant = await ledger.list({ ...filter, ...(states && { states }) } as AnnouncementFilter);
  const changed: { id: string; from: State; to: State }[] = [];
  const refused: { id: string; why: string }[] = [];
  for (const announcement of meant) {
    const answer = await changeOne(context, verb, announcement, reason);
    if (typeof answer === 'string') refused.push({ id: announcement.id, why: answer });
    else changed.push({ id: announcement.id, from: announcement.state, to: answer.to });
  }
  const back = new Set(changed.filter(({ to }) => to === 'planned').map(({ id }) => id));
  const due = meant
    .filter(({ id }) => back.has(id))
    .map(({ id, network, dueAt }) => ({ id, network, at: Math.max(dueAt, clock.now()) }));
  // What the queue does not take now, the sweep brings.
  if (due.length > 0) await queue.reschedule(due).catch(() => undefined);
  const found = new Set(meant.map(({ id }) => id));
  return { changed, refused, unknown: (filter.ids ?? []).filter((id) => !found.has(id)) };
}

async function changeOne(
  context: Context,
  verb: Verb,
  announcement: Announcement,
  words: string | undefined,
): Promise<{ readonly to: State } | string> {
  const { ledger, clock } = context;
  const { state } = announcement;
  if (!startsFrom[verb].includes(state)) {
    return `it is ${state}; ${verb} works on what is ${startsFrom[verb].join(' or ')}`;
  }
  const now = clock.now();
  if ((verb === 'release' || verb === 'retry') && now > announcement.expiresAt) {
    return `its deadline passed at ${toIso(announcement.expiresAt)}; nothing is ever posted late`;
  }
  if (verb === 'remove' && !(await takeDown(context, announcement))) {
    return 'the network did not take it down; try again, or delete it there by hand';
  }
  const settlement = settlementOf(verb, words);
  const moved = await ledger.move(
    announcement,
    { ...settlement, needsPerson: false, actor: 'person', released: verb === 'release' },
    now,
  );
  if (!moved) return 'it changed in this very moment; look at it again with `callboard show`';
  tell(context, announcement, settlement, await contentOf(context, announcement));
  return { to: settlement.to };
}

/** What was sent, or would be: for the title in the live line. */
async function contentOf(context: Context, announcement: Announcement) {
  if (announcement.frozen) return announcement.frozen.content;
  const inForce = await context.inForce();
  const composed = inForce?.composer.compose(announcement, inForce.lookup, inForce.version);
  return composed?.ok === true ? composed.content : undefined;
}

async function takeDown(context: Context, { account, post }: Announcement): Promise<boolean> {
  const publisher = context.publisher(account);
  if (!publisher || !post) return false;
  return publisher.remove(post, AbortSignal.timeout(removeMs)).catch(() => false);
}

function settlementOf(verb: Verb, words: string | undefined): Settlement {
  const said = words === undefined ? '' : `: ${words}`;
  switch (verb) {
    case 'hold':
      return { to: 'held', reason: `person${said}` };
    case 'release':
      return { to: 'planned', reason: `released by a person${said}` };
    case 'skip':
      return { to: 'cancelled', reason: `skipped by a person${said}` };
    case 'retry':
      return { to: 'planned', reason: `retried by a person${said}` };
    case 'remove':
      return { to: 'removed', reason: `removed by a person${said}` };
    default:
      return unreachable(verb);
  }
}
