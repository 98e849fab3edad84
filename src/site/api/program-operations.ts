import type { OpenAPIHono } from '@hono/zod-openapi';
import { parseSelection, select } from '../../program/calendar/selection.js';
import type { ProgramChange } from '../../program/changes.js';
import { withOffset } from '../../program/exports/frab-event.js';
import { given } from '../../program/given.js';
import { toIso } from '../../program/time.js';
import type { Site } from '../shell/site.js';
import {
  personAnswer,
  personSummary,
  presentationAnswer,
  sessionAnswer,
  sessionSummary,
} from './answers.js';
import { serveOperation } from './operation.js';
import { pageOf } from './page-cursor.js';
import type { Problem } from './problem.js';
import * as shapes from './schemas.js';

/** Serves what can be asked of sessions, presentations and people. */
export function serveSessionOperations(api: OpenAPIHono, site: Site): void {
  serveOperation(api, site, {
    path: '/sessions',
    id: 'listSessions',
    summary: 'Sessions in order of start, narrowed by filters, in pages',
    query: shapes.sessionParameters,
    answer: shapes.sessionsShape,
    make: ({ query, ...material }) => {
      const { limit, cursor, ...filters } = query;
      const selection = parseSelection(
        new URLSearchParams(given(filters) as Record<string, string>),
      );
      const page = pageOf(
        select(material.catalog, selection),
        ({ startsAt, key }) => ({ sort: toIso(startsAt), key }),
        { limit, cursor },
      );
      if (!page) return badCursor;
      return { ...page, items: page.items.map((one) => sessionSummary(material, one)) };
    },
  });
  serveOperation(api, site, {
    path: '/sessions/{key}',
    id: 'getSession',
    summary: 'One session with its presentations',
    parameters: shapes.keyParameter,
    answer: shapes.sessionShape,
    make: ({ path: { key }, ...material }) => {
      const session = material.catalog.lookup.session(key);
      return session
        ? sessionAnswer(material, session, material.past.history)
        : unknown('session', key);
    },
  });
  serveOperation(api, site, {
    path: '/sessions/{key}/posts',
    id: 'listPostsOfSession',
    summary: 'The official posts about a session that stand on networks, the oldest first',
    parameters: shapes.keyParameter,
    answer: shapes.postsShape,
    freshness: 'live',
    make: async ({ path: { key }, catalog }) => {
      if (!catalog.lookup.session(key)) return unknown('session', key);
      const posts = await site.context.postsAbout(key);
      return {
        items: posts
          .filter(({ isPreview }) => !isPreview)
          .map(({ network, address, at }) => ({ network, url: address, at: toIso(at) })),
      };
    },
  });
  serveOperation(api, site, {
    path: '/presentations/{key}',
    id: 'getPresentation',
    summary: 'One presentation with its session',
    parameters: shapes.keyParameter,
    answer: shapes.presentationShape,
    make: ({ path: { key }, ...material }) => {
      const place = material.catalog.presentation(key);
      return place
        ? presentationAnswer(material, place.presentation, place.session)
        : unknown('presentation', key);
    },
  });
  serveOperation(api, site, {
    path: '/people',
    id: 'listPeople',
    summary: 'People in order of name, in pages',
    query: shapes.pageParameters,
    answer: shapes.peopleShape,
    make: ({ query, ...material }) => {
      const people = material.catalog.lookup.program.people;
      const page = pageOf(people, ({ name, key }) => ({ sort: name, key }), query);
      if (!page) return badCursor;
      return { ...page, items: page.items.map((one) => personSummary(material, one)) };
    },
  });
  serveOperation(api, site, {
    path: '/people/{key}',
    id: 'getPerson',
    summary: 'One person with what they take part in',
    parameters: shapes.keyParameter,
    answer: shapes.personShape,
    make: ({ path: { key }, ...material }) => {
      const person = material.catalog.lookup.person(key);
      return person ? personAnswer(material, person) : unknown('person', key);
    },
  });
}

/** Serves the program itself, its days, rooms, units and types, and what changed. */
export function serveProgramOperations(api: OpenAPIHono, site: Site): void {
  serveOperation(api, site, {
    path: '/program',
    id: 'getProgram',
    summary: 'What the program is, and how much it holds',
    answer: shapes.programShape,
    make: ({ version, catalog, addresses }) => {
      const { program } = catalog.lookup;
      const { name, unitLabel } = site.context.conference();
      const { sessions, people, rooms, units } = program;
      const last = sessions.reduce((most, { endsAt }) => Math.max(most, endsAt), 0);
      const first = sessions[0];
      return {
        title: name,
        version,
        zone: catalog.zone,
        unitLabel,
        address: addresses.absolute('/'),
        counts: {
          sessions: sessions.length,
          presentations: sessions.reduce((sum, one) => sum + one.presentations.length, 0),
          people: people.length,
          rooms: rooms.length,
          units: units.length,
        },
        ...given({ language: program.language, url: program.url }),
        ...(first && {
          start: withOffset(first.startsAt, catalog.zone),
          end: withOffset(last, catalog.zone),
        }),
      };
    },
  });
  serveOperation(api, site, {
    path: '/days',
    id: 'listDays',
    summary: 'Days with sessions',
    answer: shapes.daysShape,
    make: ({ catalog, addresses }) => ({
      items: catalog.days.map(({ name, sessions }) => ({
        day: name,
        sessions: sessions.length,
        address: addresses.absolute(`/days/${name}`),
      })),
    }),
  });
  serveOperation(api, site, {
    path: '/rooms',
    id: 'listRooms',
    summary: 'Rooms',
    answer: shapes.roomsShape,
    make: ({ catalog, addresses }) => ({
      items: catalog.lookup.program.rooms.map((room) => ({
        ...room,
        sessions: catalog.inRoom(room.key).length,
        address: addresses.absolute(`/rooms/${room.key}`),
      })),
    }),
  });
  serveOperation(api, site, {
    path: '/units',
    id: 'listUnits',
    summary: 'Units: divisions, sections, tracks',
    answer: shapes.unitsShape,
    make: ({ catalog, addresses }) => ({
      items: catalog.lookup.program.units.map((unit) => ({
        ...unit,
        sessions: catalog.inUnit(unit.key).length,
        address: addresses.absolute(`/units/${unit.key}`),
      })),
    }),
  });
  serveOperation(api, site, {
    path: '/types',
    id: 'listTypes',
    summary: 'Session types',
    answer: shapes.typesShape,
    make: ({ catalog, addresses }) => ({
      items: catalog.types.map(({ slug, name, sessions }) => ({
        slug,
        name,
        sessions: sessions.length,
        address: addresses.absolute(`/types/${slug}`),
      })),
    }),
  });
  serveOperation(api, site, {
    path: '/changes',
    id: 'listChanges',
    summary: 'What the last versions changed, the newest first',
    answer: shapes.changesShape,
    freshness: 'live',
    make: async () => ({
      items: (await site.context.changes()).flatMap(({ version, at, changes }) =>
        changes.map((change) => ({ version, at: toIso(at), ...changeFields(change) })),
      ),
    }),
  });
}

/** `at` of a change are its times; here `at` says when the change was made. */
function changeFields(change: ProgramChange) {
  if (change.kind !== 'added' && change.kind !== 'vanished') return change;
  const { at, ...rest } = change;
  return { ...rest, times: at };
}

const badCursor: Problem = {
  status: 400,
  title: 'Bad request',
  place: 'parameter cursor',
  problem: 'this is no cursor that the API gave',
  remedy: 'Take it from "next" of the page before, or leave it out for the first page',
};

function unknown(what: string, key: string): Problem {
  return {
    status: 404,
    title: 'Not found',
    place: `${what} ${key}`,
    problem: `the program has no ${what} of this key; it may have been taken out`,
    remedy: 'Take keys from the lists of the API',
  };
}
