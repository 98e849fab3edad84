import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { measureStart, runCrashes, type CrashPlan, type CrashRun } from '../support/crash-run.js';
import { buildCrashWorker } from '../support/crash-worker-build.js';
import { missingPostgres, startPostgres, type PostgresServer } from '../support/postgres-server.js';

const wholeVerdict = { lost: [], duplicates: [], unsettled: [], strangers: [] };
/** A worker lives so long beyond its start, on average. */
const lifeMs = 700;
/** On an idle machine a tenth of it is enough. */
const patienceMs = 600_000;

const seed = Number(process.env.CALLBOARD_TEST_SEED ?? Date.now() % 1_000_000_000);
let folder: string;
let worker: Awaited<ReturnType<typeof buildCrashWorker>>;
let startMs: number;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'callboard-crash-'));
  worker = await buildCrashWorker();
  startMs = await measureStart({ worker: worker.file, folder: join(folder, 'start') });
}, patienceMs);

afterAll(() => {
  worker.remove();
  rmSync(folder, { recursive: true, force: true });
});

async function crash(
  name: string,
  plan: Pick<CrashPlan, 'announcements' | 'kills'> & Partial<CrashPlan>,
): Promise<CrashRun> {
  const run = await runCrashes({
    worker: worker.file,
    folder: join(folder, name),
    seed,
    overMs: plan.kills * (startMs + lifeMs),
    ...plan,
  });
  const { requests, accepted, killsInMidClaim, leftBehind, foundLater, absentLater } = run;
  process.stdout.write(
    `${name}: ${String(plan.kills)} kills, ${String(killsInMidClaim)} of them in the middle of ${String(leftBehind)} claims; ` +
      `${String(requests)} requests, ${String(accepted)} accepted; of the claims left behind ${String(foundLater)} stood, ` +
      `${String(absentLater)} did not; ${String(Math.round(run.wallMs / 1_000))} s, seed ${String(seed)}\n`,
  );
  return run;
}

describe('a worker on the embedded database, killed again and again while announcements fall due', () => {
  test(
    'puts up each announcement exactly once, and the ledger says so',
    async () => {
      const run = await crash('embedded', { announcements: 300, kills: 20 });
      expect(run.verdict, `CALLBOARD_TEST_SEED=${String(seed)}`).toEqual(wholeVerdict);
      expect(run.ledger).toHaveLength(300);
      expect(run.accepted).toBe(300);
      // A test that kills only idle workers shows nothing.
      expect(run.killsInMidClaim).toBeGreaterThanOrEqual(5);
      expect(run.foundLater).toBeGreaterThan(0);
      expect(run.absentLater).toBeGreaterThan(0);
    },
    patienceMs,
  );

  test(
    'loses announcements when nobody reconciles, which this test would notice',
    async () => {
      const plan = { announcements: 60, kills: 4, reconcile: false, takenFromTheDead: 0 };
      let { verdict } = await crash('no reconcile', plan);
      // Where every kill happened to fall between two claims, another run says more.
      if (verdict.lost.length === 0) {
        ({ verdict } = await crash('no reconcile again', { ...plan, kills: 6, seed: seed + 1 }));
      }
      expect(verdict.lost.length, `CALLBOARD_TEST_SEED=${String(seed)}`).toBeGreaterThan(0);
      expect(verdict.unsettled.length).toBeGreaterThanOrEqual(verdict.lost.length);
      expect(verdict.duplicates).toEqual([]);
    },
    patienceMs,
  );

  test(
    'posts twice when everybody may claim, which this test would notice',
    async () => {
      const plan = { announcements: 60, kills: 4, claim: false, takenFromTheDead: 1 };
      const { verdict } = await crash('no claim', plan);
      expect(verdict.duplicates.length, `CALLBOARD_TEST_SEED=${String(seed)}`).toBeGreaterThan(0);
    },
    patienceMs,
  );
});

const missing = missingPostgres();
if (missing !== undefined && process.env.CI) throw new Error(missing);

describe.skipIf(missing !== undefined)(
  `two workers on one Postgres server${missing ? ` (skipped: ${missing})` : ''}`,
  () => {
    let postgres: PostgresServer;
    beforeAll(async () => {
      postgres = await startPostgres();
    });
    afterAll(() => postgres.stop());
    const two = async (own: Partial<CrashPlan> = {}) => ({
      workers: 2,
      databaseUrl: await postgres.freshDatabase(),
      announcements: 100,
      kills: 0,
      overMs: 3_000,
      ...own,
    });

    test(
      'never publish one announcement twice, though one of them is killed now and then',
      async () => {
        const run = await crash('two workers', await two({ kills: 4, overMs: 12_000 }));
        expect(run.verdict, `CALLBOARD_TEST_SEED=${String(seed)}`).toEqual(wholeVerdict);
        expect(run.accepted).toBe(100);
      },
      patienceMs,
    );

    test(
      'never do so when the queue is away and both run everything that is due',
      async () => {
        const run = await crash('two workers, no queue', await two({ queueAway: true }));
        expect(run.verdict, `CALLBOARD_TEST_SEED=${String(seed)}`).toEqual(wholeVerdict);
        expect(run.requests).toBe(100);
      },
      patienceMs,
    );

    test(
      'do so when everybody may claim, which this test would notice',
      async () => {
        const plan = await two({ queueAway: true, claim: false });
        const { verdict } = await crash('two workers, no queue, no claim', plan);
        expect(verdict.duplicates.length, `CALLBOARD_TEST_SEED=${String(seed)}`).toBeGreaterThan(0);
      },
      patienceMs,
    );
  },
);
