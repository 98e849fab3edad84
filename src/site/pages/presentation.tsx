import type { FC } from 'hono/jsx';
import type { Picture } from '../../compose/content.js';
import type { PresentationPlace } from '../../program/calendar/catalog.js';
import { presentationLinkedData } from '../../program/exports/linked-data.js';
import { CastList } from '../cast-list.js';
import { languageOf } from '../language.js';
import { aboutPage, LinkedData } from '../linked-data.js';
import { Belonging, Links, Paragraphs, Watch, When, Where } from '../session-facts.js';
import { Actions } from '../share/actions.js';
import { OfficialPosts } from '../share/official-posts.js';
import { presentationTexts } from '../share/presentation-texts.js';
import { SitePage } from '../shell/site-page.js';
import type { View } from '../shell/view.js';
import { SocialTags } from '../social-tags.js';
import type { OfficialPost } from '../web-context.js';

/** The page of one contribution: its abstract, its authors, and the session that it is part of. */
export const PresentationPage: FC<{
  readonly view: View;
  readonly place: PresentationPlace;
  readonly picture: Picture | undefined;
  readonly posts: readonly OfficialPost[];
}> = ({ view, place, picture, posts }) => {
  const { presentation, session } = place;
  const { addresses, catalog } = view;
  const path = `/presentations/${presentation.key}`;
  const cancelled = presentation.cancelled || session.cancelled;
  const startsAt = presentation.startsAt ?? session.startsAt;
  const endsAt =
    presentation.startsAt === undefined
      ? session.endsAt
      : (presentation.endsAt ?? nextStart(place) ?? session.endsAt);
  return (
    <SitePage
      view={view}
      title={presentation.title}
      current="/"
      scripts={['clipboard-copy.js']}
      head={
        <>
          <SocialTags
            view={view}
            path={path}
            title={presentation.title}
            subject={{ session, startsAt, cancelled, abstract: presentation.abstract }}
            picture={picture}
          />
          <LinkedData
            value={presentationLinkedData(
              catalog.lookup,
              place,
              aboutPage(view, { title: presentation.title, path }),
            )}
          />
        </>
      }
    >
      <article lang={session.languages[0] ?? catalog.lookup.program.language}>
        <div class="heading" lang="en">
          <Belonging view={view} session={session} />
          <h1 dir="auto" lang={languageOf(view, session)}>
            {presentation.title}
          </h1>
          {cancelled && (
            <p class="cancelled">
              <strong>Cancelled.</strong> This presentation does not take place.
            </p>
          )}
        </div>
        <Actions
          view={view}
          session={session}
          path={path}
          title={presentation.title}
          texts={presentationTexts(view, place)}
        />
        <dl class="facts" lang="en">
          <CastList view={view} people={presentation.people} />
          <When view={view} span={{ startsAt, endsAt }} />
          <Where view={view} session={session} />
          <div>
            <dt>Part of</dt>
            <dd>
              <a
                href={addresses.to(`/sessions/${session.key}`)}
                dir="auto"
                lang={languageOf(view, session)}
              >
                {session.title}
              </a>
            </dd>
          </div>
        </dl>
        <div lang="en">
          <Watch session={session} />
        </div>
        <Paragraphs text={presentation.abstract} title={<span lang="en">Abstract</span>} />
        <div lang="en">
          <Links links={presentation.links} />
          <Others view={view} place={place} />
          <OfficialPosts view={view} posts={posts} />
        </div>
      </article>
    </SitePage>
  );
};

/** A presentation that does not say its end ends where the next one begins. */
function nextStart({ presentation, session }: PresentationPlace): number | undefined {
  const begin = presentation.startsAt ?? 0;
  const later = session.presentations.flatMap(({ startsAt }) =>
    startsAt !== undefined && startsAt > begin ? [startsAt] : [],
  );
  return later.length === 0 ? undefined : Math.min(...later);
}

const Others: FC<{ readonly view: View; readonly place: PresentationPlace }> = ({
  view,
  place,
}) => {
  const others = place.session.presentations.filter(({ key }) => key !== place.presentation.key);
  if (others.length === 0) return null;
  return (
    <section class="links">
      <h2>In the same session</h2>
      <ul>
        {others.map(({ key, title }) => (
          <li>
            <a href={view.addresses.to(`/presentations/${key}`)} dir="auto">
              {title}
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
};
