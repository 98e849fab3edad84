import { z } from 'zod';
import { networks } from '../campaign/network.js';
import { states, type State } from '../campaign/announcement.js';
import { chainName } from '../campaign/standing.js';
import type { Context } from '../context.js';
import { unreachable } from '../errors.js';
import type { EpochMs } from '../program/time.js';
import { answerInTime } from '../publish/answer.js';
import type { Announcement, AnnouncementFilter, Ledger, Settlement } from '../publish/ports.js';
import { tell } from '../publish/tell.js';
import { idsNamed } from './announcement-named.js';
import { bothClocks } from './both-clocks.js';
import { replanAfter } from './replan-edition.js';
import { venueZone } from './venue-zone.js';
import { startsFrom, verbs, type Verb } from './verbs.js';

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

const removeMs = 20_000;

/**
 * Holds, releases, skips, retries or removes announcements, one by one: each by compare-and-set, so that one which a worker takes in the
 * same moment is refused here, not done twice. With a filter and no ids, those that are in no state to be changed are left out. Ids may be shortened.
 *
 * @throws CallboardError `announcement-unknown` for a beginning that several announcements have
 */
export async function change(
  context: Context,
  { verb, filter: given, reason }: z.infer<typeof changeInput>,
): Promise<Changed> {
  const { ledger, clock, queue } = context;
  const filter = given.ids ? { ...given, ids: await idsNamed(context, given.ids) } : given;
  const states = filter.ids ? filter.states : (filter.states ?? startsFrom[verb]);
  const meant = await ledger.list({ ...filter, ...(states && { states }) } as AnnouncementFilter);
  const answers = await changeAll(context, verb, meant, reason);
  const changed: { id: string; from: State; to: State }[] = [];
  const refused: { id: string; why: string }[] = [];
  for (const { announcement, answer } of answers) {
    const { id, state } = announcement;
    if (typeof answer === 'string') {
      refused.push({ id, why: answer });
    } else {
      changed.push({ id, from: state, to: answer.to });
      tell(context, announcement, answer, await contentOf(context, announcement));
    }
  }
  const back = changed.filter(({ to }) => to === 'planned').map(({ id }) => id);
  if (back.length > 0) {
    const due = (await ledger.list({ ids: back, states: ['planned'] })).map(
      ({ id, network, dueAt }) => ({ id, network, at: Math.max(dueAt, clock.now()) }),
    );
    // What the queue does not take now, the sweep brings.
    await queue.reschedule(due).catch(() => undefined);
  }
  const found = new Set(meant.map(({ id }) => id));
  return { changed, refused, unknown: (filter.ids ?? []).filter((id) => !found.has(id)) };
}

/** What became of one announcement that was meant: what was written of it, or why not. */
interface Answered {
  readonly announcement: Announcement;
  readonly answer: Settlement | string;
}

async function changeAll(
  context: Context,
  verb: Verb,
  meant: readonly Announcement[],
  words: string | undefined,
): Promise<readonly Answered[]> {
  // Asked for now: what is done below may be inside a transaction.
  const zone = await venueZone(context);
  const each = async (ledger: Ledger, deadlineOf: DeadlineOf) => {
    const answers: Answered[] = [];
    for (const announcement of meant) {
      const answer = await changeOne(context, ledger, {
        verb,
        announcement,
        words,
        deadlineOf,
        zone,
      });
      answers.push({ announcement, answer });
    }
    return answers;
  };
  const standing: DeadlineOf = ({ expiresAt }) => expiresAt;
  if (verb !== 'retry') return each(context.ledger, standing);

  // What was over did not follow the program: before anybody can claim it, its moment is that of the plan again.
  const replanned = await replanAfter(context, (ledger, wanted) => {
    const deadlines = new Map(wanted.map((one) => [chainName(one), one.expiresAt]));
    return each(ledger, (one) => deadlines.get(chainName(one)) ?? one.expiresAt);
  });
  if (!replanned) return each(context.ledger, standing);
  const after = await context.ledger.list({ ids: meant.map(({ id }) => id) });
  const undone = new Map(
    after.filter(({ state }) => state === 'cancelled').map(({ id, reason = '' }) => [id, reason]),
  );
  return replanned.done.map(({ announcement, answer }) => {
    const why = undone.get(announcement.id);
    return typeof answer === 'string' || why === undefined
      ? { announcement, answer }
      : { announcement, answer: `the plan does not want it: ${why}` };
  });
}

/** Until when an announcement may be sent. */
type DeadlineOf = (announcement: Announcement) => EpochMs;

async function changeOne(
  { clock, publisher }: Context,
  ledger: Ledger,
  {
    verb,
    announcement,
    words,
    deadlineOf,
    zone,
  }: {
    readonly verb: Verb;
    readonly announcement: Announcement;
    readonly words: string | undefined;
    readonly deadlineOf: DeadlineOf;
    readonly zone: string;
  },
): Promise<Settlement | string> {
  const { state } = announcement;
  if (!startsFrom[verb].includes(state)) {
    return `it is ${state}; ${verb} works on what is ${startsFrom[verb].join(' or ')}`;
  }
  const now = clock.now();
  const deadline = deadlineOf(announcement);
  if ((verb === 'release' || verb === 'retry') && now > deadline) {
    return `its deadline passed on ${bothClocks(deadline, zone)}; nothing is ever posted late`;
  }
  if (verb === 'remove' && publisher(announcement.account)?.byHand) {
    return 'a person put it up, and only a person can take it down: delete it there';
  }
  if (verb === 'remove' && !(await takeDown(publisher, announcement))) {
    return 'the network did not take it down; try again, or delete it there by hand';
  }
  const settlement = settlementOf(verb, words);
  const moved = await ledger.move(
    announcement,
    { ...settlement, needsPerson: false, actor: 'person', released: verb === 'release' },
    now,
  );
  return moved
    ? settlement
    : 'it changed in this very moment; look at it again with `callboard show`';
}

/** What was sent, or would be: for the title in the live line. */
async function contentOf(context: Context, announcement: Announcement) {
  if (announcement.frozen) return announcement.frozen.content;
  const inForce = await context.inForce();
  const composed = inForce?.composer.compose(announcement, inForce.lookup, inForce.version);
  return composed?.ok === true ? composed.content : undefined;
}

async function takeDown(
  publisherOf: Context['publisher'],
  { account, post }: Announcement,
): Promise<boolean> {
  const publisher = publisherOf(account);
  if (!publisher || !post) return false;
  return answerInTime(
    (signal) => publisher.remove(post, signal),
    removeMs,
    () => false,
  );
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
