import type { FC } from 'hono/jsx';
import type { Part } from '../../program/calendar/parts.js';
import type { Key } from '../../program/model.js';
import { roleName } from '../../program/role-names.js';
import { toIso } from '../../program/time.js';
import { PostLinks } from '../share/official-posts.js';
import { Icon } from '../shell/icons.js';
import type { View } from '../shell/view.js';
import type { OfficialPost } from '../web-context.js';
import { MetaLine } from './meta-line.js';

/** What somebody takes part in, and where each part is ready to be shared. */
export const PartList: FC<{
  readonly view: View;
  readonly parts: readonly Part[];
  /** The posts that stand, by session; without, none are named. */
  readonly posts?: ReadonlyMap<Key, readonly OfficialPost[]>;
}> = ({ view, parts, posts }) => (
  <ol class="parts">
    {parts.map((part) => (
      <PartRow view={view} part={part} posts={posts?.get(part.session.key) ?? []} />
    ))}
  </ol>
);

const PartRow: FC<{
  readonly view: View;
  readonly part: Part;
  readonly posts: readonly OfficialPost[];
}> = ({ view, part, posts }) => {
  const { addresses, catalog, times } = view;
  const { session, presentation, roles } = part;
  const at = presentation?.startsAt ?? session.startsAt;
  const room = catalog.lookup.room(session.room)?.name;
  const isOff = session.cancelled || presentation?.cancelled === true;
  const title = presentation?.title ?? session.title;
  return (
    <li class={isOff ? 'row off' : 'row'} data-session={session.key}>
      <p class="roles">{roles.map((role) => roleName(role)).join(', ')}</p>
      <a
        class="title"
        href={addresses.to(
          presentation ? `/presentations/${presentation.key}` : `/sessions/${session.key}`,
        )}
        dir="auto"
      >
        {title}
      </a>
      {isOff && <span class="tag alarm">Cancelled</span>}
      <MetaLine facts={[room]}>
        <time datetime={toIso(at)}>
          {times.day(at)}, {times.clock(at)}
        </time>
      </MetaLine>
      {presentation && (
        <p class="names">
          In{' '}
          <a href={addresses.to(`/sessions/${session.key}`)} dir="auto">
            {session.title}
          </a>
        </p>
      )}
      <PostLinks view={view} posts={posts} />
      {!isOff && (
        <p class="part-share">
          <a href={addresses.to(`/sessions/${session.key}/share`)}>
            <Icon name="share" />
            Posts, texts and picture to share
            <span class="unseen" dir="auto">
              : {title}
            </span>
          </a>
        </p>
      )}
    </li>
  );
};
