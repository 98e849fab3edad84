import type { FC } from 'hono/jsx';
import { networks } from '../../campaign/network.js';
import { toIso } from '../../program/time.js';
import { safeAddress } from '../safe-address.js';
import { NetworkGlyph } from '../shell/network-glyphs.js';
import type { View } from '../shell/view.js';
import type { OfficialPost } from '../web-context.js';
import { networkNames } from './share-menu.js';

interface PostsProps {
  readonly view: View;
  readonly posts: readonly OfficialPost[];
}

/** The meeting's own posts about a session. */
export const OfficialPosts: FC<PostsProps> = ({ view, posts }) =>
  posts.some(({ address }) => safeAddress(address) !== undefined) ? (
    <section class="links posts">
      <h2>Posts of the meeting</h2>
      <PostLinks view={view} posts={posts} />
    </section>
  ) : null;

/** Leads to the posts that have an address; nothing where none has. */
export const PostLinks: FC<PostsProps> = ({ view, posts }) => {
  const { times, addresses } = view;
  const shown = posts.flatMap((post) => {
    const page = safeAddress(post.address);
    return page === undefined ? [] : [{ ...post, page }];
  });
  if (shown.length === 0) return null;
  // Posts of one network stay in their order.
  shown.sort((one, other) => networks.indexOf(one.network) - networks.indexOf(other.network));
  return (
    <ul class="post-links">
      {shown.map(({ network, page, at, isPreview }) => (
        <li>
          <a
            href={isPreview ? addresses.to(`/preview?network=${network}`) : page}
            rel="noopener noreferrer"
          >
            <NetworkGlyph network={network} />
            {networkNames[network]}
            {isPreview ? ' (preview)' : ''},{' '}
            <time datetime={toIso(at)}>{`${times.day(at)} ${times.clock(at)}`}</time>
          </a>
        </li>
      ))}
    </ul>
  );
};
