import type { Context, Hono } from 'hono';
import { parseSelection } from '../program/calendar/selection.js';
import { pageNumber } from './browse/pager.js';
import { CalendarPage, NowPage } from './pages/calendar.js';
import { DayPage, DaysPage } from './pages/day.js';
import { missing } from './pages/missing.js';
import { PeoplePage, PersonPage } from './pages/people.js';
import { RoomPage, RoomsPage } from './pages/rooms.js';
import { TimePage, TimesPage } from './pages/time.js';
import { SessionsPage, TypePage, TypesPage, UnitPage, UnitsPage } from './pages/units.js';
import { sendPage } from './shell/send-page.js';
import type { Site } from './shell/site.js';

/** Serves the calendar and every way to browse it. */
export function serveBrowse(app: Hono, site: Site): void {
  const minutely = { minutely: true };
  app.get('/', (c) =>
    sendPage(c, site, (view) => ({ page: <CalendarPage view={view} /> }), minutely),
  );
  app.get('/now', (c) =>
    sendPage(c, site, (view) => ({ page: <NowPage view={view} /> }), minutely),
  );
  app.get('/days', (c) => sendPage(c, site, (view) => ({ page: <DaysPage view={view} /> })));
  app.get('/days/:day', (c) =>
    sendPage(
      c,
      site,
      (view) => {
        const day = view.catalog.days.find(({ name }) => name === c.req.param('day'));
        if (!day) return missing(view, 'day');
        const parameters = parametersOf(c);
        return {
          page: (
            <DayPage
              view={view}
              day={day}
              selection={parseSelection(parameters)}
              page={pageNumber(parameters)}
              asGrid={parameters.get('view') === 'grid'}
            />
          ),
        };
      },
      minutely,
    ),
  );
  app.get('/times', (c) =>
    sendPage(c, site, (view) => ({ page: <TimesPage view={view} /> }), minutely),
  );
  app.get('/times/:time', (c) =>
    sendPage(
      c,
      site,
      (view) => {
        const time = view.catalog.times.find(({ name }) => name === c.req.param('time'));
        if (!time) return missing(view, 'time');
        const selection = parseSelection(parametersOf(c));
        return { page: <TimePage view={view} time={time} selection={selection} /> };
      },
      minutely,
    ),
  );
  app.get('/people', (c) => {
    const parameters = parametersOf(c);
    return sendPage(c, site, (view) => ({
      page: (
        <PeoplePage
          view={view}
          letter={parameters.get('letter') ?? undefined}
          page={pageNumber(parameters)}
        />
      ),
    }));
  });
  app.get('/people/:key', (c) =>
    sendPage(c, site, (view) => {
      const person = view.catalog.lookup.person(c.req.param('key'));
      return person
        ? { page: <PersonPage view={view} person={person} /> }
        : missing(view, 'person');
    }),
  );
  app.get('/rooms', (c) => sendPage(c, site, (view) => ({ page: <RoomsPage view={view} /> })));
  app.get('/rooms/:key', (c) =>
    sendPage(
      c,
      site,
      (view) => {
        const room = view.catalog.lookup.room(c.req.param('key'));
        return room
          ? { page: <RoomPage view={view} room={room} {...listOf(c)} /> }
          : missing(view, 'room');
      },
      minutely,
    ),
  );
  app.get('/units', (c) => sendPage(c, site, (view) => ({ page: <UnitsPage view={view} /> })));
  app.get('/units/:key', (c) =>
    sendPage(
      c,
      site,
      (view) => {
        const unit = view.catalog.lookup.unit(c.req.param('key'));
        return unit
          ? { page: <UnitPage view={view} unit={unit} {...listOf(c)} /> }
          : missing(view, 'unit');
      },
      minutely,
    ),
  );
  app.get('/types', (c) => sendPage(c, site, (view) => ({ page: <TypesPage view={view} /> })));
  app.get('/types/:slug', (c) =>
    sendPage(
      c,
      site,
      (view) => {
        const type = view.catalog.types.find(({ slug }) => slug === c.req.param('slug'));
        return type
          ? { page: <TypePage view={view} type={type} {...listOf(c)} /> }
          : missing(view, 'type');
      },
      minutely,
    ),
  );
  app.get('/sessions', (c) =>
    sendPage(c, site, (view) => ({ page: <SessionsPage view={view} {...listOf(c)} /> }), minutely),
  );
}

function parametersOf(c: Context): URLSearchParams {
  return new URL(c.req.url).searchParams;
}

function listOf(c: Context) {
  const parameters = parametersOf(c);
  return { selection: parseSelection(parameters), page: pageNumber(parameters) };
}
