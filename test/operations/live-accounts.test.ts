import { readFileSync, writeFileSync } from 'node:fs';
import { afterEach, expect, test } from 'vitest';
import { loadConfig } from '../../src/config/config.js';
import type { Context } from '../../src/context.js';
import { connect } from '../../src/operations/accounts.js';
import { budget, refuseUncleared } from '../../src/operations/budget.js';
import { liveAccountFindings } from '../../src/operations/doctor/live-accounts.js';
import { handOffDone, handOffs, putUp, watchHandOffs } from '../../src/operations/hand-offs.js';
import { publishFeeds } from '../../src/operations/publish-feeds.js';
import { recoverFromJournal } from '../../src/operations/recover-from-journal.js';
import { replanEdition } from '../../src/operations/replan-edition.js';
import { resolve } from '../../src/operations/resolve.js';
import { wakeWaiting } from '../../src/operations/run.js';
import type { DueAnnouncement } from '../../src/publish/ports.js';
import type { Publisher } from '../../src/publish/publisher.js';
import { publishAnnouncement } from '../../src/publish/publish.js';
import { reconcile } from '../../src/publish/reconcile.js';
import { sweep } from '../../src/publish/sweep.js';
import { absentQueue } from '../../src/queue/absent-queue.js';
import { describeOnDatabases } from '../support/database.js';
import {
  hour,
  minute,
  noon,
  openTestEdition,
  second,
  session,
  type TestEdition,
} from '../support/edition.js';

const opened: TestEdition[] = [];
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
});
const start = noon + 2 * hour;
const due = start - 15 * minute;
const site = 'https://program.example.org';

describeOnDatabases('live accounts', (database) => {
  let handles = 0;
  const open = async (
    account: string,
    own: Readonly<Record<string, unknown>> = {},
    sessions = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((id) => session(id, start)),
    settings: Readonly<Record<string, unknown>> = {},
  ) => {
    handles += 1;
    const id = `${account}:@meeting${String(handles)}.example`;
    const edition = await openTestEdition(database(), {
      sessions,
      settings: { site, accounts: [{ account: id, ...own }], ...settings },
    });
    opened.push(edition);
    return { edition, account: id, ids: (await edition.announcements()).map((one) => one.id) };
  };
  const states = async (edition: TestEdition) => {
    const counted: Record<string, number> = {};
    for (const { state } of await edition.announcements()) {
      counted[state] = (counted[state] ?? 0) + 1;
    }
    return counted;
  };
  const notices = (edition: TestEdition) => edition.context.noticeBoard.latest(50);

  test('a cap holds over any window, for all processes together, and is told', async () => {
    const { edition, account, ids } = await open('bluesky', { caps: { perHour: 3 } });
    const other = await edition.anotherContext();
    edition.clock.set(due);
    const results = await Promise.all(
      ids.flatMap((id) => [
        publishAnnouncement(edition.context, id),
        publishAnnouncement(other, id),
      ]),
    );
    expect(await states(edition)).toEqual({ published: 3, planned: 4 });
    expect(edition.witness.accepted).toHaveLength(3);
    expect(results).toContainEqual({ kind: 'again', at: due + hour });
    const [waiting] = await edition.context.ledger.list({ states: ['planned'], limit: 1 });
    expect(waiting).toMatchObject({
      reason: `the cap of ${account} is reached`,
      retryAt: due + hour,
    });
  });

  test('what waits under a cap goes out at the next start when the cap was raised, and waits on when not', async () => {
    const { edition, account, ids } = await open('bluesky', { caps: { perHour: 3 } });
    edition.clock.set(due);
    const publishAll = async (context: Context) => {
      for (const id of ids) await publishAnnouncement(context, id);
    };
    await publishAll(edition.context);
    const [waiting] = await edition.context.ledger.list({ states: ['planned'], limit: 1 });
    await wakeWaiting(edition.context);
    await publishAll(edition.context);
    expect(await states(edition)).toEqual({ published: 3, planned: 4 });
    expect((await edition.context.ledger.standing(waiting?.id ?? ''))?.announcement).toMatchObject({
      reason: `the cap of ${account} is reached`,
      retryAt: due + hour,
    });
    const { file } = edition.config;
    writeFileSync(file, readFileSync(file, 'utf8').replace('perHour: 3', 'perHour: 5'));
    const moved: DueAnnouncement[] = [];
    const raised = await edition.anotherContext(
      { queue: { ...absentQueue, reschedule: (to) => Promise.resolve(void moved.push(...to)) } },
      loadConfig({ file, env: {} }),
    );
    await wakeWaiting(raised);
    expect(moved.map(({ at }) => at)).toEqual([due, due, due, due]);
    await publishAll(raised);
    expect(await states(edition)).toEqual({ published: 5, planned: 2 });
  });

  test('what was provably not sent takes no room', async () => {
    const { edition, ids } = await open('bluesky', { caps: { perHour: 1 } });
    const [first = '', second_ = ''] = ids;
    edition.clock.set(due);
    edition.faults.set(first, [{ kind: 'retry-later', reason: 'busy' }]);
    await publishAnnouncement(edition.context, first);
    await publishAnnouncement(edition.context, second_);
    expect(await states(edition)).toEqual({ published: 1, planned: 6 });
    expect(edition.witness.textsOf(second_)).toHaveLength(1);
  });

  test('feeds inside Bluesky need an account there and a site with a name of its own', async () => {
    const onX = await open('x');
    await expect(publishFeeds(onX.edition.context, {})).rejects.toThrow(
      /^accounts: the config has no live account on Bluesky.*callboard connect bluesky/,
    );
    const local = await open('bluesky', {}, undefined, { site: 'http://localhost:4680' });
    await expect(publishFeeds(local.edition.context, {})).rejects.toThrow(
      /^site: http:\/\/localhost:4680: Bluesky asks for feeds by HTTPS/,
    );
    const { edition, account } = await open('bluesky');
    await expect(publishFeeds(edition.context, {})).rejects.toThrow(
      `${account}: it is not connected. Connect it with \`callboard connect bluesky\`. Then run it again; what stands already stays.`,
    );
  });

  test('money that is spent holds what costs more, and the organizer hears of it once', async () => {
    const { edition, account, ids } = await open('x', { caps: { usd: 0.5 } });
    edition.clock.set(due);
    for (const id of ids) await publishAnnouncement(edition.context, id);
    // A post with a link and a picture costs $0.205.
    expect(await states(edition)).toEqual({ published: 2, held: 5 });
    expect((await notices(edition)).map(({ kind }) => kind)).toEqual(['spent']);
    const [held] = await edition.context.ledger.list({ states: ['held'], limit: 1 });
    expect(held?.reason).toContain(`the money that ${account} may spend is spent`);
    await sweep(edition.context);
    expect(await states(edition)).toEqual({ published: 2, held: 5 });
  });

  test('a cap of money that was raised and is reached again is told again, once', async () => {
    const { edition, ids } = await open('x', { caps: { usd: 0.3 } });
    edition.clock.set(due);
    for (const id of ids) await publishAnnouncement(edition.context, id);
    expect(await states(edition)).toEqual({ published: 1, held: 6 });
    const raised = edition.config.accounts.map((rules) => ({
      ...rules,
      caps: { ...rules.caps, microUsd: 500_000 },
    }));
    const context = await edition.anotherContext({}, { ...edition.config, accounts: raised });
    for (const announcement of await context.ledger.list({ states: ['held'] })) {
      await context.ledger.move(announcement, { to: 'planned', actor: 'person' }, due);
    }
    for (const id of ids) await publishAnnouncement(context, id);
    expect(await states(edition)).toEqual({ published: 2, held: 5 });
    expect((await notices(edition)).map(({ kind }) => kind)).toEqual(['spent', 'spent']);
  });

  test('an account that may not post is parked, told once, and what is timely goes out when it is connected again', async () => {
    const { edition, account, ids } = await open('bluesky');
    const [first = '', ...rest] = ids;
    edition.clock.set(due);
    edition.faults.set(first, [{ kind: 'unauthorized', reason: 'the app password was revoked' }]);
    await publishAnnouncement(edition.context, first);
    const other = await edition.anotherContext();
    for (const id of rest) await publishAnnouncement(other, id);
    expect(await states(edition)).toEqual({ held: 7 });
    expect(edition.witness.accepted).toEqual([]);
    expect((await notices(edition)).map(({ kind, subject }) => [kind, subject])).toEqual([
      ['account-parked', `${account} has to be connected`],
    ]);
    const secrets = { credentials: { identifier: 'a', appPassword: 'planted-secret' } };
    expect(await connect(edition.context, { account, secrets })).toEqual({
      account,
      released: 7,
      configured: true,
    });
    for (const id of ids) await publishAnnouncement(edition.context, id);
    expect(await states(edition)).toEqual({ published: 7 });
    const { rows } = await database().query<{ sealed: string }>(
      'SELECT sealed FROM callboard.secrets WHERE account = $1',
      [account],
    );
    expect(rows[0]?.sealed).toMatch(/^v1\./);
    expect(JSON.stringify(rows)).not.toContain('planted-secret');
  });

  test('what waits for a parked account goes out in every edition once one of them connects it', async () => {
    const shared = 'bluesky:@shared.example';
    const openShared = () =>
      open('bluesky', {}, [session('a', start), session('b', start)], { accounts: [shared] });
    const here = await openShared();
    const there = await openShared();
    const [first = ''] = here.ids;
    const [waiting, kept] = await there.edition.announcements();
    if (!waiting || !kept) throw new Error('two were planned');
    const byPerson = { to: 'held', reason: 'person: wait', actor: 'person' } as const;
    await there.edition.context.ledger.move(kept, byPerson, noon);
    here.edition.clock.set(due);
    there.edition.clock.set(due);
    here.edition.faults.set(first, [{ kind: 'unauthorized', reason: 'revoked' }]);
    await publishAnnouncement(here.edition.context, first);
    await publishAnnouncement(there.edition.context, waiting.id);
    expect(await states(there.edition)).toEqual({ held: 2 });
    expect((await sweep(there.edition.context)).readmitted).toBe(0);

    await connect(here.edition.context, { account: shared });
    expect(await states(here.edition)).toEqual({ planned: 2 });
    expect(await sweep(there.edition.context)).toMatchObject({
      readmitted: 1,
      due: [{ id: waiting.id }],
    });
    await publishAnnouncement(there.edition.context, waiting.id);
    expect(await states(there.edition)).toEqual({ published: 1, held: 1 });
  });

  test('what a worker holds in the moment in which its account is connected is not forgotten', async () => {
    const { edition, account, ids } = await open('bluesky', {}, [session('a', start)]);
    const { context } = edition;
    edition.clock.set(due);
    await context.parking.park(account, 'revoked', due);
    const behind = await edition.anotherContext();
    const { gate } = behind;
    const slow = {
      ...behind,
      gate: {
        ...gate,
        async admit(asked: string, now: number) {
          const admission = await gate.admit(asked, now);
          await connect(context, { account });
          return admission;
        },
      },
    };
    await publishAnnouncement(slow, ids[0] ?? '');
    expect(await states(edition)).toEqual({ held: 1 });
    await sweep(context);
    await publishAnnouncement(context, ids[0] ?? '');
    expect(await states(edition)).toEqual({ published: 1 });
  });

  test('after five failures in a row the account rests, then one probes and the rest follow', async () => {
    const { edition, account, ids } = await open('bluesky');
    edition.clock.set(due);
    edition.faults.set('always', [{ kind: 'retry-later', reason: 'away' }]);
    for (const id of ids.slice(0, 5)) await publishAnnouncement(edition.context, id);
    const last = ids[5] ?? '';
    expect(await publishAnnouncement(edition.context, last)).toEqual({
      kind: 'again',
      at: due + 10 * second,
    });
    await connect(edition.context, { account, secrets: {} });
    const told = (await liveAccountFindings(edition.context)).map(({ finding }) => finding);
    expect(told).toContainEqual(
      expect.stringMatching(/, and rests until Wed 1 May 2030, 15:45 CEST, 13:45 UTC$/),
    );
    edition.clock.advance(10 * second);
    edition.faults.clear();
    expect(await publishAnnouncement(edition.context, last)).toMatchObject({
      outcome: 'published',
    });
    expect(await publishAnnouncement(edition.context, ids[6] ?? '')).toMatchObject({
      outcome: 'published',
    });
  });

  test('an announcement that has to wait for another one holds up no third', async () => {
    const { edition, ids } = await open('youtube');
    const [first = '', other = ''] = ids;
    edition.clock.set(due);
    edition.faults.set(first, [
      {
        kind: 'retry-later',
        reason: 'its turn comes',
        notBefore: due + 90 * second,
        ofAnnouncement: true,
      },
    ]);
    expect(await publishAnnouncement(edition.context, first)).toEqual({
      kind: 'again',
      at: due + 90 * second,
    });
    expect(await publishAnnouncement(edition.context, other)).toMatchObject({
      outcome: 'published',
    });
  });

  test('one account that is ill holds up no other', async () => {
    const sessions = [session('a', start)];
    const { edition } = await open('bluesky', {}, sessions, {
      accounts: ['bluesky:@ill.example', 'threads:@well'],
    });
    edition.clock.set(due);
    const ill = await edition.announcement({ account: 'bluesky:@ill.example' });
    const well = await edition.announcement({ account: 'threads:@well' });
    edition.faults.set(ill.id, [{ kind: 'retry-later', reason: 'limit', notBefore: due + hour }]);
    await publishAnnouncement(edition.context, ill.id);
    expect(await publishAnnouncement(edition.context, well.id)).toMatchObject({
      outcome: 'published',
    });
  });

  test('a link that leads nowhere is not sent to followers', async () => {
    const { edition, ids } = await open('bluesky', {}, [session('a', start)], {
      site: 'http://localhost:4680',
    });
    edition.clock.set(due);
    await publishAnnouncement(edition.context, ids[0] ?? '');
    const [one] = await edition.announcements();
    expect(one).toMatchObject({ state: 'held', needsPerson: true });
    expect(one?.reason).toContain('its link leads to localhost:4680');
  });

  const byHand = (real: Publisher): Publisher => ({
    ...real,
    byHand: { address: 'https://www.youtube.com/@m/posts', instruction: 'Paste it there.' },
    recognize: (address) => {
      const name = /post\/(Ug\w+)/.exec(address)?.[1];
      return name === undefined
        ? undefined
        : { uri: name, permalink: `https://www.youtube.com/post/${name}` };
    },
  });

  test('a hand-off is made on time, is told, and is done when its address is given back', async () => {
    const { edition, account, ids } = await open('youtube', {}, [
      session('a', start),
      session('b', start),
    ]);
    const real = edition.publisher(account);
    if (!real) throw new Error('no publisher');
    const context = await edition.anotherContext({ publisher: () => byHand(real) });
    edition.clock.set(due);
    for (const id of ids) await publishAnnouncement(context, id);
    expect(await states(edition)).toEqual({ 'handed-off': 2 });
    expect(edition.witness.accepted).toEqual([]);
    const [one, two] = (await handOffs(context)).handOffs;
    if (!one || !two) throw new Error('two were handed off');
    expect(one).toMatchObject({ overdue: false, instruction: 'Paste it there.' });
    expect(one.text).toContain(one.link);
    expect((await notices(edition)).map(({ kind }) => kind)).toEqual(['hand-off', 'hand-off']);

    const done = (id: string, address: string) => handOffDone(context, { id, address });
    await expect(done(one.id, 'https://example.org/')).rejects.toThrow(
      'https://example.org/: this is no address of a post on YouTube. Copy the address',
    );
    expect(await putUp(context)).toEqual([]);
    expect(await done(one.id, 'https://youtube.com/post/UgkA?si=x')).toEqual({
      id: one.id,
      permalink: 'https://www.youtube.com/post/UgkA',
    });
    expect(await putUp(context)).toEqual([
      {
        id: one.id,
        network: one.network,
        title: one.title,
        permalink: 'https://www.youtube.com/post/UgkA',
        at: expect.stringMatching(/^20\d\d-.*Z$/) as string,
      },
    ]);
    await expect(done(one.id, 'https://youtube.com/post/UgkA')).rejects.toThrow(
      /it is published, not handed off/,
    );
    await expect(done(two.id, 'https://youtube.com/post/UgkA')).rejects.toThrow(
      /belongs to another announcement/,
    );
    edition.clock.advance(4 * minute);
    await watchHandOffs(context);
    await watchHandOffs(context);
    const overdue = (await notices(edition)).filter(({ kind }) => kind === 'hand-off-overdue');
    expect(overdue.map(({ announcement }) => announcement)).toEqual([two.id]);
    edition.clock.advance(25 * hour);
    await watchHandOffs(context);
    expect(await states(edition)).toEqual({ published: 1, expired: 1 });
  });

  test('looks by a schedule, then asks a person, whose word ends the doubt', async () => {
    const { edition, account, ids } = await open('x', { graces: { PT15M: 'PT15M' } }, [
      session('a', start),
      session('b', start),
    ]);
    const real = edition.publisher(account);
    if (!real) throw new Error('no publisher');
    let looks = 0;
    const publisher = (): Publisher => ({
      ...byHandless(real),
      looksAfterMs: [15 * second, minute, 2 * minute, 5 * minute],
      find: () => {
        looks += 1;
        return Promise.resolve({ kind: 'unknown', reason: 'X is away' });
      },
    });
    const context = await edition.anotherContext({ publisher });
    edition.clock.set(due);
    for (const id of ids) {
      edition.faults.set(id, [{ kind: 'lost-request' }]);
      await publishAnnouncement(context, id);
    }
    for (let step = 0; step < 7 * 12; step += 1) {
      edition.clock.advance(5 * second);
      await reconcile(context);
    }
    expect(looks).toBe(2 * 4);
    const [one, two] = await context.ledger.list({ states: ['uncertain'] });
    if (!one || !two) throw new Error('both are in doubt');
    expect(one).toMatchObject({ needsPerson: true, reason: 'X is away' });
    expect((await notices(edition)).map(({ kind }) => kind)).toEqual(['in-doubt', 'in-doubt']);
    await connect(context, { account: one.account });
    await reconcile(context);
    expect(looks).toBe(2 * 5);
    expect(await notices(edition)).toHaveLength(2);
    expect((await notices(edition))[0]?.text).toMatch(
      /callboard resolve \w+ --posted <address>.*callboard resolve \w+ --absent/,
    );
    expect(await resolve(context, { id: one.id, posted: 'https://x.com/m/post/Ug1' })).toEqual({
      id: one.id,
      to: 'published',
      permalink: 'https://www.youtube.com/post/Ug1',
    });
    expect(await resolve(context, { id: two.id, absent: true })).toEqual({
      id: two.id,
      to: 'planned',
    });
    await publishAnnouncement(context, two.id);
    expect(edition.witness.textsOf(two.id)).toEqual([two.frozen?.content.text]);
    expect(await states(edition)).toEqual({ published: 2 });
    await expect(resolve(context, { id: two.id, absent: true })).rejects.toThrow(
      /it is published, not in doubt/,
    );
  });

  test('a second doubt of one announcement is told again, each of them once', async () => {
    const { edition, ids } = await open('x', { graces: { PT15M: 'PT15M' } }, [session('a', start)]);
    const [id = ''] = ids;
    const context = await edition.anotherContext({
      publisher: (account) => {
        const real = edition.publisher(account);
        return (
          real && {
            ...real,
            looksAfterMs: [second],
            find: () => Promise.resolve({ kind: 'unknown', reason: 'X is away' }),
          }
        );
      },
    });
    edition.clock.set(due);
    for (const told of [1, 2]) {
      edition.faults.set(id, [{ kind: 'lost-request' }]);
      await publishAnnouncement(context, id);
      for (let pass = 0; pass < 3; pass += 1) {
        edition.clock.advance(minute);
        await reconcile(context);
      }
      expect(await notices(edition)).toHaveLength(told);
      await resolve(context, { id, absent: true });
    }
  });

  const byHandless = (real: Publisher): Publisher => {
    const { byHand: _byHand, ...api } = byHand(real);
    return api;
  };

  test('going live is refused until the account is connected; a person who posts by hand needs no connection', async () => {
    const { edition, account } = await open('bluesky');
    await budget(edition.context, {});
    await expect(refuseUncleared(edition.context)).rejects.toThrow(
      `${account}: it is not connected. Connect it with callboard connect bluesky, then start again.`,
    );
    await connect(edition.context, { account, secrets: {} });
    await refuseUncleared(edition.context);
    const youtube = await open('youtube');
    await budget(youtube.edition.context, {});
    await refuseUncleared(youtube.edition.context);
  });

  test('going live is refused until it was shown, and fits or was accepted by name', async () => {
    const { edition, account } = await open('bluesky', { caps: { perHour: 3 } });
    await connect(edition.context, { account, secrets: {} });
    await expect(refuseUncleared(edition.context)).rejects.toThrow(
      /nobody has looked .* Look with callboard budget/,
    );
    const shown = await budget(edition.context, {});
    expect(shown.accounts).toMatchObject([{ account, posts: 7, cost: 0, fits: false }]);
    expect(shown.accounts[0]?.comparisons).toContainEqual({
      whose: 'caps',
      windowMs: hour,
      limit: 3,
      most: 7,
      from: due,
    });
    await expect(refuseUncleared(edition.context)).rejects.toThrow(
      /more than its limits or caps allow\. See callboard budget/,
    );
    await expect(budget(edition.context, { accept: [account, 'x:@other'] })).rejects.toThrow(
      /no live account of this name/,
    );
    await expect(refuseUncleared(edition.context)).rejects.toThrow(/accept it with/);
    await budget(edition.context, { accept: [account] });
    await refuseUncleared(edition.context);
    const [accepted] = (await budget(edition.context, {})).accounts;
    expect(accepted).toMatchObject({ fits: false, accepted: true });
    await edition.context.database.query(
      `UPDATE callboard.clearances SET accepted = $1 WHERE edition = $2`,
      [JSON.stringify({ cost: 0, costCap: 0, comparisons: [] }), edition.context.edition.id],
    );
    // It was less that was accepted then.
    await expect(refuseUncleared(edition.context)).rejects.toThrow(/accept it with/);
    await budget(edition.context, { accept: [account] });
    await refuseUncleared(edition.context);
  });

  test('what the journal saw sent and the ledger forgot is looked for, not sent twice', async () => {
    const { edition, account, ids } = await open('bluesky', {}, [session('a', start)]);
    const [id = ''] = ids;
    edition.clock.set(due);
    const { context } = edition;
    if (context.database.kind === 'server') {
      expect(context.journal).toBeUndefined();
      return;
    }
    edition.faults.set(id, [{ kind: 'lost-answer' }]);
    await publishAnnouncement(context, id);
    expect(edition.witness.accepted).toHaveLength(1);
    // The power cut: the claim and all that followed never reached the disk.
    await database().query('ALTER TABLE callboard.announcements DISABLE TRIGGER USER');
    await database().query(
      `UPDATE callboard.announcements SET state = 'planned', sent = false, attempts = 0, frozen_key = NULL, frozen_content = NULL, frozen_at = NULL WHERE id = $1`,
      [id],
    );
    await database().query('ALTER TABLE callboard.announcements ENABLE TRIGGER USER');
    await recoverFromJournal(context);
    await recoverFromJournal(context);
    const [one] = await edition.announcements();
    expect(one).toMatchObject({ state: 'uncertain', account, attempts: 1 });
    await publishAnnouncement(context, id);
    edition.clock.advance(minute);
    await reconcile(context);
    expect(await states(edition)).toEqual({ published: 1 });
    expect(edition.witness.accepted).toHaveLength(1);
  });

  test('what the journal saw sent and whose row was lost is looked for when it is planned anew', async () => {
    const { edition, account, ids } = await open('bluesky', {}, [session('a', start)]);
    const [id = ''] = ids;
    edition.clock.set(due);
    const { context } = edition;
    if (context.database.kind === 'server') return;
    edition.faults.set(id, [{ kind: 'lost-answer' }]);
    await publishAnnouncement(context, id);
    // The power cut: not even that it was planned had reached the disk.
    for (const table of ['sendings', 'coverage']) {
      await database().query(`DELETE FROM callboard.${table} WHERE announcement = $1`, [id]);
    }
    await database().query('DELETE FROM callboard.announcements WHERE id = $1', [id]);
    await recoverFromJournal(context);
    expect(await states(edition)).toEqual({});
    expect(await replanEdition(context)).toMatchObject({ added: 1 });
    expect(await edition.announcements()).toMatchObject([
      { id, state: 'uncertain', account, attempts: 1 },
    ]);
    await publishAnnouncement(context, id);
    edition.clock.advance(minute);
    await reconcile(context);
    expect(await states(edition)).toEqual({ published: 1 });
    expect(edition.witness.accepted).toHaveLength(1);
  });
});
