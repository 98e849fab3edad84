import { humaneCaps, usualAttachments } from '../../src/campaign/account-manners.js';
import type { PlannedAnnouncement } from '../../src/campaign/announcement.js';
import type { Campaign } from '../../src/campaign/campaign.js';
import { parseAccount, type Network } from '../../src/campaign/network.js';
import { lookup, type ProgramLookup } from '../../src/program/lookup.js';
import type {
  Participation,
  Person,
  Presentation,
  Program,
  Role,
  Room,
  Session,
  Unit,
} from '../../src/program/model.js';
import type { EpochMs } from '../../src/program/time.js';

const minute = 60_000;

/** A session to be built; people, rooms and units are named in place and become things of the program. */
export interface SessionSketch {
  readonly title?: string;
  /** ISO 8601 with an offset or Z. */
  readonly start?: string;
  readonly minutes?: number;
  readonly room?: string | Omit<Room, 'key'>;
  readonly unit?: string;
  readonly type?: string;
  readonly subtitle?: string;
  readonly abstract?: string;
  readonly languages?: readonly string[];
  readonly cancelled?: boolean;
  readonly people?: PeopleSketch;
  readonly presentations?: readonly {
    readonly title: string;
    readonly start?: string;
    readonly people?: PeopleSketch;
    readonly cancelled?: boolean;
  }[];
}

/** Names in one role, or in several. */
export type PeopleSketch = readonly string[] | Readonly<Partial<Record<Role, readonly string[]>>>;

/** A whole program from sketches, in the order given. Session keys are `session00000`, `session00001`, …. */
export function buildProgram(
  sketches: readonly SessionSketch[],
  own: Partial<Pick<Program, 'title' | 'zone' | 'language' | 'url' | 'unitLabel'>> = {},
): Program {
  const people = new Map<string, Person>();
  const rooms = new Map<string, Room>();
  const units = new Map<string, Unit>();
  const keyOf = (kind: string, number: number) =>
    `${kind}${String(number).padStart(12 - kind.length, '0')}`;
  const personKey = (name: string) => {
    const known = people.get(name) ?? { key: keyOf('person', people.size), aliases: [], name };
    people.set(name, known);
    return known.key;
  };
  const participations = (sketch: PeopleSketch = []): Participation[] => {
    const byRole: [string, readonly string[]][] = isList(sketch)
      ? [['presenter', sketch]]
      : Object.entries(sketch);
    return byRole.flatMap(([role, names]) =>
      names.map((name) => ({ person: personKey(name), role: role as Role })),
    );
  };
  const sessions = sketches.map((sketch, number): Session => {
    const startsAt = Date.parse(sketch.start ?? '2030-09-14T12:30:00Z');
    const { room, unit } = sketch;
    return {
      key: keyOf('session', number),
      aliases: [`id:${number}`],
      title: sketch.title ?? `Session ${number}`,
      startsAt,
      endsAt: startsAt + (sketch.minutes ?? 60) * minute,
      languages: sketch.languages ?? [],
      links: [],
      cancelled: sketch.cancelled ?? false,
      people: participations(sketch.people),
      presentations: (sketch.presentations ?? []).map((each, index): Presentation => ({
        key: `p${number}x${index}`,
        aliases: [],
        title: each.title,
        people: participations(each.people),
        links: [],
        cancelled: each.cancelled ?? false,
        ...(each.start === undefined ? {} : { startsAt: Date.parse(each.start) }),
      })),
      ...(room === undefined
        ? {}
        : {
            room: thing(
              rooms,
              typeof room === 'string' ? { name: room } : room,
              keyOf('room', rooms.size),
            ),
          }),
      ...(unit === undefined
        ? {}
        : { unit: thing(units, { name: unit }, keyOf('unit', units.size)) }),
      ...(sketch.type === undefined ? {} : { type: sketch.type }),
      ...(sketch.subtitle === undefined ? {} : { subtitle: sketch.subtitle }),
      ...(sketch.abstract === undefined ? {} : { abstract: sketch.abstract }),
    };
  });
  return {
    title: 'Sample Meeting',
    zone: 'Europe/Berlin',
    ...own,
    sessions: [...sessions].sort((a, b) => a.startsAt - b.startsAt || (a.key < b.key ? -1 : 1)),
    people: [...people.values()],
    rooms: [...rooms.values()],
    units: [...units.values()],
  };
}

function isList(sketch: PeopleSketch): sketch is readonly string[] {
  return Array.isArray(sketch);
}

function thing<T extends { key: string; name: string }>(
  known: Map<string, T>,
  wanted: Omit<T, 'key'> & { name: string },
  key: string,
): string {
  const found = known.get(wanted.name) ?? ({ ...wanted, key } as unknown as T);
  known.set(wanted.name, found);
  return found.key;
}

/** A program of one session, looked up. */
export function programOf(sketch: SessionSketch): ProgramLookup {
  return lookup(buildProgram([sketch]));
}

/** A campaign with four preview accounts and the usual lead times. */
export function buildCampaign(
  own: Partial<Omit<Campaign, 'conference'>> & {
    conference?: Partial<Campaign['conference']>;
  } = {},
): Campaign {
  return {
    edition: 'sample-2030',
    site: 'https://meet.example',
    beganAt: Date.parse('2030-01-01T00:00:00Z'),
    accounts: (['bluesky', 'threads', 'x', 'youtube'] as const).map((network) =>
      accountRules(network),
    ),
    approval: false,
    holdWithoutRoom: false,
    ...own,
    conference: {
      name: 'Sample Meeting 2030',
      zone: 'Europe/Berlin',
      hashtags: ['Sample30', 'OpenData'],
      unitLabel: 'Track',
      language: 'en',
      ...own.conference,
    },
  };
}

/** The rules of one preview account. */
export function accountRules(network: Network): Campaign['accounts'][number] {
  const account = parseAccount(`preview:${network}`);
  if (account === undefined) throw new Error(network);
  return {
    account,
    leads: ['P7D', 'P1D', 'PT1H', 'PT15M'].map((leadTime) => ({
      leadTime,
      template: `${network}/${leadTime}`,
      grace: 'PT3M',
    })),
    only: { units: [], types: [], rooms: [] },
    except: { units: [], types: [], rooms: [] },
    links: 'always',
    attach: usualAttachments[network],
    caps: humaneCaps[network],
  };
}

/** An announcement of the first session of a program, due `before` milliseconds before its start. */
export function announcementOf(
  program: ProgramLookup,
  network: Network,
  leadTime = 'PT15M',
  before: EpochMs = 15 * minute,
): PlannedAnnouncement {
  const session = program.program.sessions[0];
  if (session === undefined) throw new Error('the program is empty');
  return {
    id: 'abcdefgh23456789',
    edition: 'sample-2030',
    sessions: [session.key],
    account: `preview:${network}`,
    network,
    leadTime,
    round: 1,
    template: `${network}/${leadTime}`,
    dueAt: session.startsAt - before,
    expiresAt: session.startsAt,
  };
}
