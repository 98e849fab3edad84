import {
  releasedByPerson,
  type PlannedAnnouncement,
  type State,
} from '../../campaign/announcement.js';
import { networks, type Network } from '../../campaign/network.js';
import { describeNote } from '../../campaign/notes.js';
import type { Plan } from '../../campaign/plan.js';
import { toIso } from '../../program/time.js';
import type { ProgramInForce } from '../../program-in-force.js';
import type { AppliedChanges } from '../../publish/ports.js';
import { counted } from '../../site/time-words.js';
import { planStanding } from '../../storage/plan-standing.js';
import { lateness, type Lateness } from '../../storage/statistics.js';
import type { ProgramReading } from '../read-program.js';
import type { Played } from './play.js';
import type { RehearsalEnd } from './end.js';
import type { Stage } from './stage.js';
import { duplicatesAmong, type Witness } from './witness.js';

/** What became of the announcements of one network, or of all. Their sum but `duplicates` is `planned`. */
export interface Tally {
  readonly planned: number;
  readonly published: number;
  readonly expired: number;
  /** Waited for a person until their deadline passed; nobody releases anything in a rehearsal. */
  readonly held: number;
  readonly cancelled: number;
  readonly rejected: number;
  readonly uncertain: number;
  /** Posts beyond one per announcement, and per session, lead time and account, by what the networks accepted. */
  readonly duplicates: number;
}

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

/** Why so many announcements of one network and lead time were not published. */
export interface Reason {
  readonly state: Exclude<State, 'published'>;
  readonly network: Network;
  readonly leadTime: string;
  readonly reason: string;
  readonly count: number;
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
  const states = await finalStates(given);
  const duplicates = duplicatesAmong(witness.posts, planned);
  const late = await lateness(stage.database, edition);
  const tally = (network?: Network): Tally => ({
    ...count(states, planned, network),
    duplicates: duplicates.filter((post) => (network ?? post.network) === post.network).length,
  });
  const whole = { ...tally(), planned: applied.added };
  const used = networks.filter((one) =>
    inForce.campaign.accounts.some(({ account }) => account.network === one),
  );
  const reasons = await reasonsFor(given, states);
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
    findings: [...findings(whole, states, given), ...withoutText(reasons)],
    notes: notes(given),
    remarks: remarks(reasons, inForce),
    program: programFacts(given),
    wallMs: laps,
    msPerAnnouncement: Math.round(((laps.play ?? 0) / Math.max(1, whole.planned)) * 100) / 100,
    // Kilobytes on every system that Node runs on.
    peakMemoryMb: Math.round(process.resourceUsage().maxRSS / 1_024),
  };
}

/** State by id, as the ledger has it; what waited for a person to its deadline is still called held. */
async function finalStates({ stage, edition, end }: Counted): Promise<ReadonlyMap<string, State>> {
  const standing = await planStanding(stage.database, edition);
  return new Map(
    standing.map(({ id, state }) => [id, state === 'expired' && end.held.has(id) ? 'held' : state]),
  );
}

function count(
  states: ReadonlyMap<string, State>,
  planned: ReadonlyMap<string, PlannedAnnouncement>,
  network?: Network,
): Omit<Tally, 'duplicates'> {
  const counts = { published: 0, expired: 0, held: 0, cancelled: 0, rejected: 0, uncertain: 0 };
  let all = 0;
  for (const [id, state] of states) {
    if (network !== undefined && planned.get(id)?.network !== network) continue;
    all += 1;
    if (state in counts) counts[state as keyof typeof counts] += 1;
  }
  return { planned: all, ...counts };
}

function findings(
  { planned, duplicates, ...counts }: Tally,
  states: ReadonlyMap<string, State>,
  { plan, witness }: Counted,
): readonly string[] {
  const found: string[] = [];
  const say = (number: number, noun: string, words: string | { one: string; many: string }) => {
    if (number === 0) return;
    const said = typeof words === 'string' ? words : number === 1 ? words.one : words.many;
    found.push(`${counted(number, noun)} ${said}.`);
  };
  const sum = Object.values(counts).reduce((total, one) => total + one, 0);
  const posted = new Set(witness.posts.map(({ announcement }) => announcement));
  const published = [...states].filter(([, state]) => state === 'published');
  const stray = [...posted].filter(
    (id) => !['published', 'uncertain'].includes(states.get(id) ?? ''),
  );
  say(duplicates, 'post', {
    one: 'was accepted by a network that announces what was announced already',
    many: 'were accepted by a network that announce what was announced already',
  });
  const apart = `between the plan (${String(plan.announcements.length)}) and what the ledger took (${String(planned)})`;
  say(Math.abs(plan.announcements.length - planned), 'announcement', {
    one: `differs ${apart}`,
    many: `differ ${apart}`,
  });
  const ends = `not accounted for: ${String(planned)} were planned, the ends add up to ${String(sum)}`;
  say(Math.abs(planned - sum), 'announcement', { one: `is ${ends}`, many: `are ${ends}` });
  say(published.filter(([id]) => !posted.has(id)).length, 'announcement', {
    one: 'is published in the ledger, but no network saw it',
    many: 'are published in the ledger, but no network saw them',
  });
  say(stray.length, 'announcement', {
    one: 'stands on a network, but the ledger does not say so',
    many: 'stand on a network, but the ledger does not say so',
  });
  return found;
}

/** What no text could be made for: the same will be held in earnest. Each cause once. */
function withoutText(reasons: readonly Reason[]): readonly string[] {
  const causes = new Map<string, number>();
  for (const { state, reason, count } of reasons) {
    const [, cause] = /^template: (.*)$/s.exec(state === 'held' ? reason : '') ?? [];
    if (cause !== undefined) causes.set(cause, (causes.get(cause) ?? 0) + count);
  }
  return [...causes].map(
    ([cause, count]) =>
      `${counted(count, 'announcement')} ${count === 1 ? 'was' : 'were'} held for want of a text: ${cause}.`,
  );
}

function remarks(
  reasons: readonly Reason[],
  { campaign: { accounts } }: ProgramInForce,
): readonly string[] {
  const held = reasons
    .filter(
      ({ state, reason }) => state === 'held' && releasedByPerson.some((one) => one === reason),
    )
    .reduce((sum, one) => sum + one.count, 0);
  const isLive = accounts.some(({ account }) => account.mode === 'live');
  return [
    ...(held === 0
      ? []
      : [
          `${counted(held, 'announcement')} waited for release to the end: in earnest a person lets them go with \`callboard release\`, here nobody does.`,
        ]),
    ...(isLive
      ? [
          'The caps of live accounts were not played: `callboard budget` holds the campaign against them.',
        ]
      : []),
  ];
}

async function reasonsFor(
  { stage, planned, played, end }: Counted,
  states: ReadonlyMap<string, State>,
): Promise<readonly Reason[]> {
  const unexplained = [...states].filter(
    ([id, state]) => state !== 'published' && !played.missed.has(id) && !end.held.has(id),
  );
  const said = await stage.ledger.list({ ids: unexplained.map(([id]) => id) });
  const words = new Map(said.map(({ id, reason }) => [id, reason]));
  const reasons = new Map<string, Reason>();
  for (const [id, state] of states) {
    const announcement = planned.get(id);
    if (!announcement || state === 'published') continue;
    const { network, leadTime } = announcement;
    const reason =
      end.held.get(id) ??
      (state === 'expired' ? played.missed.get(id) : undefined) ??
      words.get(id) ??
      state;
    const shared = withoutId(reason, id);
    const name = [state, network, leadTime, shared].join('\n');
    const known = reasons.get(name);
    reasons.set(name, { state, network, leadTime, reason: shared, count: (known?.count ?? 0) + 1 });
  }
  return [...reasons.values()].sort((one, other) => other.count - one.count);
}

/** A reason as many share it. */
function withoutId(reason: string, id: string): string {
  return reason.replace(` (announcement ${id})`, '').replace(`announcement ${id}: `, '');
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
