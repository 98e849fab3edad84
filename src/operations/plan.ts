import { describeNote, type PlanNote } from '../campaign/notes.js';
import type { PlannedAnnouncement } from '../campaign/announcement.js';
import { networks, type Network } from '../campaign/network.js';
import { planAnnouncements } from '../campaign/plan.js';
import type { ProgramInForce } from '../program-in-force.js';
import { toIso } from '../program/time.js';

/** One announcement of the plan; times are ISO 8601 with Z. */
export interface PlannedLine {
  readonly id: string;
  readonly sessions: readonly string[];
  /** Of the first session. */
  readonly title: string;
  readonly network: Network;
  readonly account: string;
  readonly leadTime: string;
  readonly dueAt: string;
  readonly expiresAt: string;
  /** Why it waits for a person, where the plan itself wants that. */
  readonly held?: string;
  readonly text?: string;
  readonly length?: { readonly used: number; readonly limit: number; readonly unit: string };
  /** Why there is no text. */
  readonly problem?: string;
}

/** The whole plan, ordered by due moment. */
export interface PlanOutput {
  readonly announcements: readonly PlannedLine[];
  readonly summary: PlanTotals & {
    readonly edition: string;
    readonly conference: string;
    readonly zone: string;
    readonly sessions: number;
    /** What the campaign leaves out and why, in sentences. */
    readonly notes: readonly string[];
  };
}

/** Totals of the announcements in a plan. */
export interface PlanTotals {
  readonly announcements: number;
  readonly byNetwork: Readonly<Record<string, number>>;
  readonly byLeadTime: Readonly<Record<string, number>>;
  readonly firstDueAt?: string;
  readonly lastDueAt?: string;
  /** Announcements whose text could not be composed. */
  readonly problems: number;
}

/** How far composing is. */
export interface PlanProgress {
  readonly done: number;
  readonly total: number;
}

/** So many are composed between two reports on how far it is. */
const reportEvery = 200;

/** Plans and composes everything of a program, without database and without a trace. */
export function planWithTexts(
  inForce: ProgramInForce,
  progress: (how: PlanProgress) => void = () => undefined,
): PlanOutput {
  const { lookup, campaign } = inForce;
  const { announcements, notes } = planAnnouncements(lookup, campaign);
  const total = announcements.length;
  const lines = announcements.map((announcement, done) => {
    if (done % reportEvery === 0) progress({ done, total });
    return lineOf(announcement, inForce);
  });
  return {
    announcements: lines,
    summary: {
      edition: campaign.edition,
      conference: campaign.conference.name,
      zone: campaign.conference.zone,
      sessions: lookup.program.sessions.length,
      ...planTotals(lines),
      notes: notes.map((note: PlanNote) => describeNote(note)),
    },
  };
}

/** Adds up a plan, or a part of it. */
export function planTotals(lines: readonly PlannedLine[]): PlanTotals {
  const first = lines[0];
  return {
    announcements: lines.length,
    byNetwork: Object.fromEntries(
      networks.flatMap((network) => {
        const count = lines.filter((line) => line.network === network).length;
        return count > 0 ? [[network, count]] : [];
      }),
    ),
    byLeadTime: tally(lines, ({ leadTime }) => leadTime),
    ...(first && { firstDueAt: first.dueAt, lastDueAt: lines.at(-1)?.dueAt ?? first.dueAt }),
    problems: lines.filter(({ problem }) => problem !== undefined).length,
  };
}

function lineOf(
  announcement: PlannedAnnouncement,
  { composer, lookup, version }: ProgramInForce,
): PlannedLine {
  const { id, sessions, network, account, leadTime, dueAt, expiresAt, held } = announcement;
  const composed = composer.compose(announcement, lookup, version);
  return {
    id,
    sessions,
    title: lookup.session(sessions[0] ?? '')?.title ?? sessions.join(', '),
    network,
    account,
    leadTime,
    dueAt: toIso(dueAt),
    expiresAt: toIso(expiresAt),
    ...(held !== undefined && { held }),
    ...(composed.ok
      ? { text: composed.content.text, length: composed.content.length }
      : {
          problem: `${composed.problem.place}: ${composed.problem.problem}. ${composed.problem.remedy}.`,
        }),
  };
}

function tally<T>(things: readonly T[], by: (thing: T) => string): Record<string, number> {
  const counted: Record<string, number> = {};
  for (const thing of things) counted[by(thing)] = (counted[by(thing)] ?? 0) + 1;
  return counted;
}
