import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { states } from '../../src/campaign/announcement.js';
import { rejectedNotice, spentNotice } from '../../src/publish/notice.js';
import type { Actor, Announcement, Ledger } from '../../src/publish/ports.js';
import { arrow, mayMove } from '../../src/publish/state.js';
import { pauseEdition, resumeEdition } from '../../src/storage/editions.js';
import { createLedger } from '../../src/storage/ledger.js';
import { createNoticeBoard } from '../../src/storage/notices.js';
import { planStanding } from '../../src/storage/plan-standing.js';
import { describeOnDatabases } from '../support/database.js';
import {
  add,
  claimed,
  edition,
  frozen,
  importVersion,
  minute,
  now,
  planned,
  post,
  request,
  stands,
} from './fixtures.js';

describeOnDatabases('the ledger', (database) => {
  let count = 0;
  const fresh = async (): Promise<{ ledger: Ledger; id: string }> => {
    const id = await edition(database(), `meeting-${String(++count)}`);
    return { ledger: createLedger(database(), id), id };
  };

  describe('claiming', () => {
    it('gives token, frozen text and lease, and tells the story', async () => {
      const { ledger, id } = await fresh();
      const announcement = await add(ledger, planned(id, 'a'));
      const claim = await claimed(ledger, announcement);
      expect(claim.leaseUntil).toBe(now + minute);
      expect(claim.frozen).toEqual(frozen(`key of ${id}-a`));
      expect(claim.announcement).toEqual({
        ...announcement,
        state: 'publishing',
        revision: 2,
        attempts: 1,
        frozen: frozen(`key of ${id}-a`),
      });
      expect(await stands(ledger, announcement.id)).toEqual(claim.announcement);
      expect(await ledger.story(announcement.id)).toEqual([
        { at: now, to: 'planned', actor: 'plan' },
        { at: now, from: 'planned', to: 'publishing', actor: 'publish', attempt: 1 },
      ]);
    });

    it('gives one of eight who ask at once the right', async () => {
      const { ledger, id } = await fresh();
      const announcement = await add(ledger, planned(id, 'a'));
      const answers = await Promise.all(
        Array.from({ length: 8 }, () => ledger.claim(request(announcement))),
      );
      expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
      expect(answers.flatMap((answer) => (answer.ok ? [] : [answer.why]))).toEqual(
        Array.from({ length: 7 }, () => 'changed'),
      );
    });

    it('refuses what changed since it was composed', async () => {
      const { ledger, id } = await fresh();
      const announcement = await add(ledger, planned(id, 'a'));
      expect(await ledger.claim(request({ ...announcement, revision: 7 }))).toEqual({
        ok: false,
        why: 'changed',
      });
      expect(await ledger.claim(request({ ...announcement, id: 'nothing' }))).toEqual({
        ok: false,
        why: 'changed',
      });
      await importVersion(database(), id, 'second');
      expect(await ledger.claim(request(announcement))).toEqual({ ok: false, why: 'changed' });
      expect((await claimed(ledger, announcement, { programVersion: 2 })).announcement.state).toBe(
        'publishing',
      );
    });

    it('refuses while everything is paused, and not after', async () => {
      const { ledger, id } = await fresh();
      const announcement = await add(ledger, planned(id, 'a'));
      await pauseEdition(database(), id, 'fire alarm', now);
      expect(await ledger.claim(request(announcement))).toEqual({ ok: false, why: 'paused' });
      expect((await ledger.standing(announcement.id))?.paused).toEqual({
        reason: 'fire alarm',
        since: now,
      });
      expect(await resumeEdition(database(), id)).toBe(true);
      expect(await resumeEdition(database(), id)).toBe(false);
      await claimed(ledger, announcement);
    });

    it('refuses what is not due yet, what waits for a retry and what is past its deadline', async () => {
      const { ledger, id } = await fresh();
      const announcement = await add(ledger, planned(id, 'a'));
      const late = { ok: false, why: 'late' };
      expect(await ledger.claim(request(announcement, { now: now - 1 }))).toEqual(late);
      expect(await ledger.claim(request(announcement, { now: now + 3 * minute + 1 }))).toEqual(
        late,
      );
      const claim = await claimed(ledger, announcement);
      await ledger.settle(claim, { to: 'planned', retryAt: now + minute, reason: 'busy' }, now);
      const again = await stands(ledger, announcement.id);
      expect(again.retryAt).toBe(now + minute);
      expect(await ledger.claim(request(again, { now: now + minute - 1 }))).toEqual(late);
      await claimed(ledger, again, { now: now + minute });
    });

    it('announces a session once for a lead time and account, whatever the grouping', async () => {
      const { ledger, id } = await fresh();
      const digest = planned(id, 'digest', { sessions: ['session-b', 'session-c'] });
      const single = await add(ledger, planned(id, 'b'), digest);
      const claim = await claimed(ledger, await stands(ledger, digest.id));
      expect(await ledger.claim(request(single))).toEqual({ ok: false, why: 'covered' });
      await ledger.settle(claim, { to: 'published', post: post(`${id} digest`) }, now);
      expect(await ledger.claim(request(single))).toEqual({ ok: false, why: 'covered' });
    });

    it('gives a session free when an attempt provably came to nothing', async () => {
      const { ledger, id } = await fresh();
      const digest = planned(id, 'digest', { sessions: ['session-b', 'session-c'] });
      const single = await add(ledger, planned(id, 'b'), digest);
      const claim = await claimed(ledger, await stands(ledger, digest.id));
      await ledger.settle(claim, { to: 'rejected', reason: 'forbidden', needsPerson: true }, now);
      await claimed(ledger, single);
    });

    it('lets two groupings that are claimed at one instant through once', async () => {
      const { ledger, id } = await fresh();
      const list = Array.from({ length: 6 }, (_, index) =>
        planned(id, String(index), { sessions: ['one session', `another ${String(index)}`] }),
      );
      await add(ledger, ...list);
      const standing = await Promise.all(list.map((one) => stands(ledger, one.id)));
      const answers = await Promise.all(standing.map((one) => ledger.claim(request(one))));
      expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
      expect(answers.flatMap((answer) => (answer.ok ? [] : [answer.why]))).toEqual(
        Array.from({ length: 5 }, () => 'covered'),
      );
    });

    it('gives each of many to one of several processes that all ask for all of them', async () => {
      const { ledger, id } = await fresh();
      const list = Array.from({ length: 60 }, (_, index) => planned(id, String(index)));
      await add(ledger, ...list);
      const standing = await Promise.all(list.map((one) => stands(ledger, one.id)));
      const processes = [ledger, createLedger(database(), id), createLedger(database(), id)];
      const answers = await Promise.all(
        processes.flatMap((each, index) =>
          // Each in an order of its own.
          [...standing.slice(index * 20), ...standing.slice(0, index * 20)].map((one) =>
            each.claim(request(one, { boot: `boot ${String(index)}` })),
          ),
        ),
      );
      const granted = answers.flatMap((answer) => (answer.ok ? [answer.claim] : []));
      expect(new Set(granted.map(({ announcement }) => announcement.id)).size).toBe(60);
      expect(granted).toHaveLength(60);
      expect(answers.flatMap((answer) => (answer.ok ? [] : [answer.why]))).toEqual(
        Array.from({ length: 120 }, () => 'changed'),
      );
      const settled = granted.map((claim) => {
        const done = { to: 'published', post: post(claim.announcement.id) } as const;
        return ledger.settle(claim, done, now);
      });
      expect(new Set(await Promise.all(settled))).toEqual(new Set([true]));
      expect(await ledger.list({ states: ['published'] })).toHaveLength(60);
    });

    it('fails one that the database refuses and none that is claimed together with it', async () => {
      const { ledger, id } = await fresh();
      const list = ['a', 'b', 'c'].map((name) => planned(id, name));
      await add(ledger, ...list);
      const standing = await Promise.all(list.map((one) => stands(ledger, one.id)));
      const keys = [`first of ${id}`, `first of ${id}`, `other of ${id}`];
      const answers = await Promise.allSettled(
        standing.map((one, index) =>
          ledger.claim(request(one, { frozen: frozen(keys[index] ?? '') })),
        ),
      );
      const went = answers.map((answer) => answer.status === 'fulfilled' && answer.value.ok);
      expect(went.filter((ok) => ok)).toHaveLength(2);
      expect(went[2]).toBe(true);
    });

    it('composes anew under the same key after provably nothing', async () => {
      const { ledger, id } = await fresh();
      const first = await claimed(ledger, await add(ledger, planned(id, 'a')));
      await ledger.settle(first, { to: 'planned', reason: 'busy' }, now);
      const again = await stands(ledger, first.announcement.id);
      const second = await claimed(ledger, again, {
        frozen: { ...frozen('another key', 'new words'), frozenAt: now + 5 },
      });
      expect(second.frozen).toEqual({
        ...frozen(`key of ${id}-a`, 'new words'),
        frozenAt: now + 5,
      });
    });

    it('sends the frozen text to the letter after an uncertain attempt, whatever is asked', async () => {
      const { ledger, id } = await fresh();
      const first = await claimed(ledger, await add(ledger, planned(id, 'a')));
      await ledger.settle(first, { to: 'uncertain', reason: 'no answer' }, now);
      const uncertain = await stands(ledger, first.announcement.id);
      expect(
        await ledger.move(uncertain, { to: 'planned', actor: 'reconcile', resend: true }, now),
      ).toBe(true);
      const again = await stands(ledger, first.announcement.id);
      expect(again.resend).toBe(true);
      const second = await claimed(ledger, again, { frozen: frozen('another', 'new words') });
      expect(second.frozen).toEqual(first.frozen);
    });
  });

  describe('ending a claim', () => {
    it('records the post with its story, once', async () => {
      const { ledger, id } = await fresh();
      const claim = await claimed(ledger, await add(ledger, planned(id, 'a')));
      const settlement = { to: 'published', post: post(`${id}-a`) } as const;
      expect(await ledger.settle(claim, settlement, now + 2_000)).toBe(true);
      expect(await ledger.settle(claim, settlement, now + 2_000)).toBe(false);
      const standing = await stands(ledger, claim.announcement.id);
      expect(standing.post).toEqual(post(`${id}-a`));
      expect(standing.state).toBe('published');
      expect((await ledger.story(standing.id)).map(({ to }) => to)).toEqual([
        'planned',
        'publishing',
        'published',
      ]);
    });

    it('keeps what a person is told in the same commit, and nothing of an ending that came too late', async () => {
      const { ledger, id } = await fresh();
      const board = createNoticeBoard(database(), id);
      const claim = await claimed(ledger, await add(ledger, planned(id, 'a'), planned(id, 'b')));
      const refused = (one: Announcement) => ({
        to: 'rejected' as const,
        reason: 'no',
        notice: rejectedNotice(one, 'no', now),
      });
      const ending = refused(claim.announcement);
      expect(await ledger.settle({ ...claim, token: randomUUID() }, ending, now)).toBe(false);
      expect(await board.latest(10)).toEqual([]);
      expect(await ledger.settle(claim, ending, now)).toBe(true);
      expect(await board.latest(10)).toEqual([ending.notice]);

      const other = await stands(ledger, `${id}-b`);
      const spent = spentNotice(other, 25_000_000, now + 1);
      const held = {
        to: 'held',
        reason: 'account: spent',
        actor: 'publish',
        notice: spent,
      } as const;
      expect(await ledger.move({ ...other, revision: 7 }, held, now)).toBe(false);
      expect(await board.latest(10)).toEqual([ending.notice]);
      expect(await ledger.move(other, held, now)).toBe(true);
      expect(await board.latest(10)).toEqual([spent, ending.notice]);
    });

    it('holds with the reason that it names', async () => {
      const { ledger, id } = await fresh();
      const claim = await claimed(ledger, await add(ledger, planned(id, 'a')));
      await ledger.settle(claim, { to: 'held', reason: 'account: signed out' }, now);
      const standing = await stands(ledger, claim.announcement.id);
      expect([standing.state, standing.held, standing.reason]).toEqual([
        'held',
        'account',
        'account: signed out',
      ]);
    });

    it('does not end in a state that no arrow leads to', async () => {
      const { ledger, id } = await fresh();
      const claim = await claimed(ledger, await add(ledger, planned(id, 'a')));
      await expect(ledger.settle(claim, { to: 'cancelled' }, now)).rejects.toThrow(
        'a claim does not end in cancelled',
      );
      await expect(ledger.settle(claim, { to: 'published' }, now)).rejects.toThrow('disagree');
    });

    it('comes too late when the lease has lapsed', async () => {
      const { ledger, id } = await fresh();
      const announcement = await add(ledger, planned(id, 'a'));
      const claim = await claimed(ledger, announcement, { leaseMs: -1 });
      expect(await ledger.lapse(now)).toEqual([announcement.id]);
      expect(await ledger.settle(claim, { to: 'planned' }, now)).toBe(false);
      const standing = await stands(ledger, announcement.id);
      expect([standing.state, standing.reason]).toEqual(['uncertain', "the claim's lease ran out"]);
    });

    it('lets either the settlement or the lapse through, never both', async () => {
      const { ledger, id } = await fresh();
      const list = Array.from({ length: 12 }, (_, index) => planned(id, String(index)));
      await add(ledger, ...list);
      for (const { id: one } of list) {
        const claim = await claimed(ledger, await stands(ledger, one), { leaseMs: -1 });
        const [settled, ...lapses] = await Promise.all([
          ledger.settle(claim, { to: 'published', post: post(one) }, now),
          ledger.lapse(now),
          ledger.lapse(now),
        ]);
        const lapsed = lapses.flat().includes(one);
        expect([settled, lapsed]).toEqual([!lapsed, !settled]);
        expect((await stands(ledger, one)).state).toBe(settled ? 'published' : 'uncertain');
      }
    });

    it('makes the claims of an older boot uncertain, and leaves those of this one', async () => {
      const { ledger, id } = await fresh();
      const old = await add(ledger, planned(id, 'old'), planned(id, 'new'));
      await claimed(ledger, old, { boot: 'boot 1' });
      await claimed(ledger, await stands(ledger, `${id}-new`), { boot: 'boot 2' });
      expect(await ledger.lapse(now)).toEqual([]);
      expect(await ledger.lapse(now, 'boot 2')).toEqual([old.id]);
      expect((await stands(ledger, old.id)).reason).toBe('the process that claimed it ended');
    });
  });

  describe('moving', () => {
    it('goes by state and revision: whoever is slower hears false', async () => {
      const { ledger, id } = await fresh();
      const announcement = await add(ledger, planned(id, 'a'));
      const hold = { to: 'held', actor: 'person', reason: 'person: ask first' } as const;
      const answers = await Promise.all(
        Array.from({ length: 4 }, () => ledger.move(announcement, hold, now)),
      );
      expect(answers.filter(Boolean)).toHaveLength(1);
      expect((await stands(ledger, announcement.id)).held).toBe('person');
    });

    it('lets an announcement be claimed or held, never both', async () => {
      const { ledger, id } = await fresh();
      for (let round = 0; round < 8; round += 1) {
        const announcement = await add(ledger, planned(id, String(round)));
        const [claim, held] = await Promise.all([
          ledger.claim(request(announcement)),
          ledger.move(announcement, { to: 'held', actor: 'person' }, now),
        ]);
        expect(claim.ok).toBe(!held);
      }
    });

    it('notes something about an announcement that stays where it is', async () => {
      const { ledger, id } = await fresh();
      const claim = await claimed(ledger, await add(ledger, planned(id, 'a')));
      await ledger.settle(claim, { to: 'uncertain', reason: 'no answer' }, now);
      const uncertain = await stands(ledger, claim.announcement.id);
      const note = {
        to: 'uncertain',
        actor: 'reconcile',
        needsPerson: true,
        reason: 'still not found',
      } as const;
      expect(await ledger.move(uncertain, note, now + minute)).toBe(true);
      const noted = await stands(ledger, uncertain.id);
      expect([noted.needsPerson, noted.reason, noted.stateSince]).toEqual([
        true,
        'still not found',
        now,
      ]);
    });

    it('removes a post for good and keeps it on record', async () => {
      const { ledger, id } = await fresh();
      const claim = await claimed(ledger, await add(ledger, planned(id, 'a')));
      await ledger.settle(claim, { to: 'published', post: post(`${id}-a`) }, now);
      const published = await stands(ledger, claim.announcement.id);
      await ledger.move(published, { to: 'removed', actor: 'person' }, now + minute);
      const removed = await stands(ledger, published.id);
      expect(removed.post).toEqual({ ...post(`${id}-a`), removedAt: now + minute });
      for (const to of states) {
        if (to === 'removed') continue;
        await expect(ledger.move(removed, { to, actor: 'person' }, now)).rejects.toThrow();
      }
    });

    it('brings back what was cancelled, unless it may have been sent', async () => {
      const { ledger, id } = await fresh();
      const never = await add(ledger, planned(id, 'never'), planned(id, 'maybe'));
      await ledger.move(never, { to: 'cancelled', actor: 'person' }, now);
      const back = await stands(ledger, never.id);
      expect(await ledger.move(back, { to: 'planned', actor: 'person' }, now)).toBe(true);
      const claim = await claimed(ledger, await stands(ledger, `${id}-maybe`));
      await ledger.settle(claim, { to: 'handed-off' }, now);
      const handedOff = await stands(ledger, `${id}-maybe`);
      await ledger.move(handedOff, { to: 'cancelled', actor: 'person' }, now);
      const cancelled = await stands(ledger, `${id}-maybe`);
      expect(await ledger.move(cancelled, { to: 'planned', actor: 'person' }, now)).toBe(false);
    });

    it('refuses every pair of states that has no arrow, for every actor', async () => {
      const { ledger, id } = await fresh();
      const announcement = await add(ledger, planned(id, 'a'));
      const actors: readonly Actor[] = ['plan', 'publish', 'reconcile', 'sweep', 'person'];
      for (const from of states) {
        for (const to of states) {
          for (const actor of actors) {
            const claims = from === 'publishing' || to === 'publishing';
            if (!claims && (from === to || mayMove(from, to, actor))) continue;
            await expect(
              ledger.move({ ...announcement, state: from }, { to, actor }, now),
            ).rejects.toThrow();
          }
        }
      }
      expect(await stands(ledger, announcement.id)).toEqual(announcement);
    });
  });

  it('has a database that knows the same arrows as the state machine', async () => {
    const { id } = await fresh();
    const pairs = [false, true].flatMap((sent) =>
      states.flatMap((from) => states.map((to) => ({ sent, from, to }))),
    );
    const answers = await database().transaction(async (transaction) => {
      // New rows are not checked, only moves: so every pair has a row that stands where its move begins.
      await transaction.query(
        `INSERT INTO callboard.announcements (id, edition, sessions, account, network, lead_time, round, template, due_at, expires_at,
           state, hold_reason, claim_token, state_since, state_by, sent)
         SELECT concat_ws(' ', $2::text, p.sent, p."from", p."to"), $2, '{session}', 'a', 'x', 'P1D', 1, 't', 1, 1, p."from",
           CASE WHEN p."from" = 'held' THEN 'person' END, CASE WHEN p."from" = 'publishing' THEN 'token' END, 1, 'plan', p.sent
         FROM json_to_recordset($1) AS p("from" text, "to" text, sent boolean)`,
        [JSON.stringify(pairs), id],
      );
      await transaction.query(`CREATE FUNCTION pg_temp.try_move(one text, next text) RETURNS boolean LANGUAGE plpgsql AS $$
        BEGIN
          UPDATE callboard.announcements SET state = next, hold_reason = CASE WHEN next = 'held' THEN 'person' END,
            claim_token = CASE WHEN next = 'publishing' THEN 'token' END WHERE id = one;
          RETURN true;
        EXCEPTION WHEN SQLSTATE 'CB001' THEN RETURN false;
        END $$`);
      const { rows } = await transaction.query<{ allowed: boolean }>(
        `SELECT pg_temp.try_move(concat_ws(' ', $2::text, p.sent, p."from", p."to"), p."to") AS allowed
         FROM json_to_recordset($1) AS p("from" text, "to" text, sent boolean)`,
        [JSON.stringify(pairs), id],
      );
      return rows.map(({ allowed }) => allowed);
    });
    expect(answers).toEqual(
      pairs.map(({ from, to, sent }) => {
        const way = arrow(from, to);
        return from === to || (way !== undefined && !(way.onlyIfNeverSent === true && sent));
      }),
    );
  });

  it('has a story that nobody can change or shorten', async () => {
    const { ledger, id } = await fresh();
    await add(ledger, planned(id, 'a'));
    for (const statement of [
      `UPDATE callboard.story SET reason = 'never happened'`,
      'DELETE FROM callboard.story',
      'TRUNCATE callboard.story',
    ]) {
      await expect(database().query(statement)).rejects.toThrow('append-only');
    }
    expect(await ledger.story(`${id}-a`)).toHaveLength(1);
  });

  describe('what is due', () => {
    it('lists the planned in order of their moment, retries at theirs', async () => {
      const { ledger, id } = await fresh();
      await add(
        ledger,
        planned(id, 'second', { dueAt: now + 2 }),
        planned(id, 'first', { dueAt: now + 1 }),
        planned(id, 'held', { held: 'approval' }),
        planned(id, 'later', { dueAt: now + minute }),
        planned(id, 'again'),
      );
      const claim = await claimed(ledger, await stands(ledger, `${id}-again`));
      await ledger.settle(claim, { to: 'planned', retryAt: now + 5 }, now);
      expect(await ledger.dueBy(now + 5, 10)).toEqual([
        { id: `${id}-first`, network: 'bluesky', at: now + 1 },
        { id: `${id}-second`, network: 'bluesky', at: now + 2 },
        { id: `${id}-again`, network: 'bluesky', at: now + 5 },
      ]);
      expect(await ledger.dueBy(now + 5, 1)).toHaveLength(1);
    });

    it('expires what is planned or held past its deadline, and nothing else', async () => {
      const { ledger, id } = await fresh();
      await add(
        ledger,
        planned(id, 'planned'),
        planned(id, 'held', { held: 'room' }),
        planned(id, 'ahead', { expiresAt: now + 10 * minute }),
        planned(id, 'claimed'),
      );
      await claimed(ledger, await stands(ledger, `${id}-claimed`));
      expect(await ledger.expire(now + 3 * minute)).toEqual([]);
      expect(await ledger.expire(now + 3 * minute + 1)).toEqual([`${id}-held`, `${id}-planned`]);
      expect((await stands(ledger, `${id}-held`)).reason).toBe(
        'its deadline passed while it was held (room)',
      );
      expect((await ledger.story(`${id}-held`)).at(-1)).toEqual({
        at: now + 3 * minute + 1,
        from: 'held',
        to: 'expired',
        reason: 'its deadline passed while it was held (room)',
        actor: 'sweep',
      });
    });

    it('filters by everything that a person can ask for', async () => {
      const { ledger, id } = await fresh();
      await add(
        ledger,
        planned(id, 'a'),
        planned(id, 'b', { network: 'x', account: 'preview:x', dueAt: now + 1 }),
        planned(id, 'c', { leadTime: 'P1D', dueAt: now + 2, sessions: ['s1', 's2'] }),
        planned(id, 'd', { held: 'approval', dueAt: now + 3 }),
      );
      const ids = async (filter: Parameters<Ledger['list']>[0]) =>
        (await ledger.list(filter)).map((one) => one.id.slice(id.length + 1));
      expect(await ids({})).toEqual(['a', 'b', 'c', 'd']);
      expect(await ids({ limit: 2 })).toEqual(['a', 'b']);
      expect(await ids({ ids: [`${id}-c`, 'other'] })).toEqual(['c']);
      expect(await ids({ states: ['held'] })).toEqual(['d']);
      expect(await ids({ networks: ['x'] })).toEqual(['b']);
      expect(await ids({ accounts: ['preview:bluesky'], states: ['planned'] })).toEqual(['a', 'c']);
      expect(await ids({ leadTimes: ['P1D'] })).toEqual(['c']);
      expect(await ids({ sessions: ['s2'] })).toEqual(['c']);
      expect(await ids({ dueAfter: now, dueBefore: now + 3 })).toEqual(['b', 'c']);
      expect(await ids({ needsPerson: true })).toEqual([]);
      expect(await ids({ ids: [] })).toEqual([]);
    });

    it('does not show one edition to another', async () => {
      const one = await fresh();
      const other = await fresh();
      const announcement = await add(one.ledger, planned(one.id, 'a'));
      expect(await other.ledger.standing(announcement.id)).toBeUndefined();
      expect(await other.ledger.list({})).toEqual([]);
      expect(await other.ledger.story(announcement.id)).toEqual([]);
      expect(await other.ledger.claim(request(announcement))).toEqual({
        ok: false,
        why: 'changed',
      });
      expect(await other.ledger.move(announcement, { to: 'held', actor: 'person' }, now)).toBe(
        false,
      );
      expect(await other.ledger.dueBy(now, 9)).toEqual([]);
      expect(await other.ledger.expire(now + 9 * minute)).toEqual([]);
    });
  });

  describe('applying a plan', () => {
    it('adds once, held where the plan says so', async () => {
      const { ledger, id } = await fresh();
      const list = [planned(id, 'a'), planned(id, 'b', { held: 'approval' })];
      const adds = list.map((announcement) => ({ kind: 'add', announcement }) as const);
      expect(await ledger.apply(adds, now)).toEqual({
        added: 2,
        moved: 0,
        cancelled: 0,
        held: 0,
        released: 0,
        rescheduled: [{ id: `${id}-a`, network: 'bluesky', at: now }],
      });
      expect((await ledger.apply(adds, now)).added).toBe(0);
      const held = await stands(ledger, `${id}-b`);
      expect([held.state, held.held, held.reason]).toEqual(['held', 'approval', 'approval']);
    });

    it('moves, cancels, holds and releases what is unsent, and leaves the rest', async () => {
      const { ledger, id } = await fresh();
      const names = ['move', 'cancel', 'hold', 'release', 'sent'];
      await add(ledger, ...names.map((name) => planned(id, name)));
      await ledger.apply([{ kind: 'hold', id: `${id}-release`, reason: 'vanished' }], now);
      await claimed(ledger, await stands(ledger, `${id}-sent`));
      const place = { dueAt: now + minute, expiresAt: now + 9 * minute, template: 'bluesky/PT15M' };
      const changes = [
        { kind: 'move', id: `${id}-move`, ...place },
        { kind: 'cancel', id: `${id}-cancel`, reason: 'cancelled in the program' },
        { kind: 'hold', id: `${id}-hold`, reason: 'vanished' },
        { kind: 'release', id: `${id}-release` },
        { kind: 'move', id: `${id}-sent`, ...place },
        { kind: 'cancel', id: `${id}-sent`, reason: 'cancelled in the program' },
        { kind: 'hold', id: `${id}-sent`, reason: 'vanished' },
      ] as const;
      expect(await ledger.apply(changes, now + 1)).toEqual({
        added: 0,
        moved: 1,
        cancelled: 1,
        held: 1,
        released: 1,
        rescheduled: [
          { id: `${id}-release`, network: 'bluesky', at: now },
          { id: `${id}-move`, network: 'bluesky', at: now + minute },
        ],
      });
      expect(await ledger.apply(changes, now + 1)).toEqual({
        added: 0,
        moved: 0,
        cancelled: 0,
        held: 0,
        released: 0,
        rescheduled: [],
      });
      expect((await stands(ledger, `${id}-sent`)).state).toBe('publishing');
      expect((await ledger.story(`${id}-move`)).at(-1)).toEqual({
        at: now + 1,
        from: 'planned',
        to: 'planned',
        reason: 'due 2026-05-01T12:01:00Z instead of 2026-05-01T12:00:00Z',
        actor: 'plan',
      });
      const cancelled = await stands(ledger, `${id}-cancel`);
      expect([cancelled.state, cancelled.reason]).toEqual([
        'cancelled',
        'cancelled in the program',
      ]);
    });

    it('does not undo a person: neither a hold nor a release', async () => {
      const { ledger, id } = await fresh();
      const held = await add(
        ledger,
        planned(id, 'held'),
        planned(id, 'released', { held: 'approval' }),
      );
      await ledger.move(held, { to: 'held', actor: 'person', reason: 'person: wait' }, now);
      const waits = await stands(ledger, `${id}-released`);
      await ledger.move(waits, { to: 'planned', actor: 'person', released: true }, now);
      const applied = await ledger.apply(
        [
          { kind: 'release', id: held.id },
          { kind: 'hold', id: held.id, reason: 'room' },
          { kind: 'hold', id: waits.id, reason: 'approval' },
        ],
        now,
      );
      expect([applied.released, applied.held]).toEqual([0, 0]);
      const vanished = await ledger.apply(
        [{ kind: 'hold', id: waits.id, reason: 'vanished' }],
        now,
      );
      expect(vanished.held).toBe(1);
    });

    it('changes the reason of a hold that is the plan’s own', async () => {
      const { ledger, id } = await fresh();
      const waits = await add(ledger, planned(id, 'a', { held: 'approval' }));
      expect(
        (await ledger.apply([{ kind: 'hold', id: waits.id, reason: 'vanished' }], now)).held,
      ).toBe(1);
      expect((await stands(ledger, waits.id)).held).toBe('vanished');
      expect((await ledger.story(waits.id)).at(-1)).toMatchObject({ from: 'held', to: 'held' });
    });

    it('revives what expired or what the plan had cancelled, if it was never sent', async () => {
      const { ledger, id } = await fresh();
      const names = ['expired', 'by plan', 'by person', 'sent'];
      await add(ledger, ...names.map((name) => planned(id, name)));
      await ledger.apply(
        [{ kind: 'cancel', id: `${id}-by plan`, reason: 'no longer wanted' }],
        now,
      );
      await ledger.move(
        await stands(ledger, `${id}-by person`),
        { to: 'cancelled', actor: 'person' },
        now,
      );
      await ledger.settle(
        await claimed(ledger, await stands(ledger, `${id}-sent`)),
        { to: 'published', post: post(`${id}-sent`) },
        now,
      );
      await ledger.expire(now + 4 * minute);
      const later = now + 60 * minute;
      const applied = await ledger.apply(
        names.map((name) => ({
          kind: 'revive',
          id: `${id}-${name}`,
          dueAt: later,
          expiresAt: later + minute,
          template: 'bluesky/PT15M',
        })),
        now + 5 * minute,
      );
      expect(applied.moved).toBe(2);
      expect(applied.rescheduled.map((one) => one.id).sort()).toEqual([
        `${id}-by plan`,
        `${id}-expired`,
      ]);
      expect(
        (await ledger.list({ states: ['planned'] })).map((one) => [one.id, one.dueAt]),
      ).toEqual([
        [`${id}-by plan`, later],
        [`${id}-expired`, later],
      ]);
    });

    it('stores nothing when one change of many cannot be stored', async () => {
      const { ledger, id } = await fresh();
      const broken = { ...planned(id, 'broken'), sessions: [] };
      await expect(
        ledger.apply(
          [planned(id, 'a'), broken].map((announcement) => ({ kind: 'add', announcement })),
          now,
        ),
      ).rejects.toThrow();
      expect(await ledger.list({})).toEqual([]);
    });

    it('tells the planner what it must know of each', async () => {
      const { ledger, id } = await fresh();
      await add(ledger, planned(id, 'a'), planned(id, 'b', { held: 'room' }), planned(id, 'c'));
      const claim = await claimed(ledger, await stands(ledger, `${id}-a`));
      await ledger.settle(claim, { to: 'published', post: post(`${id}-a`) }, now);
      await ledger.apply([{ kind: 'cancel', id: `${id}-c`, reason: 'gone' }], now);
      const standing = await planStanding(database(), id);
      expect(
        standing.map(({ state, holdReason, released, sent, cancelledBy, announcedStart }) => ({
          state,
          holdReason,
          released,
          sent,
          cancelledBy,
          announcedStart,
        })),
      ).toEqual([
        { state: 'published', released: false, sent: true, announcedStart: now + 60 * minute },
        { state: 'held', holdReason: 'room', released: false, sent: false },
        { state: 'cancelled', released: false, sent: false, cancelledBy: 'plan' },
      ]);
    });

    it('adds more than go in one statement, in order of their moments', async () => {
      const { ledger, id } = await fresh();
      const adds = Array.from(
        { length: 4_100 },
        (_, index) =>
          ({
            kind: 'add',
            announcement: planned(id, String(index), { dueAt: now - index }),
          }) as const,
      );
      const applied = await ledger.apply(adds, now);
      expect(applied.added).toBe(4_100);
      expect(applied.rescheduled.map(({ at }) => now - at)).toEqual(
        Array.from({ length: 4_100 }, (_, index) => 4_099 - index),
      );
      expect(await ledger.list({})).toHaveLength(4_100);
    });
  });
});
