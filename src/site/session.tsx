import type { FC } from 'hono/jsx';
import type { Picture } from '../compose/content.js';
import type { ProgramLookup } from '../program/lookup.js';
import type { Link, Session } from '../program/model.js';
import { toIso, type EpochMs } from '../program/time.js';
import type { AssetAddresses } from './assets.js';
import { Brand, Page } from './page.js';
import { CastList } from './cast-list.js';
import { safeAddress, hostOf } from './safe-address.js';
import { Presentations } from './presentations.js';
import { SocialTags } from './social-tags.js';
import { sameDay, timeWords } from './time-words.js';
import type { Conference } from './web-context.js';

/** What the page of a session shows. */
export interface SessionPageProps {
  readonly assets: AssetAddresses;
  readonly conference: Conference;
  /** Public address of the program site. */
  readonly site: string;
  readonly program: ProgramLookup;
  readonly version: number;
  readonly session: Session;
  readonly picture: Picture | undefined;
}

/** The plain page of a session; the program site will stand at the same addresses. */
export const SessionPage: FC<SessionPageProps> = (props) => {
  const { conference, program, session } = props;
  const unit = program.unit(session.unit);
  return (
    <Page
      assets={props.assets}
      title={`${session.title} · ${conference.name}`}
      styles={['session.css']}
      bodyClass="reading"
      head={
        <SocialTags
          session={session}
          conference={conference}
          site={props.site}
          program={program}
          picture={props.picture}
        />
      }
    >
      <header class="masthead">
        <p class="conference" dir="auto">
          {conference.name}
        </p>
        <Brand />
      </header>
      <main id="content" tabindex={-1}>
        <article lang={session.languages[0] ?? program.program.language}>
          <div class="heading">
            {(unit !== undefined || session.type !== undefined) && (
              <p class="eyebrow">
                {unit !== undefined && (
                  <span lang="en">
                    {conference.unitLabel}: <span dir="auto">{unit.name}</span>
                  </span>
                )}
                {session.type !== undefined && (
                  <span class="type" dir="auto">
                    {session.type}
                  </span>
                )}
              </p>
            )}
            <h1 dir="auto">{session.title}</h1>
            {session.subtitle !== undefined && (
              <p class="subtitle" dir="auto">
                {session.subtitle}
              </p>
            )}
            {session.cancelled && (
              <p class="cancelled" lang="en">
                <strong>Cancelled.</strong> This session does not take place.
              </p>
            )}
          </div>
          <dl class="facts" lang="en">
            <When session={session} zone={conference.zone} />
            <Where session={session} program={program} />
            <CastList people={session.people} program={program} />
          </dl>
          <Watch session={session} />
          <Paragraphs text={session.abstract} />
          <Presentations session={session} program={program} zone={conference.zone} />
          <Links links={session.links} source={session.url} />
        </article>
      </main>
      <footer class="colophon">
        <p>
          Version {props.version} of the program of <span dir="auto">{conference.name}</span>. Times
          are those of {conference.zone.replaceAll('_', ' ')}.
        </p>
      </footer>
    </Page>
  );
};

const When: FC<{ readonly session: Session; readonly zone: string }> = ({ session, zone }) => {
  const { startsAt, endsAt } = session;
  const words = timeWords(zone);
  const utc = timeWords('UTC');
  const until = (at: EpochMs, said: typeof words, inZone: string) =>
    sameDay(startsAt, at, inZone) ? said.clock(at) : `${said.day(at)} ${said.clock(at)}`;
  return (
    <div>
      <dt>When</dt>
      <dd>
        <span class="day">{words.longDay(startsAt)}</span>
        <span class="hours">
          <time datetime={toIso(startsAt)}>{words.clock(startsAt)}</time>–
          <time datetime={toIso(endsAt)}>{until(endsAt, words, zone)}</time> {words.zone(startsAt)}
        </span>
        <span class="quiet">
          {words.day(startsAt) === utc.day(startsAt) ? '' : `${utc.day(startsAt)}, `}
          {utc.clock(startsAt)}–{until(endsAt, utc, 'UTC')} UTC
        </span>
      </dd>
    </div>
  );
};

const Where: FC<{ readonly session: Session; readonly program: ProgramLookup }> = (props) => {
  const room = props.program.room(props.session.room);
  if (room === undefined) return null;
  const around = [
    room.building,
    room.floor === undefined
      ? undefined
      : /\p{L}{2}/u.test(room.floor)
        ? room.floor
        : `Floor ${room.floor}`,
  ].filter((part) => part !== undefined);
  return (
    <div>
      <dt>Where</dt>
      <dd>
        <span dir="auto">{room.name}</span>
        {around.length > 0 && (
          <span class="quiet" dir="auto">
            {around.join(', ')}
          </span>
        )}
      </dd>
    </div>
  );
};

const Watch: FC<{ readonly session: Session }> = ({ session }) => {
  const stream = safeAddress(session.stream);
  const recording = safeAddress(session.recording);
  if (stream === undefined && recording === undefined) return null;
  return (
    <p class="watch" lang="en">
      {stream !== undefined && (
        <a href={stream} rel="noopener noreferrer">
          Watch the stream
        </a>
      )}
      {recording !== undefined && (
        <a href={recording} rel="noopener noreferrer">
          Watch the recording
        </a>
      )}
    </p>
  );
};

/** Plain text as paragraphs, which are parted by an empty line. */
export const Paragraphs: FC<{ readonly text: string | undefined }> = ({ text }) => {
  const paragraphs = (text ?? '').split(/\n\s*\n/).filter((part) => part.trim() !== '');
  if (paragraphs.length === 0) return null;
  return (
    <div class="abstract">
      {paragraphs.map((paragraph) => (
        <p dir="auto">{paragraph.trim()}</p>
      ))}
    </div>
  );
};

const Links: FC<{ readonly links: readonly Link[]; readonly source: string | undefined }> = (
  props,
) => {
  const own: Link[] = props.source === undefined ? [] : [{ url: props.source }];
  const links = [...props.links, ...own].flatMap((link) => {
    const url = safeAddress(link.url);
    return url === undefined ? [] : [{ url, title: link.title ?? hostOf(url) }];
  });
  if (links.length === 0) return null;
  return (
    <section class="links">
      <h2 lang="en">Links</h2>
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
