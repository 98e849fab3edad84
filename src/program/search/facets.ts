import type { DayName } from '../calendar/day.js';
import type { Session } from '../model.js';
import type { Documents, SearchDocument } from './documents.js';
import type { Find } from './evaluation.js';
import { certainName } from './named-things.js';
import { quoted } from './query.js';
import type { Clocks } from './scope.js';

/** A filter that would narrow what was found. */
export interface Facet {
  /** As it is added to the query: `unit:"Comparative Politics"`. */
  readonly filter: string;
  /** Name of the thing, or the day. */
  readonly name: string;
  /** How many of the sessions and presentations that were found it would leave. */
  readonly count: number;
}

/** The filters that would narrow what was found; the most frequent first, days in their order. */
export interface Facets {
  readonly day: readonly Facet[];
  readonly unit: readonly Facet[];
  readonly type: readonly Facet[];
  readonly room: readonly Facet[];
}

/** Counts sessions and presentations by what they could be narrowed to. */
export function facetsOf(
  found: readonly Find[],
  documents: Documents,
  clocks: Clocks,
  names: ReadonlyMap<string, number>,
): Facets {
  // A session and its presentations narrow to the same.
  const sessions = new Map<Session, number>();
  for (const { document } of found) if (document.session) add(sessions, document.session, 1);
  const days = new Map<DayName, number>();
  const things = new Map<SearchDocument, number>();
  for (const [session, count] of sessions) {
    add(days, clocks.dayOf(session.key), count);
    add(things, documents.unit(session.unit ?? ''), count);
    add(things, documents.type(session.type ?? ''), count);
    add(things, documents.room(session.room ?? ''), count);
  }
  const facets = (kind: 'unit' | 'type' | 'room') =>
    [...things]
      .filter(([thing]) => thing.kind === kind)
      .sort(([one, few], [other, many]) => many - few || one.id - other.id)
      .map(([thing, count]) => ({
        filter: `${kind}:${quoted(certainName(thing, names))}`,
        name: thing.texts.title ?? '',
        count,
      }));
  return {
    day: [...days]
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([name, count]) => ({ filter: `day:${name}`, name, count })),
    unit: facets('unit'),
    type: facets('type'),
    room: facets('room'),
  };
}

function add<T>(counts: Map<T, number>, what: T | undefined, count: number): void {
  if (what !== undefined) counts.set(what, (counts.get(what) ?? 0) + count);
}
