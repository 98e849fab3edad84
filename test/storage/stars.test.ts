import { beforeAll, expect, test } from 'vitest';
import type { Database } from '../../src/storage/database.js';
import { createEdition } from '../../src/storage/editions.js';
import { appointMember, deleteMember } from '../../src/storage/members.js';
import {
  memberOfToken,
  renewScheduleToken,
  scheduleToken,
} from '../../src/storage/schedule-addresses.js';
import { giveStars, removeStar, starsOf } from '../../src/storage/stars.js';
import { describeOnDatabases } from '../support/database.js';

const now = Date.UTC(2026, 10, 24, 13);
const key = new Uint8Array(32).fill(7);

describeOnDatabases('stars', (database) => {
  beforeAll(async () => {
    for (const id of ['one', 'other']) {
      await createEdition(database(), {
        id,
        series: id,
        title: id,
        zone: 'Europe/Berlin',
        shiftMs: 0,
        beganAt: now,
        createdAt: now,
      });
    }
  });

  test('stars are kept in the order in which they were given, each once', async () => {
    const whose = { edition: 'one', member: await member(database(), 'order') };
    await giveStars(database(), whose, ['c', 'a', 'c'], now);
    await giveStars(database(), whose, ['a', 'b'], now + 10);
    expect(await starsOf(database(), whose)).toEqual([
      { session: 'c', starredAt: now, turns: 0 },
      { session: 'a', starredAt: now + 1, turns: 0 },
      { session: 'b', starredAt: now + 10, turns: 0 },
    ]);
  });

  test('a star that was taken back stays known, and every turn is counted', async () => {
    const whose = { edition: 'one', member: await member(database(), 'turns') };
    await giveStars(database(), whose, ['a'], now);
    await removeStar(database(), whose, 'a', now + 10);
    await removeStar(database(), whose, 'a', now + 20);
    await removeStar(database(), whose, 'never', now + 20);
    expect(await starsOf(database(), whose)).toEqual([
      { session: 'a', starredAt: now, removedAt: now + 10, turns: 1 },
    ]);
    await giveStars(database(), whose, ['a'], now + 30);
    expect(await starsOf(database(), whose)).toEqual([
      { session: 'a', starredAt: now + 30, turns: 2 },
    ]);
  });

  test('no more than 300 stand, and those that stand count once', async () => {
    const whose = { edition: 'one', member: await member(database(), 'most') };
    const keys = Array.from({ length: 310 }, (_, at) => `s${String(at).padStart(3, '0')}`);
    await giveStars(database(), whose, keys.slice(0, 299), now);
    await giveStars(database(), whose, keys, now + 1_000);
    const stars = await starsOf(database(), whose);
    expect(stars.map(({ session }) => session)).toEqual(keys.slice(0, 300));
  });

  test('another edition and another member have stars of their own', async () => {
    const whose = { edition: 'one', member: await member(database(), 'own') };
    await giveStars(database(), whose, ['a'], now);
    expect(await starsOf(database(), { ...whose, edition: 'other' })).toEqual([]);
    const another = await member(database(), 'another');
    await removeStar(database(), { edition: 'one', member: another }, 'a', now);
    expect(await starsOf(database(), whose)).toHaveLength(1);
  });

  test('a calendar’s address is shown again, found by its token alone, and no token is stored', async () => {
    const whose = { edition: 'one', member: await member(database(), 'calendar') };
    const token = await scheduleToken(database(), whose, key, now);
    expect(token).toMatch(/^[\w-]{43}$/);
    expect(await scheduleToken(database(), whose, key, now)).toBe(token);
    expect(await memberOfToken(database(), 'one', token)).toBe(whose.member);
    expect(await memberOfToken(database(), 'other', token)).toBeUndefined();
    const { rows } = await database().query<{ digest: string }>(
      'SELECT * FROM callboard.schedule_addresses WHERE member = $1',
      [whose.member],
    );
    expect(JSON.stringify(rows)).not.toContain(token);
    expect(await memberOfToken(database(), 'one', rows[0]?.digest ?? '')).toBeUndefined();
  });

  test('a renewed address ends the old one; sealed with a lost key it is renewed by itself', async () => {
    const whose = { edition: 'one', member: await member(database(), 'renewed') };
    const old = await scheduleToken(database(), whose, key, now);
    const renewed = await renewScheduleToken(database(), whose, key, now);
    expect(await memberOfToken(database(), 'one', old)).toBeUndefined();
    const other = await scheduleToken(database(), whose, new Uint8Array(32).fill(8), now);
    expect(other).not.toBe(renewed);
    expect(await memberOfToken(database(), 'one', renewed)).toBeUndefined();
    expect(await memberOfToken(database(), 'one', other)).toBe(whose.member);
  });

  test('stars and calendar go with their member', async () => {
    const whose = { edition: 'one', member: await member(database(), 'gone') };
    await giveStars(database(), whose, ['a'], now);
    const token = await scheduleToken(database(), whose, key, now);
    await deleteMember(database(), whose.member);
    expect(await starsOf(database(), whose)).toEqual([]);
    expect(await memberOfToken(database(), 'one', token)).toBeUndefined();
  });
});

async function member(database: Database, name: string): Promise<string> {
  const email = `${name}@stars.example.org`;
  await appointMember(database, { email, role: 'attendee' }, now);
  const { rows } = await database.query<{ id: string }>(
    'SELECT id FROM callboard.members WHERE email = $1',
    [email],
  );
  return rows[0]?.id ?? '';
}
