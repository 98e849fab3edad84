import type { DayName } from '../calendar/day.js';
import type { Documents, SearchDocument } from './documents.js';
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
  found: readonly SearchDocument[],
  documents: Documents,
  clocks: Clocks,
  names: ReadonlyMap<string, number>,
): Facets {
  const days = new Map<DayName, number>();
  const things = new Map<SearchDocument, number>();
  for (const { session } of found) {
    if (!session) continue;
    const day = clocks.dayOf(session.key);
    if (day !== undefined) days.set(day, (days.get(day) ?? 0) + 1);
    for (const thing of [
      documents.unit(session.unit ?? ''),
      documents.type(session.type ?? ''),
      documents.room(session.room ?? ''),
    ]) {
      if (thing) things.set(thing, (things.get(thing) ?? 0) + 1);
    }
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
