import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { rehearse, type RehearsalOptions } from '../../src/operations/rehearsal/rehearse.js';
import type { RehearsalResult } from '../../src/operations/rehearsal/result.js';
import { rehearsalFolder } from './rehearsal-stage.js';

const stage = rehearsalFolder();
const withoutLimits: RehearsalOptions = { limits: false };
const withLimits: RehearsalOptions = { limits: true };
const twoNetworks = ['accounts: [preview:bluesky, preview:x]', 'leads: [P1D, PT15M]'];
const threeSessions = [{ start: '10:00' }, { start: '10:00' }, { start: '11:00' }];

/** The counts alone. */
function counts(result: RehearsalResult) {
  const { planned, published, expired, held, cancelled, rejected, uncertain, duplicates } = result;
  return { planned, published, expired, held, cancelled, rejected, uncertain, duplicates };
}
const nothing = {
  published: 0,
  expired: 0,
  held: 0,
  cancelled: 0,
  rejected: 0,
  uncertain: 0,
  duplicates: 0,
};

describe('a rehearsal', { timeout: 60_000 }, () => {
  test('publishes every announcement at its due moment when nothing limits it, and leaves no file behind', async () => {
    const { result, posts } = await rehearse(
      stage.config(threeSessions, twoNetworks),
      withoutLimits,
    );
    expect(counts(result)).toEqual({ ...nothing, planned: 12, published: 12 });
    expect(result.latenessMs).toEqual({ p50: 0, p99: 0, max: 0 });
    expect(result.findings).toEqual([]);
    expect(result.networks.bluesky).toEqual({
      ...nothing,
      planned: 6,
      published: 6,
      latenessMs: { p50: 0, p99: 0, max: 0 },
    });
    expect(posts.map(({ acceptedAt }) => new Date(acceptedAt).toISOString().slice(0, 16))).toEqual([
      ...Array<string>(4).fill('2030-09-13T09:00'),
      ...Array<string>(2).fill('2030-09-13T10:00'),
      ...Array<string>(4).fill('2030-09-14T08:45'),
      ...Array<string>(2).fill('2030-09-14T09:45'),
    ]);
    expect(result.from).toBe('2030-09-13T08:59:00Z');
    expect(readdirSync(stage.temporary)).toEqual([]);
  });

  test('keeps the pace of an account and says what expired by it', async () => {
    const config = stage.config(Array(5).fill({ start: '10:00' }), [
      'leads: [PT15M]',
      'accounts: [{ account: preview:x, pace: { posts: 1, per: PT80S } }]',
    ]);
    const { result } = await rehearse(config, withLimits);
    // 3 minutes of grace: the posts begin after 0, 80 and 160 seconds.
    expect(counts(result)).toEqual({ ...nothing, planned: 5, published: 3, expired: 2 });
    expect(result.reasons).toEqual([
      {
        state: 'expired',
        network: 'x',
        leadTime: 'PT15M',
        reason: 'so many were due together that at the pace for X its turn came past its deadline',
        count: 2,
      },
    ]);
    const { p50 = 0, max = 0 } = result.latenessMs ?? {};
    expect([p50 - 80_000, max - 160_000].every((delay) => delay >= 200 && delay <= 900)).toBe(true);
  });

  test('takes no more on Threads than 250 a day, and asks again only when there is room', async () => {
    const sessions = Array.from({ length: 260 }, (_, index) => ({
      start: `${String(9 + Math.floor(index / 60)).padStart(2, '0')}:${String(index % 60).padStart(2, '0')}`,
    }));
    const config = stage.config(sessions, ['leads: [PT15M]', 'accounts: [preview:threads]']);
    const limited = await rehearse(config, withLimits);
    expect(counts(limited.result)).toEqual({
      ...nothing,
      planned: 260,
      published: 250,
      expired: 10,
    });
    expect(limited.result.attempts).toBe(251);
    expect(limited.result.reasons.map(({ reason, count }) => [count, reason])).toEqual([
      [10, 'the posts that Threads allows were used up until past its deadline'],
    ]);
    const free = await rehearse(config, withoutLimits);
    expect(counts(free.result)).toEqual({ ...nothing, planned: 260, published: 260 });
  });

  test('posts what waited for the limit once there is room and its deadline lies ahead', async () => {
    const sessions = Array.from({ length: 252 }, () => ({ start: '10:00' }));
    const config = stage.config(sessions, [
      'leads: [P7D]',
      'graces: { P7D: P2D }',
      'accounts: [preview:threads]',
    ]);
    const { result } = await rehearse(config, withLimits);
    expect(counts(result)).toEqual({ ...nothing, planned: 252, published: 252 });
    const dayMs = 86_400_000;
    const max = result.latenessMs?.max ?? 0;
    expect([max >= dayMs, max < dayMs + 60_000]).toEqual([true, true]);
  });

  test('leaves what waits for a person held, and notes what the source cancelled', async () => {
    const config = stage.config(
      [{ start: '10:00', room: 'Quay' }, { start: '10:00' }, { start: '10:00', cancelled: true }],
      [...twoNetworks, 'holdWithoutRoom: true'],
    );
    const { result } = await rehearse(config, withoutLimits);
    expect(counts(result)).toEqual({ ...nothing, planned: 8, published: 4, held: 4 });
    expect(result.reasons.map(({ state, reason }) => [state, reason])).toEqual(
      Array(4).fill(['held', 'room']),
    );
    expect(result.notes).toEqual(['1 session: left out, cancelled in the program.']);
  });

  test('begins and ends where it is told to, on the clock of the conference', async () => {
    const config = stage.config(threeSessions, twoNetworks);
    const part = { ...withoutLimits, from: '2030-09-13T10:30', to: '2030-09-14T10:00+01:00' };
    const { result } = await rehearse(config, part);
    expect(counts(result)).toEqual({ ...nothing, planned: 6, published: 6 });
    expect(result.from).toBe('2030-09-13T09:30:00Z');
    expect(result.notes).toEqual([
      '4 announcements 1 day before: left out, they were due before the campaign began.',
      '2 announcements are due after the end of the rehearsal: left out.',
    ]);
    await expect(rehearse(config, { ...withLimits, from: 'soon' })).rejects.toThrow(
      '--from: "soon" is no date or time. Write 2026-03-01',
    );
  });

  test('gets every announcement out once when requests and answers are lost', async () => {
    const faulty = { ...withLimits, faults: 100 };
    const { result } = await rehearse(stage.config(threeSessions, twoNetworks), faulty);
    expect(counts(result)).toEqual({ ...nothing, planned: 12, published: 12 });
    expect(result.findings).toEqual([]);
    // Of 12 first tries 4 lost their answer and stand; 8 were made again.
    expect(result.attempts).toBe(20);
  });

  test('rehearses a campaign that wants nothing', async () => {
    const config = stage.config([{ start: '10:00', cancelled: true }], twoNetworks);
    const { result } = await rehearse(config, withLimits);
    expect(counts(result)).toEqual({ ...nothing, planned: 0 });
    expect(result.findings).toEqual([]);
  });
});

describe('a rehearsal tells', { timeout: 60_000 }, () => {
  test('what is held because its template breaks: a finding, once for all that it keeps back', async () => {
    const folder = mkdtempSync(join(stage.temporary, 'templates-'));
    writeFileSync(join(folder, 'default.liquid'), '{{ title');
    mkdirSync(join(folder, 'x'));
    writeFileSync(join(folder, 'x', 'PT15M.liquid'), '{{ title | nosuchfilter }}');
    const settings = [...twoNetworks, `templatesFolder: ${folder}`];
    const { result } = await rehearse(stage.config(threeSessions, settings), withoutLimits);
    rmSync(folder, { recursive: true });
    expect(result.held).toBeGreaterThan(0);
    expect(result.findings).toEqual([
      `3 announcements were held for want of a text: ${basename(folder)}/x/PT15M.liquid:1: undefined filter: nosuchfilter.`,
    ]);
    expect(result.reasons).toHaveLength(1);
  });

  test('what waits for a release that nobody gives, without a finding', async () => {
    const settings = [...twoNetworks, 'approval: true'];
    const { result } = await rehearse(stage.config(threeSessions, settings), withoutLimits);
    expect(counts(result)).toEqual({ ...nothing, planned: 12, held: 12 });
    expect(result.findings).toEqual([]);
    expect(result.remarks).toEqual([
      '12 announcements waited for release to the end: in earnest a person lets them go with `callboard release`, here nobody does.',
    ]);
  });

  test('that the caps of live accounts are not played', async () => {
    const settings = ['leads: [PT15M]', 'accounts: [x:@harbour]'];
    const { result } = await rehearse(stage.config(threeSessions, settings), withoutLimits);
    expect(result.published).toBe(3);
    expect(result.remarks).toEqual([
      'The caps of live accounts were not played: `callboard budget` holds the campaign against them.',
    ]);
  });
});

describe('a rehearsal notices', { timeout: 60_000 }, () => {
  const notice = async (overrides: Parameters<typeof rehearse>[2]) =>
    (await rehearse(stage.config(threeSessions, twoNetworks), withoutLimits, overrides)).result;

  test('a publisher that posts everything twice', async () => {
    const result = await notice({
      publisher: (publisher) => ({
        ...publisher,
        async publish(dispatch) {
          await publisher.publish(dispatch);
          return publisher.publish(dispatch);
        },
      }),
    });
    expect(counts(result)).toEqual({ ...nothing, planned: 12, published: 12, duplicates: 12 });
    expect(result.networks.x?.duplicates).toBe(6);
    expect(result.findings).toEqual([
      '12 posts were accepted by a network that announce what was announced already.',
    ]);
  });

  test('a ledger that forgets what was published', async () => {
    const result = await notice({
      ledger: (ledger) => ({
        ...ledger,
        async settle(claim, settlement, now) {
          if (settlement.to !== 'published' || claim.announcement.attempts > 1) {
            return ledger.settle(claim, settlement, now);
          }
          const { post: _post, ...rest } = settlement;
          return ledger.settle(claim, { ...rest, to: 'planned', retryAt: now }, now);
        },
      }),
    });
    expect(result.findings).toEqual([
      '12 announcements stand on a network, but the ledger does not say so.',
    ]);
  });

  test('a ledger that takes not all of the plan', async () => {
    const result = await notice({
      ledger: (ledger) => ({
        ...ledger,
        apply: (changes, now) => ledger.apply(changes.slice(1), now),
      }),
    });
    expect(result.planned).toBe(11);
    expect(result.findings).toEqual([
      '1 announcement differs between the plan (12) and what the ledger took (11).',
    ]);
  });

  test('announcements that come to no end', async () => {
    const result = await notice({
      ledger: (ledger) => ({ ...ledger, settle: () => Promise.resolve(true) }),
    });
    expect(counts(result)).toEqual({ ...nothing, planned: 12 });
    expect(result.findings).toEqual([
      '12 announcements are not accounted for: 12 were planned, the ends add up to 0.',
      '12 announcements stand on a network, but the ledger does not say so.',
    ]);
  });

  test('posts that the ledger has and no network saw', async () => {
    const result = await notice({
      publisher: (publisher) => ({
        ...publisher,
        publish: ({ announcement: { id } }) =>
          Promise.resolve({
            kind: 'published',
            post: { uri: `lie:${id}`, permalink: 'lie:', acceptedAt: 0 },
          }),
      }),
    });
    expect(result.findings).toEqual([
      '12 announcements are published in the ledger, but no network saw them.',
    ]);
  });
});
