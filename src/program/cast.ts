import { given } from './given.js';
import { handleFrom, handleNetworks, type Handles } from './handles.js';
import { assignKeys, withFormer, type IdentityContext, type Kind } from './identity.js';
import { webAddress } from './links.js';
import { recognizeByName } from './matching/by-name.js';
import type { Key, Participation, Person, Room, Unit } from './model.js';
import { toLine } from './plain-text.js';
import { report } from './problem.js';
import type {
  Markup,
  SourceParticipation,
  SourcePerson,
  SourceProgram,
  SourceRoom,
  SourceSession,
  SourceThing,
  SourceUnit,
} from './source.js';

/** People, rooms and units of a program, each once, and how sessions find theirs. */
export interface Cast {
  readonly people: readonly Person[];
  readonly rooms: readonly Room[];
  readonly units: readonly Unit[];
  /** Who takes part, each person once per role. */
  parts(people: readonly SourceParticipation[]): readonly Participation[];
  room(room: SourceRoom | undefined): Key | undefined;
  unit(unit: SourceUnit | undefined): Key | undefined;
}

/** Gathers who, where and under which body from the lists of a source and from its sessions. */
export function assembleCast(
  context: IdentityContext,
  source: SourceProgram,
  sessions: readonly SourceSession[],
): Cast {
  const { markup } = source;
  const parts = sessions.flatMap((session) => [
    ...session.people,
    ...session.presentations.flatMap(({ people }) => people),
  ]);
  const people = gather(context, 'person', markup, [
    ...(source.people ?? []),
    ...parts.map(({ person }) => person),
  ]);
  const rooms = gather(context, 'room', markup, [
    ...(source.rooms ?? []),
    ...sessions.flatMap(({ room }) => room ?? []),
  ]);
  const units = gather(context, 'unit', markup, [
    ...(source.units ?? []),
    ...sessions.flatMap(({ unit }) => unit ?? []),
  ]);
  const nameless = parts.filter(({ person }) => people.find(person) === undefined).length;
  if (nameless > 0) {
    report(context.problems, 'dropped', 'person-without-name', {
      place: 'people',
      problem: `${nameless} entries of people have no name`,
      remedy: 'Give every person a name in the source',
    });
  }
  const affiliations = new Map<Key, string | undefined>();
  const former = new Map(context.before?.people.map(({ key, aliases }) => [key, aliases]));
  const text = (raw: string | undefined) =>
    raw === undefined ? undefined : toLine(raw, markup).text || undefined;

  const cast: Pick<Cast, 'people' | 'rooms' | 'units'> = {
    people: people.all.map(({ key, name, ids, things }): Person => {
      const affiliation = text(things.find((one) => one.affiliation !== undefined)?.affiliation);
      affiliations.set(key, affiliation);
      const url = webAddress(things.find((one) => one.url !== undefined)?.url);
      const handles = handlesIn(things);
      const aliases = withFormer(former.get(key), ids);
      return { key, aliases, name, ...given({ affiliation, url, handles }) };
    }),
    rooms: rooms.all.map(({ key, name, things }): Room => {
      const building = text(things.find((one) => one.building !== undefined)?.building);
      const floor = text(things.find((one) => one.floor !== undefined)?.floor);
      return { key, name, ...given({ building, floor }) };
    }),
    units: units.all.map(({ key, name }): Unit => ({ key, name })),
  };

  return {
    ...cast,
    room: (room) => room && rooms.find(room),
    unit: (unit) => unit && units.find(unit),
    parts(given_) {
      const kept = new Map<string, Participation>();
      for (const { person, role, affiliation: raw } of given_) {
        const key = people.find(person);
        if (key === undefined || kept.has(`${key} ${role}`)) continue;
        const affiliation = text(raw);
        const own = affiliation !== affiliations.get(key) ? affiliation : undefined;
        kept.set(`${key} ${role}`, { person: key, role, ...given({ affiliation: own }) });
      }
      return [...kept.values()];
    },
  };
}

/** Of several mentions the first that names a network wins there; what is no handle is left out. */
function handlesIn(things: readonly SourcePerson[]): Handles | undefined {
  const found = handleNetworks.flatMap((network) => {
    const said = things.find(({ handles }) => handles?.[network] !== undefined)?.handles?.[network];
    const handle = said === undefined ? undefined : handleFrom(network, said);
    return handle === undefined ? [] : [[network, handle] as const];
  });
  return found.length > 0 ? Object.fromEntries(found) : undefined;
}

interface Gathered<T> {
  readonly key: Key;
  readonly name: string;
  readonly ids: readonly string[];
  /** Every mention, in order: what the first leaves out a later one may say. */
  readonly things: readonly T[];
}

/** One of each: those that share their first id, or where they have none their name. What has no name is left out. */
function gather<T extends SourceThing & { readonly name?: string | undefined }>(
  context: IdentityContext,
  kind: Kind,
  markup: Markup,
  mentions: readonly T[],
): { readonly all: readonly Gathered<T>[]; find(thing: T): Key | undefined } {
  const found = new Map<string, { name: string; ids: string[]; key?: Key; things: T[] }>();
  const marks = new Map<T, string>();
  for (const thing of mentions) {
    if (marks.has(thing)) continue;
    const strongest = thing.key ?? thing.ids[0];
    const known = strongest === undefined ? undefined : found.get(strongest);
    if (strongest !== undefined && known !== undefined) {
      marks.set(thing, strongest);
      known.things.push(thing);
      for (const id of thing.ids) if (!known.ids.includes(id)) known.ids.push(id);
      continue;
    }
    const name = toLine(thing.name ?? '', markup).text;
    if (name === '') continue;
    const mark = strongest ?? `name:${normal(name)}`;
    marks.set(thing, mark);
    const same = found.get(mark);
    if (same) same.things.push(thing);
    else {
      const fresh = { name, ids: [...new Set(thing.ids)], things: [thing] };
      found.set(mark, thing.key === undefined ? fresh : { ...fresh, key: thing.key });
    }
  }
  const entries = [...found];
  const keys = assignKeys(
    context,
    kind,
    entries.map(([, { name, ids, key }]) => ({
      key,
      place: `${kind} "${name}"`,
      ids: ids.length > 0 ? ids : [`name:${normal(name)}`],
    })),
    recognizeByName(
      context,
      kind,
      entries.map(([, entry]) => entry),
    ),
  );
  const byMark = new Map(entries.map(([mark], index) => [mark, keys[index]]));
  return {
    all: entries.map(([, { name, ids, things }], index) => ({
      key: keys[index] ?? '',
      name,
      ids,
      things,
    })),
    find: (thing) => byMark.get(marks.get(thing) ?? ''),
  };
}

function normal(name: string): string {
  return name.normalize('NFKC').toLowerCase();
}
