import { AtUri } from '@atproto/api';
import type { Context, Hono } from 'hono';
import type { FeedContext, LivePost } from '../feeds/feed-context.js';
import type { Site } from '../shell/site.js';
import { didDocument, feedsOf, generatorCollection, serviceDid } from './feed-names.js';
import { skeletonOf } from './skeleton.js';

/**
 * Serves the meeting as feeds inside Bluesky: the site's identity, `app.bsky.feed.describeFeedGenerator` and `app.bsky.feed.getFeedSkeleton`
 * (https://docs.bsky.app/docs/starter-templates/custom-feeds). A site that can have no identity serves none of it and says why.
 */
export function serveFeedGenerator(app: Hono, site: Site, feeds: FeedContext): void {
  const { site: address } = site.context;
  const did = serviceDid(address);

  app.get('/.well-known/did.json', (c) =>
    did === undefined
      ? c.text(noIdentity(address), 404)
      : c.json(didDocument(did, address), 200, { 'Cache-Control': 'public, max-age=3600' }),
  );

  app.get('/xrpc/app.bsky.feed.describeFeedGenerator', async (c) => {
    if (did === undefined) return xrpcError(c, 501, 'MethodNotImplemented', noIdentity(address));
    const publisher =
      authoritiesOf(await feeds.livePosts())
        .values()
        .next().value ?? did;
    const { catalog } = await site.program();
    const named = feedsOf(catalog.lookup.program, site.context.conference().name);
    return c.json(
      {
        did,
        feeds: named.map(({ rkey }) => ({
          uri: AtUri.make(publisher, generatorCollection, rkey).toString(),
        })),
      },
      200,
      headers,
    );
  });

  app.get('/xrpc/app.bsky.feed.getFeedSkeleton', async (c) => {
    if (did === undefined) return xrpcError(c, 501, 'MethodNotImplemented', noIdentity(address));
    const limit = limitOf(c.req.query('limit'));
    if (limit === undefined) {
      return xrpcError(c, 400, 'InvalidRequest', 'limit must be a whole number from 1 to 100');
    }
    const feed = c.req.query('feed');
    const named = feed === undefined ? undefined : parsedFeed(feed);
    if (named === undefined) {
      return xrpcError(c, 400, 'InvalidRequest', 'feed must be the at-uri of a feed generator');
    }
    const [{ catalog }, posts] = await Promise.all([site.program(), feeds.livePosts()]);
    const authorities = authoritiesOf(posts);
    // Before the first post nobody knows whose feeds these are, and an empty one gives nothing away.
    const isOurs = authorities.size === 0 || named.host === did || authorities.has(named.host);
    const known = feedsOf(catalog.lookup.program, '').some(({ rkey }) => rkey === named.rkey);
    if (!isOurs || !known) return xrpcError(c, 400, 'UnknownFeed', 'there is no such feed here');
    const cursor = c.req.query('cursor');
    const skeleton = skeletonOf(catalog.lookup, posts, {
      limit,
      ...(named.rkey !== 'program' && { unit: named.rkey }),
      ...(cursor !== undefined && { cursor }),
    });
    return skeleton
      ? c.json(skeleton, 200, headers)
      : xrpcError(c, 400, 'InvalidRequest', 'this is no cursor that this feed gave');
  });

  app.all('/xrpc/*', (c) =>
    xrpcError(c, 501, 'MethodNotImplemented', 'this service generates feeds, and no more'),
  );
}

const headers = { 'Cache-Control': 'public, max-age=10', 'Access-Control-Allow-Origin': '*' };

/** The accounts that the posts are of: the feeds' records may stand in any of their repositories. */
function authoritiesOf(posts: readonly LivePost[]): ReadonlySet<string> {
  return new Set(
    posts.flatMap(({ uri }) => /^at:\/\/(did:[a-z]+:[\w.:%-]+)\//.exec(uri)?.[1] ?? []),
  );
}

/** As the lexicon has it: 1 to 100, 50 unless told. */
function limitOf(text: string | undefined): number | undefined {
  if (text === undefined) return 50;
  const limit = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  return limit >= 1 && limit <= 100 ? limit : undefined;
}

function parsedFeed(text: string): { readonly host: string; readonly rkey: string } | undefined {
  try {
    const { host, collection, rkey } = new AtUri(text);
    return collection === generatorCollection && rkey !== '' ? { host, rkey } : undefined;
  } catch {
    return undefined;
  }
}

/** As XRPC says errors (https://atproto.com/specs/xrpc#error-responses). */
function xrpcError(c: Context, status: 400 | 501, error: string, message: string): Response {
  return c.json({ error, message }, status, { ...headers, 'Cache-Control': 'no-store' });
}

function noIdentity(site: string): string {
  return `Feeds inside Bluesky need a site at https with a host name of its own, without port and path; this one is ${site}.\n`;
}
