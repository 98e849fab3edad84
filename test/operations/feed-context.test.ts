import { expect, it } from 'vitest';
import { createFeedContext } from '../../src/operations/feed-context.js';
import { createLedger } from '../../src/storage/ledger.js';
import { findEdition } from '../../src/storage/editions.js';
import type { Database } from '../../src/storage/database.js';
import { describeOnDatabases } from '../support/database.js';
import { add, claimed, edition, minute, now, planned } from '../storage/fixtures.js';

const uri = (name: string) => `at://did:plc:meeting/app.bsky.feed.post/${name}`;

async function published(
  database: Database,
  id: string,
  name: string,
  over: Parameters<typeof planned>[2] & { readonly removed?: boolean } = {},
): Promise<void> {
  const { removed = false, ...differs } = over;
  const ledger = createLedger(database, id);
  const announcement = await add(ledger, planned(id, name, differs));
  const claim = await claimed(ledger, announcement);
  const post = { uri: uri(name), permalink: `https://bsky.app/${name}`, acceptedAt: now };
  await ledger.settle(claim, { to: 'published', post }, now);
  if (!removed) return;
  const standing = await ledger.standing(announcement.id);
  if (!standing) throw new Error(name);
  await ledger.move(standing.announcement, { to: 'removed', actor: 'person' }, now);
}

describeOnDatabases('what the feeds are made from', (database) => {
  it('are the posts that stand on Bluesky itself, by their due moment', async () => {
    const id = await edition(database(), 'f-1');
    const live = { account: 'bluesky:@meeting' };
    await published(database(), id, 'later', live);
    await published(database(), id, 'one', { ...live, dueAt: now - minute });
    await published(database(), id, 'preview');
    await published(database(), id, 'elsewhere', { account: 'x:@meeting', network: 'x' });
    await published(database(), id, 'gone', { ...live, removed: true });
    await add(createLedger(database(), id), planned(id, 'waiting', live));
    const found = await findEdition(database(), id);
    if (!found) throw new Error(id);
    const feeds = createFeedContext({ database: database(), edition: found });
    expect(await feeds.livePosts()).toEqual([
      { uri: uri('one'), sessions: ['session-one'], dueAt: now - minute },
      { uri: uri('later'), sessions: ['session-later'], dueAt: now },
    ]);
  });
});
