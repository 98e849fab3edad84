import { textIn } from './json-ld.js';
import type { LinkedEvent } from './schema-org-graph.js';

/** When an event is, in milliseconds; for comparing, so in UTC where it has no zone. */
export interface Span {
  readonly start: number;
  readonly end: number;
  /** Whether the source gives days and no times of day. */
  readonly wholeDays: boolean;
}

/** What an event of the source is in a program. */
export type Level = 'program' | 'container' | 'session' | 'presentation';

const hour = 3_600_000;

/** A session of an academic meeting lasts two hours, a workshop half a day, a day of a conference longer. */
const longestSession = 6 * hour;
const day = 24 * hour;

/**
 * Decides what each event is, from the top down:
 *
 * 1. The one event at the top that has parts is the program, however short; so is, of several at the top, one that lasts longer than a day and spans all others.
 * 2. An event whose parts all say that they are presentations is a session. An event without parts is a session; below a session, a presentation.
 * 3. An event with parts is a session, and they its presentations, if it has a time of day, no part has parts of its own or lies outside, and it lasts six hours at most, or else a day
 *    at most in one place, one part after the other.
 * 4. Any other event with parts only holds them together: a day, a track, a series.
 */
export function levelsOf(
  events: readonly LinkedEvent[],
  how: {
    readonly spanOf: (event: LinkedEvent) => Span | undefined;
    readonly placeOf: (event: LinkedEvent) => string | undefined;
  },
): ReadonlyMap<LinkedEvent, Level> {
  const levels = new Map<LinkedEvent, Level>();
  const tops = events.filter(({ parent }) => !parent);
  const program = programAmong(tops, how.spanOf);
  const waiting: { readonly event: LinkedEvent; readonly inSession: boolean }[] = tops.map(
    (event) => ({ event, inSession: false }),
  );
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { event, inSession } = next;
    const level = inSession
      ? 'presentation'
      : event === program
        ? 'program'
        : event.children.length === 0 || holdsPresentations(event, how)
          ? 'session'
          : 'container';
    levels.set(event, level);
    for (const child of event.children) {
      waiting.push({ event: child, inSession: level === 'session' || level === 'presentation' });
    }
  }
  return levels;
}

function programAmong(
  tops: readonly LinkedEvent[],
  spanOf: (event: LinkedEvent) => Span | undefined,
): LinkedEvent | undefined {
  const [first, ...others] = tops;
  if (first && others.length === 0) return first.children.length > 0 ? first : undefined;
  const spans = tops.map(spanOf);
  let from = Number.POSITIVE_INFINITY;
  let to = Number.NEGATIVE_INFINITY;
  for (const span of spans) {
    from = Math.min(from, span?.start ?? from);
    to = Math.max(to, span?.end ?? to);
  }
  return tops.find(({ children }, index) => {
    const span = spans[index];
    if (!span)
      return (
        children.length > 0 && tops.every((top) => top.children.length === 0 || top === tops[index])
      );
    return span.end - span.start > day && span.start <= from && span.end >= to;
  });
}

function holdsPresentations(
  event: LinkedEvent,
  { spanOf, placeOf }: Parameters<typeof levelsOf>[1],
): boolean {
  if (event.children.every(isPresentation)) return true;
  const own = spanOf(event);
  if (!own || own.wholeDays || own.end - own.start > day) return false;
  if (event.children.some(({ children }) => children.length > 0)) return false;
  const parts = event.children.flatMap((child) => spanOf(child) ?? []);
  if (parts.some(({ start, end }) => start < own.start || end > own.end)) return false;
  if (own.end - own.start <= longestSession) return true;
  const places = new Set(event.children.flatMap((child) => placeOf(child) ?? []));
  const inOrder = parts.toSorted((a, b) => a.start - b.start);
  const apart = inOrder.every(({ start }, index) => start >= (inOrder[index - 1]?.end ?? start));
  return placeOf(event) !== undefined && places.size <= 1 && apart;
}

/** As our own export says it. */
function isPresentation({ node, children }: LinkedEvent): boolean {
  return children.length === 0 && textIn(node.additionalType) === 'Presentation';
}
