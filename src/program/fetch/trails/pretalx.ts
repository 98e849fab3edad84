import type { Trail } from '../follow.js';
import { jsonBody } from './json-body.js';

/** An event's API: all before its lists, and which list it is. */
const inEvent = /^(.*\/api\/events\/[^/]+\/)([a-z-]*)(?:\/|$)/i;

/** Marks the event's own address where a list led to it for name and zone; where it was given as the program's, its slots are the program. */
const asEvent = '#event';

/** What a list is asked to hold whole, in place of ids (https://docs.pretalx.org/api/fundamentals/). */
const expansions: Readonly<Record<string, readonly string[]>> = {
  submissions: ofSubmission(''),
  slots: ['room', 'submission', ...ofSubmission('submission.', 'slots')],
  schedules: [
    'slots',
    'slots.room',
    'slots.submission',
    ...ofSubmission('slots.submission.', 'slots'),
  ],
};

/** Where what a field names by id is described. */
const described: Readonly<Record<string, string>> = {
  slots: 'slots',
  submission: 'submissions',
  speakers: 'speakers',
  room: 'rooms',
  track: 'tracks',
  submission_type: 'submission-types',
};

/**
 * Through pretalx's REST API: the further pages of a list, the event itself for its name and zone, and what the list names by id. That is asked for in
 * the list's own address first (`expand`), since a token may see one list and no other; where the server does not do that, in the lists of these things.
 */
export const pretalxTrail: Trail = {
  name: 'pretalx',
  begins: (first, { pathname }) => {
    const body = jsonBody(first);
    return inEvent.test(pathname) && typeof body === 'object' && body !== null;
  },
  next(document, address) {
    const found = inEvent.exec(address.pathname);
    const body = jsonBody(document);
    if (!found || typeof body !== 'object' || body === null) return [];
    const [, event = '', list = ''] = found;
    if (list === '' && address.hash === asEvent) return [];
    if (list === '') return [`${event}slots/?expand=${(expansions.slots ?? []).join(',')}`];
    const bare = bareReferences(body);
    const expand = address.searchParams.has('expand') ? undefined : expansions[list.toLowerCase()];
    // The pages of the expanded list follow from itself.
    if (bare.size > 0 && expand) return [event + asEvent, withExpansion(address, expand)];
    const further = 'next' in body && hasResults(body) ? nextOf(body.next, address) : [];
    const tables = [...bare].map((name) => `${event}${described[name] ?? ''}/`);
    return [event + asEvent, ...needed(event, list, body), ...further, ...tables];
  },
  spares: ({ pathname }) => !/\/(?:submissions|slots|talks|schedules\/[^/]+)\/?$/i.test(pathname),
  paceMs: 200,
  obeysRobots: false,
};

function ofSubmission(before: string, ...without: readonly string[]): readonly string[] {
  return [
    'speakers',
    'speakers.answers',
    'track',
    'submission_type',
    'slots',
    'slots.room',
    'answers',
    'answers.question',
    'resources',
  ].flatMap((name) =>
    without.some((one) => name === one || name.startsWith(`${one}.`)) ? [] : [`${before}${name}`],
  );
}

/** Lists of people, rooms or versions are no program: their sessions are. */
function needed(event: string, list: string, body: object): readonly string[] {
  if (/^(?:speakers|rooms|tracks|submission-types)$/i.test(list)) return [`${event}submissions/`];
  return list.toLowerCase() === 'schedules' && 'results' in body
    ? [`${event}schedules/latest/`]
    : [];
}

function hasResults(body: object): boolean {
  return 'results' in body && Array.isArray(body.results) && body.results.length > 0;
}

/** The next page; a server behind another one may write it with a scheme or port that is not the address's. */
function nextOf(next: unknown, address: URL): readonly string[] {
  if (typeof next !== 'string' || !URL.canParse(next, address.href)) return [];
  const url = new URL(next, address);
  return url.hostname === address.hostname ? [`${url.pathname}${url.search}`] : [next];
}

function withExpansion(address: URL, expand: readonly string[]): string {
  const url = new URL(address);
  const asked = url.search === '' ? '?' : `${url.search}&`;
  return `${url.pathname}${asked}expand=${expand.join(',')}`;
}

/** Which fields of sessions and slots hold ids in place of what they name. */
function bareReferences(body: object): ReadonlySet<string> {
  const found = new Set<string>();
  for (const entry of entriesOf(body)) {
    for (const name of Object.keys(described)) {
      const value = Object.hasOwn(entry, name)
        ? (entry as Record<string, unknown>)[name]
        : undefined;
      const one: unknown = Array.isArray(value) ? value[0] : value;
      const isId = typeof one === 'number' || (typeof one === 'string' && name in byCode);
      if (isId) found.add(name);
    }
  }
  return found;
}

/** Named by code; other texts are names, as the older API writes them. */
const byCode = { speakers: true, submission: true };

/** Sessions and slots of an answer: its own, and those that it expands. */
function entriesOf(body: object): readonly object[] {
  const own: unknown = 'results' in body ? body.results : [body];
  const entries = objectsIn(own);
  return entries.flatMap((entry) => [
    entry,
    ...('slots' in entry ? objectsIn(entry.slots) : []),
    ...('submission' in entry ? objectsIn([entry.submission]) : []),
  ]);
}

function objectsIn(list: unknown): readonly object[] {
  return Array.isArray(list)
    ? list.filter((one): one is object => typeof one === 'object' && one !== null)
    : [];
}
