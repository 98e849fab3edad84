import { z } from 'zod';
import type { AccountId } from '../../campaign/network.js';
import { toIso } from '../../program/time.js';
import type { AccountVault } from '../../publish/publisher.js';
import { openClient, type Client } from './client.js';
import { BlueskyFailure } from './errors.js';
import { openLine, type LineOptions } from './line.js';
import { openSessions } from './sessions.js';

/** A feed as Bluesky lists it. Lexicon `app.bsky.feed.generator`. */
export interface FeedRecord {
  /** Its record key. */
  readonly rkey: string;
  /** At most 24 graphemes. */
  readonly displayName: string;
  /** At most 300 graphemes. */
  readonly description: string;
}

/** What announcing feeds needs. */
export interface AnnounceFeedsOptions extends LineOptions {
  readonly account: AccountId;
  readonly vault: AccountVault;
  /** The identity of the site that serves them: `did:web:program.example.org`. */
  readonly did: string;
  readonly feeds: readonly FeedRecord[];
  /** Takes the records of this site away whose feed is not among these any more. */
  readonly removeOthers: boolean;
  readonly signal: AbortSignal;
}

/** What came of it, by record key. */
export type AnnouncedFeeds =
  | {
      readonly kind: 'announced';
      /** The account's DID, by which the feeds are addressed. */
      readonly repository: string;
      readonly added: readonly string[];
      readonly changed: readonly string[];
      readonly unchanged: readonly string[];
      readonly removed: readonly string[];
      /** Of this site, without a feed here any more, and left standing: people may have pinned them. */
      readonly left: readonly string[];
    }
  | { readonly kind: 'failed'; readonly reason: string };

const collection = 'app.bsky.feed.generator';
const mostPages = 20;

const record = z.looseObject({
  did: z.string(),
  displayName: z.string(),
  description: z.string().optional(),
  createdAt: z.string(),
});

interface Standing {
  readonly rkey: string;
  readonly cid: string;
  readonly value: z.infer<typeof record>;
}

/**
 * Puts the records up by which feeds are found and pinned inside Bluesky (https://docs.bsky.app/docs/starter-templates/custom-feeds), and corrects those that stand. Asked again it
 * changes nothing; feeds of other sites in the same account are not touched.
 */
export async function announceFeeds(options: AnnounceFeedsOptions): Promise<AnnouncedFeeds> {
  const { account, vault, clock, signal } = options;
  const { request, server } = openLine(options, account);
  const sessions = openSessions({ account, vault, server, clock });
  const client = openClient({ account, clock, request, server, sessions });
  try {
    const { did: repository } = await sessions.open(signal);
    const ours = await standing(client, options);
    const tally = { added: [], changed: [], unchanged: [], removed: [], left: [] } as Record<
      'added' | 'changed' | 'unchanged' | 'removed' | 'left',
      string[]
    >;
    for (const feed of options.feeds) {
      const known = ours.get(feed.rkey);
      tally[await put(client, options, feed, known)].push(feed.rkey);
    }
    const wanted = new Set(options.feeds.map(({ rkey }) => rkey));
    for (const { rkey, cid } of ours.values()) {
      if (wanted.has(rkey)) continue;
      if (options.removeOthers) await remove(client, rkey, cid, signal);
      tally[options.removeOthers ? 'removed' : 'left'].push(rkey);
    }
    return { kind: 'announced', repository, ...tally };
  } catch (thrown) {
    if (thrown instanceof BlueskyFailure) return { kind: 'failed', reason: thrown.message };
    throw thrown;
  }
}

/** The records of this site's feeds, by record key. */
async function standing(
  client: Client,
  { did, signal }: AnnounceFeedsOptions,
): Promise<ReadonlyMap<string, Standing>> {
  const found = new Map<string, Standing>();
  let cursor: string | undefined;
  for (let page = 0; page < mostPages; page += 1) {
    const { data } = await client.look(
      { method: 'com.atproto.repo.listRecords', signal },
      (agent, session) =>
        agent.com.atproto.repo.listRecords(
          { repo: session.did, collection, limit: 100, ...(cursor !== undefined && { cursor }) },
          { signal },
        ),
    );
    for (const { uri, cid, value } of data.records) {
      const read = record.safeParse(value).data;
      const rkey = uri.split('/').at(-1) ?? '';
      if (read?.did === did) found.set(rkey, { rkey, cid, value: read });
    }
    cursor = data.cursor;
    if (cursor === undefined || data.records.length === 0) break;
  }
  return found;
}

async function put(
  client: Client,
  { did, clock, signal }: AnnounceFeedsOptions,
  { rkey, displayName, description }: FeedRecord,
  known: Standing | undefined,
): Promise<'added' | 'changed' | 'unchanged'> {
  if (known?.value.displayName === displayName && known.value.description === description) {
    return 'unchanged';
  }
  // What somebody added to it, such as a picture, stays.
  const createdAt = known?.value.createdAt ?? toIso(clock.now());
  const written = { ...known?.value, $type: collection, did, displayName, description, createdAt };
  await client.ask({ method: 'com.atproto.repo.putRecord', signal }, (agent, session) =>
    agent.com.atproto.repo.putRecord(
      { repo: session.did, collection, rkey, record: written, swapRecord: known?.cid ?? null },
      { signal },
    ),
  );
  return known ? 'changed' : 'added';
}

async function remove(client: Client, rkey: string, cid: string, signal: AbortSignal) {
  await client.ask({ method: 'com.atproto.repo.deleteRecord', signal }, (agent, session) =>
    agent.com.atproto.repo.deleteRecord(
      { repo: session.did, collection, rkey, swapRecord: cid },
      { signal },
    ),
  );
}
