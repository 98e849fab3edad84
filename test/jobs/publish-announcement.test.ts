import { expect, test } from 'vitest';
import { publishAnnouncementJob } from '../../jobs/publish-announcement.js';
import { describeOnDatabases } from '../support/database.js';
import { minute, noon, openTestEdition, session } from '../support/edition.js';

describeOnDatabases('the job of a network’s queue', (database) => {
  test('publishes the announcement whose id it carries, and drops what carries none', async () => {
    const edition = await openTestEdition(database(), {
      sessions: [session('a', noon + 15 * minute)],
    });
    const { id } = await edition.announcement({});
    const nothing = { kind: 'done', outcome: 'nothing' };
    for (const payload of [undefined, null, {}, [], 'x', { id: 7 }, { id: null }, { ids: [id] }]) {
      expect(await publishAnnouncementJob(edition.context, payload)).toEqual(nothing);
    }
    expect(await publishAnnouncementJob(edition.context, { id: `${id}'; DROP TABLE x` })).toEqual(
      nothing,
    );
    expect(edition.witness.accepted).toEqual([]);
    expect(await publishAnnouncementJob(edition.context, { id, more: 1 })).toEqual({
      kind: 'done',
      outcome: 'published',
    });
    await edition.close();
  });
});
