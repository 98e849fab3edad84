import type { FC } from 'hono/jsx';
import { sessionLinkedData } from '../../program/exports/linked-data.js';
import { dayOf } from '../../program/calendar/day.js';
import { besides } from '../../program/calendar/standing.js';
import type { Presentation, Session } from '../../program/model.js';
import type { Picture } from '../../compose/content.js';
import { CastList } from '../cast-list.js';
import { languageOf } from '../language.js';
import { aboutPage, LinkedData } from '../linked-data.js';
import { FeedHead } from '../browse/feed-links.js';
import { SessionRow } from '../browse/session-list.js';
import { startAnchor } from '../browse/start-anchor.js';
import { Begin, Belonging, Links, Paragraphs, Watch, When, Where } from '../session-facts.js';
import { OfficialPosts } from '../share/official-posts.js';
import { Actions } from '../share/actions.js';
import type { ShareTexts } from '../share/share-menu.js';
import { SitePage } from '../shell/site-page.js';
import type { View } from '../shell/view.js';
import { SocialTags } from '../social-tags.js';
import { counted } from '../time-words.js';
import type { OfficialPost } from '../web-context.js';

/** What the page of a session shows. */
export interface SessionPageProps {
  readonly view: View;
  readonly session: Session;
  readonly picture: Picture | undefined;
  readonly posts: readonly OfficialPost[];
  readonly texts: ShareTexts;
}

/** Sessions at the same time that stand open; the rest is folded away. */
const mostBesides = 8;
/** So many are folded away at most: what lasts a whole day of a large meeting has hundreds beside it, which its day page shows better. */
const mostFolded = 60;

/** The page of a session, to which its posts lead. */
export const SessionPage: FC<SessionPageProps> = (props) => {
  const { view, session, picture, posts, texts } = props;
  const { catalog } = view;
  const { startsAt, cancelled, abstract } = session;
  const others = besides(catalog, session);
  const path = `/sessions/${session.key}`;
  return (
    <SitePage
      view={view}
      title={session.title}
      current="/"
      scripts={['clipboard-copy.js']}
      head={
        <>
          <SocialTags
            view={view}
            path={path}
            title={session.title}
            subject={{ session, startsAt, cancelled, abstract }}
            picture={picture}
          />
          <FeedHead view={view} path={path} query="" title={session.title} />
          <LinkedData
            value={sessionLinkedData(
              catalog.lookup,
              session,
              aboutPage(view, { title: session.title, path }),
            )}
          />
        </>
      }
    >
      <article lang={session.languages[0] ?? catalog.lookup.program.language}>
        <div class="heading" lang="en">
          <Belonging view={view} session={session} />
          <h1 dir="auto" lang={languageOf(view, session)}>
            {session.title}
          </h1>
          {session.subtitle !== undefined && (
            <p class="subtitle" dir="auto" lang={languageOf(view, session)}>
              {session.subtitle}
            </p>
          )}
          {cancelled && (
            <p class="cancelled">
              <strong>Cancelled.</strong> This session does not take place.
              {others.some((other) => !other.cancelled) && (
                <>
                  {' '}
                  <a href="#besides">See what else is on at that time</a>.
                </>
              )}
            </p>
          )}
        </div>
        <Actions view={view} session={session} path={path} title={session.title} texts={texts} />
        <dl class="facts" lang="en">
          <When view={view} span={session} />
          <Where view={view} session={session} />
          <CastList view={view} people={session.people} />
        </dl>
        <div lang="en">
          <Watch session={session} />
        </div>
        <Paragraphs text={abstract} />
        <Presentations view={view} session={session} />
        <div lang="en">
          <Links links={session.links} source={session.url} />
          <OfficialPosts view={view} posts={posts} />
          <Besides view={view} others={others} />
        </div>
      </article>
    </SitePage>
  );
};

/** The contributions of a session, in its order. */
const Presentations: FC<{ readonly view: View; readonly session: Session }> = ({
  view,
  session,
}) => {
  if (session.presentations.length === 0) return null;
  return (
    <section class="presentations">
      <h2 lang="en">Presentations</h2>
      <ol>
        {session.presentations.map((one) => (
          <PresentationItem view={view} presentation={one} />
        ))}
      </ol>
    </section>
  );
};

const PresentationItem: FC<{ readonly view: View; readonly presentation: Presentation }> = ({
  view,
  presentation,
}) => {
  const { key, title, startsAt, cancelled, people, abstract } = presentation;
  return (
    <li>
      {startsAt !== undefined && <Begin view={view} at={startsAt} />}
      <h3 dir="auto" class={cancelled ? 'off' : undefined}>
        <a href={view.addresses.to(`/presentations/${key}`)}>{title}</a>
        {cancelled && (
          <span class="tag alarm" lang="en">
            Cancelled
          </span>
        )}
      </h3>
      {people.length > 0 && (
        <dl class="facts" lang="en">
          <CastList view={view} people={people} />
        </dl>
      )}
      {abstract !== undefined && (
        <details>
          <summary lang="en">Abstract</summary>
          <p class="plain" dir="auto">
            {abstract}
          </p>
        </details>
      )}
    </li>
  );
};

/** What else is on while this session is. */
const Besides: FC<{ readonly view: View; readonly others: readonly Session[] }> = ({
  view,
  others,
}) => {
  if (others.length === 0) return null;
  const { conference, addresses, conferenceTimes } = view;
  const rest = others.slice(mostBesides, mostBesides + mostFolded);
  const beyond = others[mostBesides + mostFolded];
  const day = beyond && dayOf(beyond.startsAt, conference.zone);
  return (
    <section class="besides" id="besides">
      <h2>At the same time</h2>
      <ol class="sessions">
        {others.slice(0, mostBesides).map((other) => (
          <SessionRow view={view} session={other} />
        ))}
      </ol>
      {rest.length > 0 && (
        <details>
          <summary>{counted(rest.length, 'more session')}</summary>
          <ol class="sessions">
            {rest.map((other) => (
              <SessionRow view={view} session={other} />
            ))}
          </ol>
        </details>
      )}
      {beyond && day !== undefined && (
        <p>
          {counted(others.length - mostBesides - mostFolded, 'other')} from{' '}
          <a href={addresses.to(`/days/${day}#${startAnchor(beyond.startsAt, conference.zone)}`)}>
            {conferenceTimes.day(beyond.startsAt)}, {conferenceTimes.clock(beyond.startsAt)}
          </a>{' '}
          on.
        </p>
      )}
    </section>
  );
};
