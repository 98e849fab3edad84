import type { ProgramLookup } from '../program/lookup.js';
import type { Session } from '../program/model.js';
import type { EpochMs } from '../program/time.js';
import { announcementId } from './announcement-id.js';
import type { HoldReason, PlannedAnnouncement } from './announcement.js';
import type { AccountRules, Campaign, LeadRule } from './campaign.js';
import { deadline } from './deadlines.js';
import { sessionFilter, strangersOf } from './filter.js';
import { compareLeadTimes, dueMoment, spanMs } from './lead-time.js';
import type { PlanNote } from './notes.js';
import { heedQuietHours } from './quiet-hours.js';
import { isKnownRoom } from './room.js';

/** What the campaign wants of a program. */
export interface Plan {
  /** In order of due moment, then id; every one in round 1. */
  readonly announcements: readonly PlannedAnnouncement[];
  readonly notes: readonly PlanNote[];
}

/** When an announcement is due, and until when it may be sent. */
interface Window {
  readonly dueAt: EpochMs;
  readonly expiresAt: EpochMs;
}

/**
 * Computes the announcements that a campaign wants of a program: one per session, account and lead time. Pure: the same program and
 * campaign give the same plan. Sessions that the source cancelled, that a filter leaves out, and lead times that were past
 * when the campaign began are counted in the notes. What is past by now is not left out here; see `replan`.
 */
export function planAnnouncements(program: ProgramLookup, campaign: Campaign): Plan {
  const announcements: PlannedAnnouncement[] = [];
  const past = new Map<string, number>();
  const filtered: PlanNote[] = [];
  const going = program.program.sessions.filter((session) => !session.cancelled);
  const windows = windowCalendar(campaign);

  for (const rules of campaign.accounts) {
    const passes = sessionFilter(rules.only, rules.except, program);
    const announced = going.filter(passes);
    if (announced.length < going.length) {
      const { id: account, network } = rules.account;
      const sessions = going.length - announced.length;
      filtered.push({ kind: 'filtered-sessions', account, network, sessions });
    }
    for (const lead of rules.leads) {
      const windowOf = windows(lead);
      for (const session of announced) {
        const window = windowOf(session.startsAt);
        if (window.dueAt < campaign.beganAt) {
          past.set(lead.leadTime, (past.get(lead.leadTime) ?? 0) + 1);
        } else {
          announcements.push(planned(session, rules, lead, window, program, campaign));
        }
      }
    }
  }

  announcements.sort(byDueMoment);
  return { announcements, notes: notes(program, campaign, going.length, past, filtered) };
}

/** Orders announcements by due moment, then id, so that every list of them comes in one order. */
function byDueMoment(one: PlannedAnnouncement, other: PlannedAnnouncement): number {
  return one.dueAt - other.dueAt || (one.id < other.id ? -1 : one.id > other.id ? 1 : 0);
}

function planned(
  session: Session,
  rules: AccountRules,
  lead: LeadRule,
  window: Window,
  program: ProgramLookup,
  campaign: Campaign,
): PlannedAnnouncement {
  const identity = {
    edition: campaign.edition,
    session: session.key,
    leadTime: lead.leadTime,
    account: rules.account.id,
    round: 1,
  };
  const wanted = {
    id: announcementId(identity),
    edition: campaign.edition,
    sessions: [session.key],
    account: rules.account.id,
    network: rules.account.network,
    leadTime: lead.leadTime,
    round: 1,
    template: lead.template,
    dueAt: window.dueAt,
    expiresAt: window.expiresAt,
  };
  const held = holdFor(session, program, campaign);
  return held === undefined ? wanted : { ...wanted, held };
}

function holdFor(
  session: Session,
  program: ProgramLookup,
  campaign: Campaign,
): HoldReason | undefined {
  if (campaign.approval) return 'approval';
  if (campaign.holdWithoutRoom && !isKnownRoom(program.room(session.room)?.name)) return 'room';
  return undefined;
}

/**
 * Answers, for a lead time, the function from a start to its window. Many sessions start together and accounts share their
 * lead times, so each moment is computed once.
 */
function windowCalendar(campaign: Campaign): (lead: LeadRule) => (startsAt: EpochMs) => Window {
  const calendar = new Map<string, Map<EpochMs, Window>>();
  return (lead) => {
    const name = `${lead.leadTime} ${lead.grace}`;
    const known = calendar.get(name) ?? new Map<EpochMs, Window>();
    calendar.set(name, known);
    const graceMs = spanMs(lead.grace);
    return (startsAt) => {
      let window = known.get(startsAt);
      if (window === undefined) {
        window = windowFor(startsAt, lead.leadTime, graceMs, campaign);
        known.set(startsAt, window);
      }
      return window;
    };
  };
}

function windowFor(
  startsAt: EpochMs,
  leadTime: string,
  graceMs: number,
  { conference, quietHours }: Campaign,
): Window {
  const wished = dueMoment(startsAt, leadTime, conference.zone);
  const last = deadline(wished, graceMs, startsAt);
  if (quietHours === undefined) return { dueAt: wished, expiresAt: last };
  const dueAt = heedQuietHours(wished, last, quietHours, conference.zone);
  return { dueAt, expiresAt: dueAt < wished ? deadline(dueAt, graceMs, startsAt) : last };
}

function notes(
  program: ProgramLookup,
  campaign: Campaign,
  going: number,
  past: ReadonlyMap<string, number>,
  filtered: readonly PlanNote[],
): readonly PlanNote[] {
  const cancelled = program.program.sessions.length - going;
  return [
    ...[...past]
      .sort(([one], [other]) => compareLeadTimes(one, other))
      .map(([leadTime, announcements]) => ({
        kind: 'past-lead-time' as const,
        leadTime,
        announcements,
      })),
    ...(cancelled === 0 ? [] : [{ kind: 'cancelled-sessions' as const, sessions: cancelled }]),
    ...filtered,
    ...campaign.accounts.flatMap(({ account, only, except }) =>
      [only, except].flatMap((filter) =>
        strangersOf(filter, program).map(({ kind, name }) => ({
          kind: 'unknown-name' as const,
          account: account.id,
          what: kind,
          name,
        })),
      ),
    ),
  ];
}
