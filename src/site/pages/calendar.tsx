import type { FC } from 'hono/jsx';
import { conferenceLinkedData } from '../../program/exports/linked-data.js';
import { standingAt } from '../../program/calendar/standing.js';
import type { Session } from '../../program/model.js';
import { FeedLinks, ListHead } from '../browse/feed-links.js';
import { OtherDay } from '../browse/other-day.js';
import { SessionRow } from '../browse/session-list.js';
import { aboutPage, LinkedData } from '../linked-data.js';
import { SitePage } from '../shell/site-page.js';
import type { View } from '../shell/view.js';
import { counted, relativeWords } from '../time-words.js';

/** Sessions of one moment that the home page shows; the rest is a link away. */
const mostShown = 12;

/** The home page: what is on now and next, and the days. */
export const CalendarPage: FC<{ readonly view: View }> = ({ view }) => {
  const { catalog, conference, conferenceTimes, now } = view;
  const standing = standingAt(catalog, now);
  const first = catalog.sessions[0];
  const last = catalog.sessions.at(-1);
  return (
    <SitePage
      view={view}
      current="/"
      head={
        <>
          <ListHead view={view} path="/" query="" title={conference.name} />
          <LinkedData
            value={conferenceLinkedData(
              catalog.lookup,
              aboutPage(view, { title: conference.name, path: '/' }),
            )}
          />
        </>
      }
    >
      <h1 dir="auto">{conference.name}</h1>
      {first && last ? (
        <p class="lead">
          {conferenceTimes.longDay(first.startsAt)}
          {catalog.days.length > 1 && <> to {conferenceTimes.longDay(last.startsAt)}</>} ·{' '}
          {counted(catalog.sessions.length, 'session')}
          {standing.phase === 'before' && <> · begins {relativeWords(first.startsAt, now)}</>}
          {standing.phase === 'after' && <> · this meeting is over</>}
        </p>
      ) : (
        <p class="empty">
          The program has not been read yet, or holds no session. Look again in a moment.
        </p>
      )}
      {standing.now.length > 0 && (
        <Moment view={view} title="Now" sessions={standing.now} at={undefined} />
      )}
      {standing.next.length > 0 && (
        <Moment
          view={view}
          title={`Next, ${relativeWords(standing.next[0]?.startsAt ?? now, now)}`}
          sessions={standing.next}
          at={standing.next[0]?.startsAt}
        />
      )}
      {catalog.days.length > 0 && (
        <section>
          <h2>Days</h2>
          <DayCards view={view} />
        </section>
      )}
      {catalog.sessions.length > 0 && <FeedLinks view={view} path="/" query="" />}
    </SitePage>
  );
};

const Moment: FC<{
  readonly view: View;
  readonly title: string;
  readonly sessions: readonly Session[];
  readonly at: number | undefined;
}> = ({ view, title, sessions, at }) => {
  const time = view.catalog.times.find((one) => one.at === at);
  const rest = sessions.length - mostShown;
  return (
    <section class="moment">
      <h2>{title}</h2>
      <ol class="sessions">
        {sessions.slice(0, mostShown).map((session) => (
          <SessionRow view={view} session={session} />
        ))}
      </ol>
      {rest > 0 && (
        <p>
          <a href={view.addresses.to(time ? `/times/${time.name}` : '/now')}>
            {counted(rest, 'more session')}
          </a>
        </p>
      )}
    </section>
  );
};

/** The days of the meeting, each leading to its page. */
export const DayCards: FC<{ readonly view: View }> = ({ view }) => {
  const { catalog, conferenceTimes, times, addresses } = view;
  return (
    <ol class="days">
      {catalog.days.map(({ name, sessions }) => {
        const begin = sessions[0]?.startsAt ?? 0;
        return (
          <li>
            <a href={addresses.to(`/days/${name}`)}>
              <b>{conferenceTimes.day(begin)}</b>
              <span>{counted(sessions.length, 'session')}</span>
              <span>
                from <OtherDay view={view} at={begin} under={name} /> {times.clock(begin)}
              </span>
            </a>
          </li>
        );
      })}
    </ol>
  );
};

/** Everything that is on at this minute. */
export const NowPage: FC<{ readonly view: View }> = ({ view }) => {
  const { now } = standingAt(view.catalog, view.now);
  return (
    <SitePage view={view} title="On now" current="/">
      <h1>On now</h1>
      {now.length === 0 ? (
        <p class="empty">
          Nothing is on at this minute. <a href={view.addresses.to('/')}>See what comes next</a>.
        </p>
      ) : (
        <ol class="sessions">
          {now.map((session) => (
            <SessionRow view={view} session={session} />
          ))}
        </ol>
      )}
    </SitePage>
  );
};
