import type { PlannedAnnouncement } from '../../campaign/announcement.js';
import { networks, type Network } from '../../campaign/network.js';
import { describeNote } from '../../campaign/notes.js';
import type { Plan } from '../../campaign/plan.js';
import { toIso } from '../../program/time.js';
import type { ProgramInForce } from '../../program-in-force.js';
import type { AppliedChanges } from '../../publish/ports.js';
import { lateness, type Lateness } from '../../storage/statistics.js';
import type { ProgramReading } from '../read-program.js';
import type { RehearsalEnd } from './end.js';
import { findingsOf, remarksOn, withoutText } from './findings.js';
import type { Played } from './play.js';
import { reasonsFor, type Reason } from './reasons.js';
import type { Stage } from './stage.js';
import { countStates, finalStates, type Tally } from './tally.js';
import { duplicatesAmong, type Witness } from './witness.js';

/** How late the posts were, in milliseconds from due moment to acceptance. */
export type LatenessMs = Pick<Lateness, 'p50' | 'p99' | 'max'>;

/** What a rehearsal came to; times are ISO 8601 with Z. */
export interface RehearsalResult extends Tally {
  readonly simulatedSeconds: number;
  readonly wallSeconds: number;
  readonly edition: string;
  readonly from: string;
  readonly to: string;
  /** Whether pace, delays and limits of the networks were simulated. */
  readonly limits: boolean;
  /** Tries to publish, those that the network put off included. */
  readonly attempts: number;
  /** Absent before the first post. */
  readonly latenessMs?: LatenessMs;
  readonly networks: Readonly<
    Partial<Record<Network, Tally & { readonly latenessMs?: LatenessMs }>>
  >;
  /** Why announcements were not published, most frequent first. */
  readonly reasons: readonly Reason[];
  /** What a person must look into; empty when the rehearsal proves what it should. */
  readonly findings: readonly string[];
  /** What the plan leaves out and why, in sentences. */
  readonly notes: readonly string[];
  /** What a rehearsal cannot tell, in sentences: what waits for a release that nobody gives here, and the caps. */
  readonly remarks: readonly string[];
  readonly program: {
    readonly address: string;
    readonly title: string;
    readonly conference: string;
    readonly zone: string;
    readonly sessions: number;
    readonly presentations: number;
    readonly people: number;
    readonly rooms: number;
    /** Repairs and losses of the import. */
    readonly problems: number;
  };
  /** Where the wall time went, in milliseconds. */
  readonly wallMs: Readonly<Record<string, number>>;
  /** Wall time of the play for each planned announcement. */
  readonly msPerAnnouncement: number;
  /** The most memory that this process had, in MB. */
  readonly peakMemoryMb: number;
}

/** What is counted. */
interface Counted {
  readonly stage: Stage;
  readonly edition: string;
  readonly plan: Plan;
  readonly planned: ReadonlyMap<string, PlannedAnnouncement>;
  /** Announcements that are due after the rehearsal's end. */
  readonly left: number;
  readonly inForce: ProgramInForce;
  readonly reading: ProgramReading;
  readonly applied: AppliedChanges;
  readonly played: Played;
  readonly end: RehearsalEnd;
  readonly witness: Witness;
  readonly limits: boolean;
  readonly lap: () => { readonly laps: Readonly<Record<string, number>>; readonly wallMs: number };
}

/** Compares what the plan wanted, what the ledger says and what the networks saw. */
export async function resultOf(given: Counted): Promise<RehearsalResult> {
  const { stage, edition, planned, applied, played, end, witness, inForce } = given;
  const states = await finalStates(stage.database, edition, end);
  const duplicates = duplicatesAmong(witness.posts, planned);
  const late = await lateness(stage.database, edition);
  const tally = (network?: Network): Tally => ({
    ...countStates(states, planned, network),
    duplicates: duplicates.filter((post) => (network ?? post.network) === post.network).length,
  });
  const whole = { ...tally(), planned: applied.added };
  const used = networks.filter((one) =>
    inForce.campaign.accounts.some(({ account }) => account.network === one),
  );
  const reasons = await reasonsFor(states, {
    ledger: stage.ledger,
    planned,
    missed: played.missed,
    held: end.held,
  });
  const { laps, wallMs } = given.lap();
  return {
    ...whole,
    simulatedSeconds: Math.round((end.at - inForce.campaign.beganAt) / 1_000),
    wallSeconds: Math.round(wallMs / 10) / 100,
    edition,
    from: toIso(inForce.campaign.beganAt),
    to: toIso(end.at),
    limits: given.limits,
    attempts: played.attempts,
    ...latenessIn(late, undefined),
    networks: Object.fromEntries(
      used.map((network) => [network, { ...tally(network), ...latenessIn(late, network) }]),
    ),
    reasons,
    findings: [...findingsOf(whole, states, given), ...withoutText(reasons)],
    notes: notes(given),
    remarks: remarksOn(reasons, inForce.campaign),
    program: programFacts(given),
    wallMs: laps,
    msPerAnnouncement: Math.round(((laps.play ?? 0) / Math.max(1, whole.planned)) * 100) / 100,
    // Kilobytes on every system that Node runs on.
    peakMemoryMb: Math.round(process.resourceUsage().maxRSS / 1_024),
  };
}

function notes({ plan, left }: Counted): readonly string[] {
  const after = `${String(left)} ${left === 1 ? 'announcement is' : 'announcements are'} due after the end of the rehearsal: left out.`;
  return [...plan.notes.map(describeNote), ...(left > 0 ? [after] : [])];
}

function programFacts({ reading, inForce }: Counted): RehearsalResult['program'] {
  const { program, report, address } = reading;
  return {
    address,
    title: program.title,
    conference: inForce.campaign.conference.name,
    zone: inForce.campaign.conference.zone,
    sessions: program.sessions.length,
    presentations: program.sessions.reduce(
      (sum, { presentations }) => sum + presentations.length,
      0,
    ),
    people: program.people.length,
    rooms: program.rooms.length,
    problems: report.problems.filter(({ severity }) => severity !== 'note').length,
  };
}

function latenessIn(
  late: readonly Lateness[],
  network: Network | undefined,
): { readonly latenessMs?: LatenessMs } {
  const found = late.find((one) => one.network === network);
  return found ? { latenessMs: { p50: found.p50, p99: found.p99, max: found.max } } : {};
}
