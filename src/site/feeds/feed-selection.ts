import type { Catalog } from '../../program/calendar/catalog.js';
import {
  parseSelection,
  select,
  selectionQuery,
  type Selection,
} from '../../program/calendar/selection.js';
import type { Session } from '../../program/model.js';
import { timeWords } from '../time-words.js';

/** The sessions of a page that can be followed. */
export interface FeedSelection {
  /** What they are, for people; undefined for the whole program. */
  readonly title?: string;
  /** Path of the page with its query, in one form. */
  readonly address: string;
  readonly sessions: readonly Session[];
}

/**
 * The sessions of a browse or session page, narrowed by the filters in its address; undefined where there is no such page. The program itself and the lists
 * of days, times, people, rooms, units and types stand for all sessions.
 *
 * @param path of the page, below the base path: `/rooms/abc`
 */
export function feedSelection(
  catalog: Catalog,
  path: string,
  parameters: URLSearchParams,
): FeedSelection | undefined {
  const [, list = '', key, ...more] = path.split('/');
  if (more.length > 0) return undefined;
  const filters = parseSelection(parameters);
  if (key === undefined) return lists.has(list) ? narrowed(catalog, path, filters) : undefined;
  const page = Object.hasOwn(pages, list) ? pages[list]?.(catalog, key) : undefined;
  if (page === undefined) return undefined;
  if (page.part) {
    const found = narrowed(catalog, path, { ...filters, ...page.part }, page.part);
    return { ...found, title: page.title };
  }
  const own = new Set(page.sessions?.map((session) => session.key));
  const found = narrowed(catalog, path, filters);
  return {
    ...found,
    title: page.title,
    sessions: found.sessions.filter((session) => own.has(session.key)),
  };
}

const lists = new Set([
  'program',
  'sessions',
  'days',
  'times',
  'people',
  'rooms',
  'units',
  'types',
]);

/** Whether a path is that of a kind of page that can be followed, whatever the program holds. */
export function isFeedPath(path: string): boolean {
  const [, list = ''] = path.split('/');
  return lists.has(list) || Object.hasOwn(pages, list);
}

/** A page of one thing: the part of a selection that it is, or its sessions. */
interface PageOfOne {
  readonly title: string;
  readonly part?: Selection;
  readonly sessions?: readonly Session[];
}

const pages: Readonly<Record<string, (catalog: Catalog, key: string) => PageOfOne | undefined>> = {
  days: ({ days, zone }, key) => {
    const first = days.find(({ name }) => name === key)?.sessions[0];
    return first && { title: timeWords(zone).longDay(first.startsAt), part: { day: key } };
  },
  times: ({ times, zone }, key) => {
    const time = times.find(({ name }) => name === key);
    const words = timeWords(zone);
    return (
      time && {
        title: `${words.longDay(time.at)}, ${words.clock(time.at)} ${words.zone(time.at)}`,
        sessions: time.sessions,
      }
    );
  },
  people: ({ lookup }, key) => titled(lookup.person(key)?.name, { person: key }),
  rooms: ({ lookup }, key) => titled(lookup.room(key)?.name, { room: key }),
  units: ({ lookup }, key) => titled(lookup.unit(key)?.name, { unit: key }),
  types: ({ types }, key) => titled(types.find(({ slug }) => slug === key)?.name, { type: key }),
  sessions: ({ lookup }, key) => {
    const session = lookup.session(key);
    return session && { title: session.title, sessions: [session] };
  },
  presentations: (catalog, key) => {
    const place = catalog.presentation(key);
    return place && { title: place.presentation.title, sessions: [place.session] };
  },
};

function titled(title: string | undefined, part: Selection): PageOfOne | undefined {
  return title === undefined ? undefined : { title, part };
}

function narrowed(
  catalog: Catalog,
  path: string,
  selection: Selection,
  own: Selection = {},
): FeedSelection {
  // What the path says already is not said again in the query.
  const said = Object.keys(own);
  const filters = Object.fromEntries(
    Object.entries(selection).filter(([part]) => !said.includes(part)),
  );
  const query = selectionQuery(filters);
  const page = path === '/program' ? '/' : path;
  return {
    address: query === '' ? page : `${page}?${query}`,
    sessions: select(catalog, selection),
    ...(query !== '' && { title: 'Selected sessions' }),
  };
}
