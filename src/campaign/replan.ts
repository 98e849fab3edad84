import { unreachable } from '../errors.js';
import type { ProgramLookup } from '../program/lookup.js';
import type { EpochMs } from '../program/time.js';
import { announcementId } from './announcement-id.js';
import type { HoldReason, PlannedAnnouncement } from './announcement.js';
import { chainName, chains, type Chain, type StandingAnnouncement } from './standing.js';

/** One thing that the ledger must do so that it says what the plan wants. Several for one id are meant in their order. */
export type PlanChange =
  /** A new row: `planned`, or `held` when the announcement says so. */
  | { readonly kind: 'add'; readonly announcement: PlannedAnnouncement }
  /** The due moment, the deadline or the template changed; the state (`planned` or `held`) stays. */
  | {
      readonly kind: 'move';
      readonly id: string;
      readonly dueAt: EpochMs;
      readonly expiresAt: EpochMs;
      readonly template: string;
    }
  /** `expired`, or `cancelled` by the plan → `planned`, at a new due moment. */
  | {
      readonly kind: 'revive';
      readonly id: string;
      readonly dueAt: EpochMs;
      readonly expiresAt: EpochMs;
      readonly template: string;
    }
  | { readonly kind: 'cancel'; readonly id: string; readonly reason: string }
  /** `planned` → `held`; or another reason for one that the plan holds already. */
  | { readonly kind: 'hold'; readonly id: string; readonly reason: HoldReason }
  | { readonly kind: 'release'; readonly id: string };

/** Why the plan cancels; these stand in the ledger as the reason. */
const cancelReasons = {
  program: 'cancelled in the program',
  campaign: 'no longer in the campaign',
  movedBack: 'moved back to the start that was announced',
} as const;

/**
 * Compares what the campaign wants with what the ledger has, and answers what the ledger must do. Pure, and idempotent: once
 * the changes are applied, there are none left.
 *
 * - `publishing`, `uncertain`, `handed-off`, `published`, `removed` and `rejected` are never touched.
 * - `planned` and `held` move when due moment, deadline or template differ. A session that the source cancelled cancels them; one
 *   that is missing from the program holds them (`vanished`) until it is back; what the campaign no longer wants is cancelled.
 * - A person's hold and the hold of a parked account are not undone. What a person released is not held again for approval or room.
 * - `expired` comes back when its new due moment lies ahead. `cancelled` comes back when the plan had cancelled it, it is wanted again (the
 *   source restored the session, the organizer the lead time) and its deadline lies ahead: a person undid what the plan had
 *   followed. What a person cancelled stays cancelled, and what may ever have stood on a network never comes back.
 * - A session that moved after it was announced gets the next round, when the new due moment lies ahead. The next round is
 *   cancelled when the session moves back to the start that was announced.
 * - A new announcement whose deadline has passed is not added.
 */
export function replan(given: {
  /** All of the plan, round 1; see `planAnnouncements`. */
  readonly wanted: readonly PlannedAnnouncement[];
  /** All that the ledger has of the edition. */
  readonly standing: Iterable<StandingAnnouncement>;
  readonly program: ProgramLookup;
  readonly now: EpochMs;
}): readonly PlanChange[] {
  const { wanted, program, now } = given;
  const unmet = new Map(chains(given.standing));
  const changes: PlanChange[] = [];
  for (const announcement of wanted) {
    const name = chainName(announcement);
    const chain = unmet.get(name);
    if (chain === undefined) {
      if (announcement.expiresAt > now) changes.push({ kind: 'add', announcement });
    } else {
      unmet.delete(name);
      const startsAt = program.session(announcement.sessions[0] ?? '')?.startsAt;
      changes.push(...follow(announcement, chain, startsAt, now));
    }
  }
  for (const { latest } of unmet.values()) changes.push(...withdraw(latest, program));
  return changes;
}

/** What a wanted announcement asks of those that stand for it. */
function follow(
  wanted: PlannedAnnouncement,
  { latest, announcedStart }: Chain,
  startsAt: EpochMs | undefined,
  now: EpochMs,
): readonly PlanChange[] {
  const said = announcedStart !== undefined && announcedStart === startsAt;
  switch (latest.state) {
    case 'planned':
    case 'held':
      if (said) return [cancel(latest, cancelReasons.movedBack)];
      return [...moved(latest, wanted), ...heldAs(latest, wanted)];
    case 'expired':
      return !said && latest.sent !== true && wanted.dueAt > now ? revived(latest, wanted) : [];
    case 'cancelled': {
      const byPlan = latest.cancelledBy === 'plan' && latest.sent !== true;
      return !said && byPlan && wanted.expiresAt > now ? revived(latest, wanted) : [];
    }
    case 'published': {
      const again = announcedStart !== undefined && !said && wanted.dueAt > now;
      return again ? [{ kind: 'add', announcement: nextRound(wanted, latest) }] : [];
    }
    case 'publishing':
    case 'uncertain':
    case 'handed-off':
    case 'rejected':
    case 'removed':
      return [];
    default:
      return unreachable(latest.state);
  }
}

/** What becomes of one that is no longer wanted. */
function withdraw(latest: StandingAnnouncement, program: ProgramLookup): readonly PlanChange[] {
  if (latest.state !== 'planned' && latest.state !== 'held') return [];
  const session = program.session(latest.sessions[0] ?? '');
  if (session !== undefined) {
    return [cancel(latest, session.cancelled ? cancelReasons.program : cancelReasons.campaign)];
  }
  const waits =
    latest.state === 'planned' || latest.holdReason === 'approval' || latest.holdReason === 'room';
  return waits ? [hold(latest, 'vanished')] : [];
}

function moved(latest: StandingAnnouncement, wanted: PlannedAnnouncement): readonly PlanChange[] {
  const same =
    latest.dueAt === wanted.dueAt &&
    latest.expiresAt === wanted.expiresAt &&
    latest.template === wanted.template;
  return same ? [] : [{ kind: 'move', ...place(latest, wanted) }];
}

function revived(latest: StandingAnnouncement, wanted: PlannedAnnouncement): readonly PlanChange[] {
  const wish = holdWished(latest, wanted);
  return [
    { kind: 'revive', ...place(latest, wanted) },
    ...(wish === undefined ? [] : [hold(latest, wish)]),
  ];
}

/** Brings the plan's own holds in line; others' are left alone. */
function heldAs(latest: StandingAnnouncement, wanted: PlannedAnnouncement): readonly PlanChange[] {
  const wish = holdWished(latest, wanted);
  if (latest.state === 'planned') return wish === undefined ? [] : [hold(latest, wish)];
  if (!isOwnHold(latest.holdReason) || latest.holdReason === wish) return [];
  return wish === undefined ? [{ kind: 'release', id: latest.id }] : [hold(latest, wish)];
}

function holdWished(
  latest: StandingAnnouncement,
  wanted: PlannedAnnouncement,
): HoldReason | undefined {
  return latest.released === true ? undefined : wanted.held;
}

/** Holds that the plan put on and may take off. */
function isOwnHold(reason: HoldReason | undefined): boolean {
  return reason === 'approval' || reason === 'room' || reason === 'vanished';
}

function place(latest: StandingAnnouncement, { dueAt, expiresAt, template }: PlannedAnnouncement) {
  return { id: latest.id, dueAt, expiresAt, template };
}

function hold({ id }: StandingAnnouncement, reason: HoldReason): PlanChange {
  return { kind: 'hold', id, reason };
}

function cancel({ id }: StandingAnnouncement, reason: string): PlanChange {
  return { kind: 'cancel', id, reason };
}

function nextRound(wanted: PlannedAnnouncement, latest: StandingAnnouncement): PlannedAnnouncement {
  const { edition, leadTime, account } = wanted;
  const round = latest.round + 1;
  const session = wanted.sessions[0] ?? '';
  return { ...wanted, round, id: announcementId({ edition, session, leadTime, account, round }) };
}
