import { afterAll, beforeAll, expect, test } from 'vitest';
import { createYoutubePublisher } from '../../../src/networks/youtube/youtube-publisher.js';
import { watchHandOffs } from '../../../src/operations/hand-offs.js';
import { publishAnnouncement } from '../../../src/publish/publish.js';
import type { Database } from '../../../src/storage/database.js';
import { createNoticeBoard } from '../../../src/storage/notices.js';
import { openDatabase } from '../../../src/storage/opening.js';
import { testClock } from '../../support/test-clock.js';
import { now } from '../../storage/fixtures.js';
import { openStage } from '../stage.js';
import { pictureOfTests } from './youtube-stage.js';

const account = 'youtube:@meeting';
let database: Database;

beforeAll(async () => {
  database = await openDatabase({ memory: true });
});
afterAll(() => database.close());

const openByHand = () =>
  openStage(
    database,
    {
      network: 'youtube',
      account,
      publisher: ({ clock, vault, memory }) =>
        createYoutubePublisher({
          account,
          handle: 'meeting',
          clock,
          vault,
          memory,
          drawPicture: pictureOfTests,
          way: 'by-hand',
        }),
      connect: () => Promise.resolve(),
      standing: () => Promise.resolve([]),
      isVisible: () => false,
      duplicateText: 'taken',
      mayAskPerson: true,
      close: () => Promise.resolve(),
    },
    testClock(now),
  );

/** Steps of one hand-over: before and after the claim, before and after it is settled. */
const steps = ['before claim', 'after claim', 'before settle', 'after settle'];

test.each([...steps.keys()])(
  'a hand-over whose process is killed at step %i reaches a person, who is told once',
  async (killAt) => {
    const stage = await openByHand();
    const announcement = await stage.announce();
    const notices = createNoticeBoard(database, announcement.edition);
    const life = await stage.boot({ killAt });
    await Promise.race([publishAnnouncement(life.context, announcement.id), life.ended]);
    expect(life.steps).toEqual(steps.slice(0, killAt + 1));
    await life.close();

    expect((await stage.settle(announcement.id)).state).toBe('handed-off');
    const { ledger, clock } = stage;
    await watchHandOffs({ ledger, clock, noticeBoard: notices });
    await watchHandOffs({ ledger, clock, noticeBoard: notices });
    const told = await notices.latest(10);
    expect(told.map((notice) => [notice.kind, notice.announcement])).toEqual([
      ['hand-off', announcement.id],
    ]);
    expect(told[0]?.text).toContain('https://meeting.example/sessions/');
  },
);
