import type { FC } from 'hono/jsx';
import { grouped } from '../../program/calendar/catalog.js';
import { dayOf, type DayName } from '../../program/calendar/day.js';
import { toIso } from '../../program/time.js';
import { OtherDay } from '../browse/other-day.js';
import { languageOf } from '../language.js';
import { SitePage } from '../shell/site-page.js';
import type { View } from '../shell/view.js';
import { counted } from '../time-words.js';
import type { Entry } from './schedule.js';
import { StarButton } from './star-button.js';

/** A visitor's own schedule, by day. */
export const SchedulePage: FC<{
  readonly view: View;
  readonly entries: readonly Entry[];
  /** Public address of the private calendar, where the visitor has an account. */
  readonly calendar: string | undefined;
  readonly isRenewed?: boolean;
}> = ({ view, entries, calendar, isRenewed = false }) => {
  const { addresses, conference, conferenceTimes } = view;
  const overlapping = entries.filter(({ overlaps }) => overlaps.length > 0).length;
  return (
    <SitePage
      view={view}
      title="My schedule"
      current="/schedule"
      styles={['schedule.css']}
      scripts={['stars.js']}
      head={<meta name="robots" content="noindex" />}
    >
      <h1>My schedule</h1>
      {isRenewed && (
        <p class="done" role="status">
          The private address is another now; the old one leads nowhere.
        </p>
      )}
      {entries.length === 0 ? (
        <p class="lead">
          Nothing is starred yet. Press <b>Star</b> on a session, beginning with{' '}
          <a href={addresses.to('/')}>the calendar</a>, and it stands here.
        </p>
      ) : (
        <p class="lead">
          {counted(entries.length, 'session')}
          {overlapping > 0 && `, of which ${String(overlapping)} overlap`}.
        </p>
      )}
      <div data-schedule>
        {[...grouped(entries, ({ session }) => dayOf(session.startsAt, conference.zone))].map(
          ([day, those]) => (
            <section class="day">
              <h2>
                <a href={addresses.to(`/days/${day}`)}>
                  {conferenceTimes.longDay(those[0]?.session.startsAt ?? 0)}
                </a>
              </h2>
              <ol class="schedule">
                {those.map((entry) => (
                  <ScheduleEntry view={view} entry={entry} day={day} />
                ))}
              </ol>
            </section>
          ),
        )}
      </div>
      <Keeping view={view} calendar={calendar} />
    </SitePage>
  );
};

const ScheduleEntry: FC<{
  readonly view: View;
  readonly entry: Entry;
  /** Under which it stands. */
  readonly day: DayName;
}> = ({ view, entry, day }) => {
  const { addresses, times, catalog } = view;
  const { session, isVanished, overlaps } = entry;
  const { key, title, startsAt, endsAt, cancelled } = session;
  const room = catalog.lookup.room(session.room)?.name;
  const isOff = isVanished || cancelled;
  return (
    <li class={isOff ? 'off' : undefined} id={key}>
      <p class="hours">
        <time datetime={toIso(startsAt)}>{times.clock(startsAt)}</time>–
        <time datetime={toIso(endsAt)}>{times.clock(endsAt)}</time>{' '}
        <OtherDay view={view} at={startsAt} under={day} />
      </p>
      <div>
        <h3 dir="auto">
          <a href={addresses.to(`/sessions/${key}`)} lang={languageOf(view, session)}>
            {title}
          </a>
        </h3>
        {room !== undefined && <p dir="auto">{room}</p>}
        {isVanished ? (
          <p class="problem">
            No longer in the program. It may come back; nobody said that it is cancelled.
          </p>
        ) : (
          cancelled && <p class="problem">Cancelled: it does not take place.</p>
        )}
        {overlaps.length > 0 && (
          <p class="overlap">
            Overlaps with{' '}
            {overlaps.map((other, at) => (
              <>
                {at > 0 && ', '}
                <a href={`#${other.key}`} dir="auto">
                  {other.title}
                </a>
              </>
            ))}
            .
          </p>
        )}
      </div>
      <StarButton view={view} session={key} title={title} isStarred />
    </li>
  );
};

const Keeping: FC<{ readonly view: View; readonly calendar: string | undefined }> = ({
  view,
  calendar,
}) => {
  const to = (path: string) => view.addresses.to(path);
  if (calendar === undefined) {
    return (
      <section class="keeping">
        <h2>Keep it</h2>
        <p>
          This schedule is kept in this browser.
          {view.canSignIn && (
            <>
              {' '}
              <a href={to('/sign-in?back=/schedule')}>Sign in</a> to have it on every device and to
              subscribe to it in your calendar.
            </>
          )}
        </p>
      </section>
    );
  }
  return (
    <section class="keeping">
      <h2>In your calendar</h2>
      <p>
        Subscribe to this private address; what moves or falls is moved or cancelled there, too.
      </p>
      <p>
        <a class="button" href={calendar.replace(/^https?:/, 'webcal:')}>
          Subscribe
        </a>
      </p>
      <p class="calendar-address">
        <a href={calendar}>{calendar}</a>
      </p>
      <form method="post" action={to('/schedule/address')}>
        <p class="quiet">Whoever knows the address sees your schedule.</p>
        <button type="submit" class="button">
          Make another address
        </button>
      </form>
    </section>
  );
};
