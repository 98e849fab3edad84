import type { Child, FC } from 'hono/jsx';
import { dayOf, offsetAt } from '../program/calendar/day.js';
import type { Link, Session } from '../program/model.js';
import { toIso, type EpochMs } from '../program/time.js';
import { placeAround } from './place-words.js';
import { hostOf, safeAddress } from './safe-address.js';
import { Icon } from './shell/icons.js';
import type { View } from './shell/view.js';
import { sameDay, timeWords, type TimeWords } from './time-words.js';

/** A span of time as a page says it. */
interface Span {
  readonly startsAt: EpochMs;
  readonly endsAt: EpochMs;
}

/** When: in the conference's zone, in the visitor's where that is another, and in UTC. */
export const When: FC<{ readonly view: View; readonly span: Span }> = ({ view, span }) => {
  const { conference, conferenceTimes, times, zone, preferences } = view;
  const { startsAt, endsAt } = span;
  const offset = offsetAt(startsAt, conference.zone);
  return (
    <div>
      <dt>When</dt>
      <dd>
        <span class="day-name">{conferenceTimes.longDay(startsAt)}</span>
        <span class="hours">
          <time datetime={toIso(startsAt)}>{conferenceTimes.clock(startsAt)}</time>–
          <time datetime={toIso(endsAt)}>{ending(span, conferenceTimes, conference.zone)}</time>{' '}
          {conferenceTimes.zone(startsAt)}
        </span>
        {zone !== conference.zone && (
          <span class="hours own">
            <Elsewhere span={span} words={times} zone={zone} base={conference.zone} />{' '}
            {times.zone(startsAt)}, your zone
          </span>
        )}
        <span
          class="quiet"
          data-start={String(startsAt)}
          data-end={String(endsAt)}
          data-offset={String(offset)}
          data-clock={preferences.clock}
        >
          {offset !== 0 && (
            <>
              <Elsewhere
                span={span}
                words={timeWords('UTC', preferences)}
                zone="UTC"
                base={conference.zone}
              />{' '}
              UTC
            </>
          )}
        </span>
      </dd>
    </div>
  );
};

/** When a part begins: in the conference's zone, and in the visitor's where that is another. */
export const Begin: FC<{ readonly view: View; readonly at: EpochMs }> = ({ view, at }) => {
  const { conference, conferenceTimes, times, zone } = view;
  return (
    <p class="begin" lang="en">
      <time datetime={toIso(at)}>{conferenceTimes.clock(at)}</time>
      {zone !== conference.zone && (
        <>
          {' '}
          {conferenceTimes.zone(at)}{' '}
          <span class="own">
            {beginning(at, times, zone, conference.zone)} {times.zone(at)}
          </span>
        </>
      )}
    </p>
  );
};

/** The same hours on another clock, with the day where it differs. */
const Elsewhere: FC<{
  readonly span: Span;
  readonly words: TimeWords;
  readonly zone: string;
  /** The zone in which the hours were said before. */
  readonly base: string;
}> = ({ span, words, zone, base }) => (
  <>
    {beginning(span.startsAt, words, zone, base)}–{ending(span, words, zone)}
  </>
);

function beginning(at: EpochMs, words: TimeWords, zone: string, base: string): string {
  const isSameDay = dayOf(at, zone) === dayOf(at, base);
  return isSameDay ? words.clock(at) : `${words.day(at)}, ${words.clock(at)}`;
}

function ending({ startsAt, endsAt }: Span, words: TimeWords, zone: string): string {
  return sameDay(startsAt, endsAt, zone)
    ? words.clock(endsAt)
    : `${words.day(endsAt)} ${words.clock(endsAt)}`;
}

/** Where, with building and floor; nothing without a room. */
export const Where: FC<{ readonly view: View; readonly session: Session }> = ({
  view,
  session,
}) => {
  const room = view.catalog.lookup.room(session.room);
  if (room === undefined) return null;
  const around = placeAround(room);
  return (
    <div>
      <dt>Where</dt>
      <dd>
        <a href={view.addresses.to(`/rooms/${room.key}`)} dir="auto">
          {room.name}
        </a>
        {around !== '' && (
          <span class="quiet" dir="auto">
            {around}
          </span>
        )}
      </dd>
    </div>
  );
};

/** Unit and type of a session, each leading to its page. */
export const Belonging: FC<{ readonly view: View; readonly session: Session }> = ({
  view,
  session,
}) => {
  const { addresses, catalog, conference } = view;
  const unit = catalog.lookup.unit(session.unit);
  const type = catalog.types.find(({ name }) => name === session.type);
  if (!unit && !type) return null;
  return (
    <p class="eyebrow">
      {unit && (
        <span>
          {conference.unitLabel}:{' '}
          <a href={addresses.to(`/units/${unit.key}`)} dir="auto">
            {unit.name}
          </a>
        </span>
      )}
      {type && (
        <a class="tag" href={addresses.to(`/types/${type.slug}`)} dir="auto">
          {type.name}
        </a>
      )}
    </p>
  );
};

/** Leads to stream and recording. */
export const Watch: FC<{ readonly session: Session }> = ({ session }) => {
  const stream = safeAddress(session.stream);
  const recording = safeAddress(session.recording);
  if (stream === undefined && recording === undefined) return null;
  return (
    <p class="watch">
      {stream !== undefined && (
        <a class="button strong" href={stream} rel="noopener noreferrer">
          <Icon name="stream" />
          Watch the stream
        </a>
      )}
      {recording !== undefined && (
        <a class="button strong" href={recording} rel="noopener noreferrer">
          <Icon name="play" />
          Watch the recording
        </a>
      )}
    </p>
  );
};

/** Plain text as paragraphs, which are parted by an empty line. */
export const Paragraphs: FC<{ readonly text: string | undefined; readonly title?: Child }> = ({
  text,
  title,
}) => {
  const paragraphs = (text ?? '').split(/\n\s*\n/).filter((part) => part.trim() !== '');
  if (paragraphs.length === 0) return null;
  return (
    <section class="abstract">
      {title !== undefined && <h2>{title}</h2>}
      {paragraphs.map((paragraph) => (
        <p dir="auto">{paragraph.trim()}</p>
      ))}
    </section>
  );
};

/** Further addresses that the program gives; unsafe ones are left out. */
export const Links: FC<{
  readonly links: readonly Link[];
  readonly source?: string | undefined;
}> = (props) => {
  const own: Link[] = props.source === undefined ? [] : [{ url: props.source }];
  const links = [...props.links, ...own].flatMap((link) => {
    const url = safeAddress(link.url);
    return url === undefined ? [] : [{ url, title: link.title ?? hostOf(url) }];
  });
  if (links.length === 0) return null;
  return (
    <section class="links">
      <h2>Links</h2>
      <ul>
        {links.map((link) => (
          <li>
            <a href={link.url} rel="noopener noreferrer nofollow" dir="auto">
              {link.title}
            </a>{' '}
            <span class="quiet">{link.title === hostOf(link.url) ? '' : hostOf(link.url)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
};
