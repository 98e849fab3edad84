import { LRUCache } from 'lru-cache';
import type { Network } from '../campaign/network.js';
import { leadsNowhere } from '../config/public-address.js';
import type { Context } from '../context.js';
import type { Key } from '../program/model.js';
import type { OfficialPost } from '../site/web-context.js';
import { newestPosts, postsAbout, type StandingPost } from '../storage/standing-posts.js';
import { briefly } from './briefly.js';

/** What the pages say of posts that stand. */
export interface OfficialPosts {
  about(session: Key): Promise<readonly OfficialPost[]>;
  newest(network: Network): Promise<readonly OfficialPost[]>;
}

const mostNewest = 50;

/** Looks into the ledger, for one session not more than twice a second. What stands in the preview is named on a site that nobody else reaches, and nowhere else: it leads to a page for organizers. */
export function createOfficialPosts({
  config,
  database,
  edition,
}: Pick<Context, 'config' | 'database' | 'edition'>): OfficialPosts {
  const hasPreviews = leadsNowhere(config.site);
  const shown = (posts: readonly OfficialPost[]) =>
    posts.filter(({ isPreview }) => hasPreviews || !isPreview);
  const sessions = new LRUCache<Key, () => Promise<readonly OfficialPost[]>>({ max: 2_000 });
  const networks = new Map<Network, () => Promise<readonly OfficialPost[]>>();
  return {
    about(session) {
      const known = sessions.get(session);
      if (known) return known();
      const ask = briefly(async () => {
        const posts = await postsAbout(database, edition.id, session);
        return shown(posts.map((post) => officialPost(post, session)));
      });
      sessions.set(session, ask);
      return ask();
    },
    newest(network) {
      const known = networks.get(network);
      if (known) return known();
      const ask = briefly(async () => {
        const posts = await newestPosts(database, edition.id, { network }, mostNewest);
        return shown(posts.map((post) => officialPost(post, post.sessions[0] ?? '')));
      });
      networks.set(network, ask);
      return ask();
    },
  };
}

function officialPost(post: StandingPost, session: Key): OfficialPost {
  return {
    announcement: post.announcement,
    session,
    network: post.network,
    address: post.permalink,
    at: post.acceptedAt,
    isPreview: post.account.startsWith('preview:'),
  };
}
