import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, test, type TestContext } from 'vitest';
import { buildCrashWorker } from '../support/crash-worker-build.js';
import { readWholeProgram } from '../support/dense-hour.js';
import { runNetworkChaos, type NetworkChaosRun } from '../support/network-chaos-run.js';

/** On an idle machine a tenth of it is enough. */
const patienceMs = 600_000;
const seed = Number(process.env.CALLBOARD_TEST_SEED ?? Date.now() % 1_000_000_000);
let folder: string;
let worker: Awaited<ReturnType<typeof buildCrashWorker>>;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'callboard-networks-'));
  worker = await buildCrashWorker();
}, patienceMs);

afterAll(() => {
  worker.remove();
  rmSync(folder, { recursive: true, force: true });
});

/** Six sessions of the sample on Threads, X and YouTube, by its pilot and by hand, all due at once; the worker is killed in the midst of them. */
async function chaos(
  { expect }: Pick<TestContext, 'expect'>,
  name: string,
  faults: number,
  reconcile: boolean,
): Promise<NetworkChaosRun> {
  const run = await runNetworkChaos({
    worker: worker.file,
    folder: join(folder, name),
    seed,
    program: readWholeProgram(),
    sessions: 6,
    kills: 1,
    faults,
    overMs: 0,
    name,
    reconcile,
  });
  expect(run.planned).toBe(24);
  expect(run.faults).toBeGreaterThan(0);
  return run;
}

// Much of a run is waiting for looks after lost answers: the two go on side by side.
test.concurrent(
  'live accounts whose networks answer wrong now and then get each announcement exactly once, through a kill',
  async (t) => {
    const { accounts } = await chaos(t, 'reconciled', 0.1, true);
    const figures = accounts.map(({ account, accepted, handedOver, lost, twice, strangers }) => {
      return [account, accepted, handedOver, [...lost, ...twice, ...strangers]];
    });
    t.expect(figures, `CALLBOARD_TEST_SEED=${String(seed)}`).toEqual([
      ['threads:@meeting', 6, 0, []],
      ['x:@meeting', 6, 0, []],
      ['youtube:@meeting', 6, 0, []],
      ['youtube:@meeting-by-hand', 0, 6, []],
    ]);
    t.expect(accounts.flatMap(({ left }) => left)).toEqual([]);
  },
  patienceMs,
);

test.concurrent(
  'they do not when nobody looks after lost answers, which this test would notice',
  async (t) => {
    const { accounts } = await chaos(t, 'nobody-looks', 0.25, false);
    t.expect(
      accounts.flatMap(({ left }) => left),
      `CALLBOARD_TEST_SEED=${String(seed)}`,
    ).not.toEqual([]);
    t.expect(accounts.flatMap(({ twice }) => twice)).toEqual([]);
  },
  patienceMs,
);
