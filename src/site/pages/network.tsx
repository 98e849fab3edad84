import type { FC } from 'hono/jsx';
import { toIso } from '../../program/time.js';
import { hostOf, safeAddress } from '../safe-address.js';
import { NetworkGlyph } from '../shell/network-glyphs.js';
import { Icon } from '../shell/icons.js';
import { SitePage } from '../shell/site-page.js';
import type { View } from '../shell/view.js';
import { counted } from '../time-words.js';
import type { OfficialPost, SocialAccount } from '../web-context.js';

/** The meeting on one network: its account, and its newest posts with the sessions that they are about. */
export const NetworkPage: FC<{
  readonly view: View;
  readonly account: SocialAccount;
  readonly posts: readonly OfficialPost[];
}> = ({ view, account, posts }) => {
  const { network, name } = account;
  const page = safeAddress(account.address);
  const { addresses, catalog, times, conference } = view;
  return (
    <SitePage view={view} title={`On ${name}`} current={`/networks/${network}`}>
      <h1>
        <span dir="auto">{conference.name}</span> on {name}
      </h1>
      {page === undefined ? (
        <p class="lead">Announcements for {name} are being rehearsed; the account opens later.</p>
      ) : (
        <p class="actions">
          <a class="button strong" href={page} rel="noopener noreferrer me">
            <NetworkGlyph network={network} />
            Open {hostOf(page)}
          </a>
        </p>
      )}
      <section>
        <h2>Newest posts</h2>
        {posts.length === 0 ? (
          <p class="empty">No post stands there yet. Each session is announced before it begins.</p>
        ) : (
          <>
            <p class="count">{counted(posts.length, 'post')}</p>
            <ul class="changes">
              {posts.map((post) => {
                const session = catalog.lookup.session(post.session);
                const address = safeAddress(post.address);
                return (
                  <li>
                    <time class="meta" datetime={toIso(post.at)}>
                      {`${times.day(post.at)}, ${times.clock(post.at)}`}
                    </time>
                    <a class="title" href={addresses.to(`/sessions/${post.session}`)} dir="auto">
                      {session?.title ?? 'A session that is no longer in the program'}
                    </a>
                    {address !== undefined && !post.isPreview && (
                      <a href={address} rel="noopener noreferrer">
                        <Icon name="link" />
                        The post
                      </a>
                    )}
                  </li>
                );
              })}
            </ul>
          </>
        )}
      </section>
    </SitePage>
  );
};
