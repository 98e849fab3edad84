import type { FC } from 'hono/jsx';
import type { Day } from '../../program/calendar/catalog.js';
import { offsetAt } from '../../program/calendar/day.js';
import { select, selectionQuery, type Selection } from '../../program/calendar/selection.js';
import type { Session } from '../../program/model.js';
import type { EpochMs } from '../../program/time.js';
import { BrowseList, sessionsPerPage } from '../browse/browse-list.js';
import { DayGrid } from '../browse/day-grid.js';
import { ListHead } from '../browse/feed-links.js';
import { Filters, withQuery } from '../browse/filters.js';
import { pageOf } from '../browse/pager.js';
import { foldId, nextStart, nowId } from '../browse/session-list.js';
import { startAnchor } from '../browse/start-anchor.js';
import { Icon } from '../shell/icons.js';
import { SitePage } from '../shell/site-page.js';
import type { View } from '../shell/view.js';
import { DayCards } from './calendar.js';

/** Browse by day: the days. */
export const DaysPage: FC<{ readonly view: View }> = ({ view }) => (
  <SitePage view={view} title="Browse by day" current="/days">
    <h1>Browse by day</h1>
    {view.catalog.days.length === 0 ? (
      <p class="empty">The program has no day yet.</p>
    ) : (
      <DayCards view={view} />
    )}
  </SitePage>
);

/** One day of the program, as a list or as a table of rooms and times. */
export const DayPage: FC<{
  readonly view: View;
  readonly day: Day;
  readonly selection: Selection;
  readonly page: number;
  readonly asGrid: boolean;
}> = ({ view, day, selection, page, asGrid }) => {
  const { addresses, catalog, conferenceTimes } = view;
  const path = `/days/${day.name}`;
  const begin = day.sessions[0]?.startsAt ?? 0;
  const index = catalog.days.findIndex(({ name }) => name === day.name);
  const query = selectionQuery(selection);
  const whole = { ...selection, day: day.name };
  const listAt = (wanted: number) =>
    addresses.to(withQuery(path, query, wanted === 1 ? {} : { page: String(wanted) }));
  return (
    <SitePage
      view={view}
      title={conferenceTimes.longDay(begin)}
      current="/days"
      wide={asGrid}
      {...(!asGrid && { drawnFrom: foldId })}
      head={
        <ListHead view={view} path={path} query={query} title={conferenceTimes.longDay(begin)} />
      }
    >
      <div class="title-line">
        <h1>{conferenceTimes.longDay(begin)}</h1>
        <nav class="steps" aria-label="Days">
          <Step view={view} day={catalog.days[index - 1]} rel="prev" />
          <Step view={view} day={catalog.days[index + 1]} rel="next" />
        </nav>
      </div>
      <ClockChange view={view} day={day} />
      <p class="forms">
        <a href={addresses.to(withQuery(path, query))} aria-current={asGrid ? undefined : 'true'}>
          List
        </a>
        <a
          href={addresses.to(withQuery(path, query, { view: 'grid' }))}
          aria-current={asGrid ? 'true' : undefined}
        >
          Rooms and times
        </a>
      </p>
      {asGrid ? (
        <>
          <div class="list-head">
            <Filters
              view={view}
              path={path}
              selection={whole}
              fixed={['day']}
              keep={{ view: 'grid' }}
            />
          </div>
          <DayGrid view={view} sessions={select(catalog, whole)} />
        </>
      ) : (
        <>
          <TimeStrip view={view} sessions={select(catalog, whole)} page={page} at={listAt} />
          <BrowseList
            view={view}
            path={path}
            selection={selection}
            fixed={{ day: day.name }}
            page={page}
          />
        </>
      )}
    </SitePage>
  );
};

const Step: FC<{
  readonly view: View;
  readonly day: Day | undefined;
  readonly rel: 'prev' | 'next';
}> = ({ view, day, rel }) =>
  day === undefined ? null : (
    <a rel={rel} href={view.addresses.to(`/days/${day.name}`)}>
      {rel === 'prev' && <Icon name="previous" />}
      {view.conferenceTimes.day(day.sessions[0]?.startsAt ?? 0)}
      {rel === 'next' && <Icon name="next" />}
    </a>
  );

/** The present moment and the starts of the sessions that are listed, to jump to; some of them stand on another page of the list. */
const TimeStrip: FC<{
  readonly view: View;
  readonly sessions: readonly Session[];
  readonly page: number;
  /** The address of a page of the list. */
  readonly at: (page: number) => string;
}> = ({ view, sessions, page, at }) => {
  const shown = pageOf(sessions, page, sessionsPerPage).number;
  const pages = new Map<EpochMs, number>();
  for (const [index, { startsAt }] of sessions.entries()) {
    if (!pages.has(startsAt)) pages.set(startsAt, Math.floor(index / sessionsPerPage) + 1);
  }
  if (pages.size < 3 || pages.size > 60) return null;
  const to = (of: number, id: string) => `${of === shown ? '' : at(of)}#${id}`;
  const coming = nextStart([...pages.keys()], view.now);
  return (
    <nav class="strip" aria-label="Times of this day">
      {coming !== undefined && (
        <a class="now" href={to(pages.get(coming) ?? shown, nowId)}>
          Now
        </a>
      )}
      {[...pages].map(([start, of]) => (
        <a href={to(of, startAnchor(start, view.conference.zone))}>{view.times.clock(start)}</a>
      ))}
    </nav>
  );
};

/** Said on a day on which the clocks of the conference are changed. */
const ClockChange: FC<{ readonly view: View; readonly day: Day }> = ({ view, day }) => {
  const { conference, conferenceTimes } = view;
  const starts = day.sessions.map(({ startsAt }) => startsAt);
  const [first = 0, last = 0] = [starts[0], day.sessions.at(-1)?.endsAt];
  const [before, after] = [offsetAt(first, conference.zone), offsetAt(last, conference.zone)];
  if (before === after) return null;
  return (
    <p class="clock-change">
      The clocks go {after > before ? 'forward' : 'back'} on this day: from{' '}
      {conferenceTimes.zone(first)} to {conferenceTimes.zone(last)}.
    </p>
  );
};
