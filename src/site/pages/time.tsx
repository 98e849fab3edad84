import type { FC } from 'hono/jsx';
import { grouped, type StartTime } from '../../program/calendar/catalog.js';
import { dayOf } from '../../program/calendar/day.js';
import { select, selectionQuery, type Selection } from '../../program/calendar/selection.js';
import { FeedLinks, ListHead } from '../browse/feed-links.js';
import { OtherDay } from '../browse/other-day.js';
import { SessionRow } from '../browse/session-list.js';
import { SitePage } from '../shell/site-page.js';
import type { View } from '../shell/view.js';
import { counted } from '../time-words.js';

/** Browse by time: every start of the meeting, by day. */
export const TimesPage: FC<{ readonly view: View }> = ({ view }) => {
  const { catalog, conference, conferenceTimes, times, addresses, now } = view;
  const days = grouped(catalog.times, ({ at }) => dayOf(at, conference.zone));
  return (
    <SitePage view={view} title="Browse by time" current="/times">
      <h1>Browse by time</h1>
      {catalog.times.length === 0 && <p class="empty">The program has no time yet.</p>}
      {[...days].map(([day, starts]) => (
        <section>
          <h2>
            <a href={addresses.to(`/days/${day}`)}>{conferenceTimes.longDay(starts[0]?.at ?? 0)}</a>
          </h2>
          <ol class="starts">
            {starts.map(({ at, name, sessions }) => (
              <li class={at < now ? 'past' : undefined}>
                <a href={addresses.to(`/times/${name}`)}>
                  <b>{times.clock(at)}</b>
                  <OtherDay view={view} at={at} under={day} />
                  <span>{counted(sessions.length, 'session')}</span>
                </a>
              </li>
            ))}
          </ol>
        </section>
      ))}
    </SitePage>
  );
};

/** What begins at one moment. */
export const TimePage: FC<{
  readonly view: View;
  readonly time: StartTime;
  readonly selection: Selection;
}> = ({ view, time, selection }) => {
  const { catalog, times, addresses } = view;
  const index = catalog.times.indexOf(time);
  const [before, after] = [catalog.times[index - 1], catalog.times[index + 1]];
  const kept = new Set(select(catalog, selection).map(({ key }) => key));
  const sessions = time.sessions.filter(({ key }) => kept.has(key));
  const path = `/times/${time.name}`;
  const query = selectionQuery(selection);
  const title = `${times.longDay(time.at)}, ${times.clock(time.at)} ${times.zone(time.at)}`;
  return (
    <SitePage
      view={view}
      title={title}
      current="/times"
      head={<ListHead view={view} path={path} query={query} title={title} />}
    >
      <div class="title-line">
        <h1>{title}</h1>
        <nav class="steps" aria-label="Times">
          {before && (
            <a rel="prev" href={addresses.to(`/times/${before.name}`)}>
              {times.clock(before.at)}
            </a>
          )}
          {after && (
            <a rel="next" href={addresses.to(`/times/${after.name}`)}>
              {times.clock(after.at)}
            </a>
          )}
        </nav>
      </div>
      <p class="count">{counted(sessions.length, 'session')}</p>
      <ol class="sessions">
        {sessions.map((session) => (
          <SessionRow view={view} session={session} />
        ))}
      </ol>
      <FeedLinks view={view} path={path} query={query} />
    </SitePage>
  );
};
