import type { FC } from 'hono/jsx';
import { grouped } from '../../program/calendar/catalog.js';
import { dayOf } from '../../program/calendar/day.js';
import type { Person, Session } from '../../program/model.js';
import { toIso, type EpochMs } from '../../program/time.js';
import { languageOf } from '../language.js';
import type { View } from '../shell/view.js';
import { MetaLine } from './meta-line.js';
import { OtherDay } from './other-day.js';
import { startAnchor } from './start-anchor.js';

/** A list of sessions by day and time. */
export interface SessionListProps {
  readonly view: View;
  readonly sessions: readonly Session[];
  /** The last one of the page before, where a list has several. */
  readonly before?: Session | undefined;
  /** A heading for each day; without, the page itself says which day it is. */
  readonly withDays?: boolean;
  /** Level of the first headings. */
  readonly level?: 2 | 3;
}

/** The row of a list at which the first screen of a page is full, on a desk too; it comes with the first round trip of a connection. */
export const foldRow = 12;

/** What stands at the fold: pages that are drawn no earlier than it is there have it once. */
export const foldId = 'fold';

/** What stands at the mark of the present moment. */
export const nowId = 'now';

/** The first start that has not come, of a list that has begun, in order: before it stands the mark of the present moment. */
export function nextStart(starts: readonly EpochMs[], now: EpochMs): EpochMs | undefined {
  return (starts[0] ?? Infinity) <= now ? starts.find((at) => at > now) : undefined;
}

/** Sessions under the times at which they begin. */
export const SessionList: FC<SessionListProps> = (props) => {
  const { view, sessions, before, withDays, level = 2 } = props;
  const { addresses, conference, conferenceTimes } = view;
  const fold = sessions[foldRow - 1];
  if (withDays !== true) {
    return (
      <Times view={view} sessions={sessions} before={before} fold={fold} level={level} prefix="" />
    );
  }
  const Heading = level === 2 ? 'h2' : 'h3';
  return (
    <>
      {[...grouped(sessions, ({ startsAt }) => dayOf(startsAt, conference.zone))].map(
        ([day, those]) => (
          <section class="day" id={`d${day}`}>
            <Heading>
              <a href={addresses.to(`/days/${day}`)}>
                {conferenceTimes.longDay(those[0]?.startsAt ?? 0)}
              </a>
            </Heading>
            <Times
              view={view}
              sessions={those}
              before={
                before && dayOf(before.startsAt, conference.zone) === day ? before : undefined
              }
              fold={fold}
              level={level === 2 ? 3 : undefined}
              prefix={`d${day}-`}
            />
          </section>
        ),
      )}
    </>
  );
};

const Times: FC<{
  readonly view: View;
  readonly sessions: readonly Session[];
  /** What stands before them on the same day, on another page. */
  readonly before: Session | undefined;
  readonly fold: Session | undefined;
  readonly level: 2 | 3 | undefined;
  /** Of the ids of the starts, where one page has several days. */
  readonly prefix: string;
}> = ({ view, sessions, before, fold, level, prefix }) => {
  const { now, times, conference } = view;
  const Heading = level === 2 ? 'h2' : level === 3 ? 'h3' : 'h4';
  const starts = [...grouped(sessions, ({ startsAt }) => startsAt)];
  const all = [...(before ? [before] : []), ...sessions];
  const coming = nextStart(
    all.map(({ startsAt }) => startsAt),
    now,
  );
  return (
    <>
      {starts.map(([at, those]) => (
        <section class="start">
          {at === coming && (
            <p class="now-mark" id={nowId}>
              <span>Now, {times.clock(now)}</span>
            </p>
          )}
          <Heading id={`${prefix}${startAnchor(at, conference.zone)}`}>
            <time datetime={toIso(at)}>{times.clock(at)}</time>
            <OtherDay view={view} at={at} under={dayOf(at, conference.zone)} />
          </Heading>
          <ol class="sessions">
            {those.map((session) => (
              <SessionRow view={view} session={session} isFold={session === fold} />
            ))}
          </ol>
        </section>
      ))}
    </>
  );
};

/** One session as an item of a list: its title leads to its page. */
export const SessionRow: FC<{
  readonly view: View;
  readonly session: Session;
  /** Said before the title, where no heading says when. */
  readonly withTime?: boolean;
  readonly isFold?: boolean;
}> = ({ view, session, withTime, isFold }) => {
  const { addresses, catalog, times, now } = view;
  const { lookup } = catalog;
  const { key, startsAt, endsAt, cancelled } = session;
  const room = lookup.room(session.room)?.name;
  const unit = lookup.unit(session.unit)?.name;
  const isOn = startsAt <= now && now < endsAt && !cancelled;
  const names = namesOf(session, (person) => lookup.person(person));
  return (
    <li
      class={cancelled ? 'row off' : isOn ? 'row on' : endsAt <= now ? 'row past' : 'row'}
      id={isFold === true ? foldId : undefined}
      data-session={key}
    >
      <a
        class="title"
        href={addresses.to(`/sessions/${key}`)}
        dir="auto"
        lang={languageOf(view, session)}
      >
        {session.title}
      </a>
      {cancelled && <span class="tag alarm">Cancelled</span>}
      {isOn && <span class="tag live">Now</span>}
      <MetaLine facts={[room, session.type, unit]}>
        {withTime === true ? `${times.day(startsAt)}, ` : ''}
        {times.clock(startsAt)}–{times.clock(endsAt)}
      </MetaLine>
      {names !== '' && (
        <p class="names" dir="auto">
          {names}
        </p>
      )}
    </li>
  );
};

/** Names that fit in one line; the page has all of them. */
const mostNames = 4;

function namesOf(session: Session, person: (key: string) => Person | undefined): string {
  const given = [...session.people, ...session.presentations.flatMap(({ people }) => people)];
  const keys = [...new Set(given.map((one) => one.person))];
  const names = keys.slice(0, mostNames).flatMap((key) => person(key)?.name ?? []);
  const more = keys.length - names.length;
  return more > 0 ? `${names.join(', ')} and ${more} more` : names.join(', ');
}
