import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { writeCrashEdition } from './crash-edition.js';
import { createRandom, type Random } from './crash-random.js';
import { crashVerdict, type CrashVerdict } from './crash-verdict.js';
import type { Aftermath, CrashWorkerOrders, LedgerLine } from './crash-worker-messages.js';
import { startCrashWorker, type CrashWorker } from './crash-worker-process.js';
import { startCrashNetwork, type CrashNetwork, type NetworkMoment } from './crash-network.js';

/** How a worker is killed again and again while announcements fall due. */
export interface CrashPlan {
  /** The bundled worker. */
  readonly worker: string;
  readonly folder: string;
  readonly seed: number;
  readonly announcements: number;
  readonly kills: number;
  /** Over what time they fall due. */
  readonly overMs: number;
  readonly edition?: string;
  readonly dataFolder?: string;
  readonly databaseUrl?: string;
  readonly redisUrl?: string;
  readonly reconcile?: boolean;
  readonly claim?: boolean;
  readonly queueAway?: boolean;
  /** See `startCrashNetwork`. */
  readonly takenFromTheDead?: number;
  /** How many work at once; on a Postgres server only. The kills fall on one after the other. */
  readonly workers?: number;
  /** Called before each life; answers whether this one begins by dropping the queue's tables. */
  readonly beforeLife?: (life: number) => Promise<boolean> | boolean;
  /** For so long at most what is open may take after the last kill. */
  readonly settleMs?: number;
}

/** What came of it. */
export interface CrashRun {
  readonly verdict: CrashVerdict;
  readonly ledger: readonly LedgerLine[];
  readonly requests: number;
  readonly accepted: number;
  /** Kills that left at least one claim behind. */
  readonly killsInMidClaim: number;
  /** Claims that a kill left behind, and what the network knew of them. */
  readonly leftBehind: number;
  readonly foundLater: number;
  readonly absentLater: number;
  /** From the moment when the last worker works until everything is settled; a claim whose request was lost takes five seconds of it. */
  readonly recoveryMs: number;
  readonly wallMs: number;
}

const moments: readonly NetworkMoment[] = ['received', 'accepted', 'answered'];
/** This part of the kills falls on a worker that is just starting. */
const killedAtStart = 0.15;

/** Runs an edition of its own to its end, killing the worker on the way, and compares what the network accepted with the ledger. */
export async function runCrashes(plan: CrashPlan): Promise<CrashRun> {
  const began = performance.now();
  const random = createRandom(plan.seed);
  const { edition = 'crash', announcements, overMs, folder } = plan;
  mkdirSync(folder, { recursive: true });
  const config = writeCrashEdition({ folder, edition, announcements, overMs, random });
  const { takenFromTheDead } = plan;
  const file = join(folder, `${edition}.witness.jsonl`);
  const network = await startCrashNetwork({ file, random, takenFromTheDead });
  const living = new Set<CrashWorker>();
  let life = 0;
  const begin = async () => {
    const wipeQueue = (await plan.beforeLife?.(life++)) ?? false;
    const worker = startCrashWorker(plan.worker, ordersOf(plan, { config, network, wipeQueue }));
    living.add(worker);
    void worker.ended.then(() => living.delete(worker));
    return worker;
  };
  try {
    const workers: CrashWorker[] = [];
    for (let count = 0; count < (plan.workers ?? 1); count += 1) {
      const worker = await begin();
      workers.push(worker);
      // The first one begins the edition.
      if (count === 0) await orThrow(worker, worker.working);
    }
    for (let kill = 0; kill < plan.kills; kill += 1) {
      const which = kill % workers.length;
      const victim = workers[which];
      if (!victim) throw new Error('no worker to kill');
      await orThrow(victim, killMoment(victim, network, random, { plan, kill }));
      const killed = victim.kill();
      network.senderDied(victim.pid);
      await killed;
      workers[which] = await begin();
    }
    const [last, ...others] = workers;
    if (!last) throw new Error('no worker left');
    await orThrow(last, last.working);
    const recovering = performance.now();
    await untilSettled(last, plan);
    const recoveryMs = Math.round(performance.now() - recovering);
    for (const other of others) await other.end();
    const { lines, aftermath } = await last.end();
    return {
      verdict: crashVerdict(network.accepted(), lines),
      ledger: lines,
      requests: network.received,
      accepted: network.accepted().length,
      ...countAftermath(aftermath),
      recoveryMs,
      wallMs: Math.round(performance.now() - began),
    };
  } finally {
    await Promise.all([...living].map((worker) => worker.kill()));
    await network.close();
  }
}

/**
 * How long a worker takes from its start until it works, in milliseconds, on this machine as busy as it is. By it the caller says over what
 * time announcements fall due, so that they still do when the last kill comes.
 */
export async function measureStart(
  plan: Pick<CrashPlan, 'worker' | 'folder' | 'dataFolder' | 'databaseUrl' | 'redisUrl'>,
): Promise<number> {
  const edition = 'start';
  mkdirSync(plan.folder, { recursive: true });
  const random = createRandom(0);
  const config = writeCrashEdition({ ...plan, edition, announcements: 4, overMs: 0, random });
  const network = await startCrashNetwork({
    file: join(plan.folder, 'start.witness.jsonl'),
    random,
  });
  const measure = async () => {
    const began = performance.now();
    const orders = ordersOf({ ...plan, ...nobodyDies }, { config, network, wipeQueue: false });
    const worker = startCrashWorker(plan.worker, orders);
    await orThrow(worker, worker.working);
    const tookMs = performance.now() - began;
    await worker.kill();
    return tookMs;
  };
  try {
    // The first start makes the database; the second is one like all others.
    await measure();
    return await measure();
  } finally {
    await network.close();
  }
}

const nobodyDies = { seed: 0, announcements: 4, kills: 0, overMs: 0 };

function ordersOf(
  plan: CrashPlan,
  own: { readonly config: string; readonly network: CrashNetwork; readonly wipeQueue: boolean },
): CrashWorkerOrders {
  const { databaseUrl, redisUrl } = plan;
  return {
    config: own.config,
    dataFolder: plan.dataFolder ?? join(plan.folder, 'data'),
    ...(databaseUrl !== undefined && { databaseUrl }),
    ...(redisUrl !== undefined && { redisUrl }),
    networkPort: own.network.port,
    reconcile: plan.reconcile ?? true,
    claim: plan.claim ?? true,
    wipeQueue: own.wipeQueue,
    queueAway: plan.queueAway ?? false,
  };
}

/**
 * Resolves at the moment of a kill. The kills are spread over the requests, each at a random one of its share, at a random step of that
 * request and some milliseconds later, so that most of them fall between two steps of something.
 */
async function killMoment(
  victim: CrashWorker,
  network: CrashNetwork,
  random: Random,
  { plan, kill }: { readonly plan: CrashPlan; readonly kill: number },
): Promise<void> {
  const share = plan.announcements / (plan.kills + 1);
  const target = Math.floor((kill + random.next()) * share) + 1;
  const step = moments[random.below(moments.length)];
  const later = random.next() < 0.6 ? random.between(0, 60) : random.between(60, 500);
  if (random.next() < killedAtStart) {
    await sleep(random.between(0, 2_000));
    return;
  }
  let stop = () => undefined as unknown;
  const hit = new Promise<void>((resolve) => {
    stop = network.on((moment) => {
      if (moment === step && network.received >= target) resolve();
    });
  });
  // A worker that has nothing more to send is killed all the same.
  const idleMs = 3_000 + (2 * plan.overMs) / plan.kills;
  await Promise.race([hit, victim.working.then(() => sleep(idleMs))]);
  stop();
  await sleep(later);
}

/** Waits; a worker that ends by itself meanwhile is a failure. */
async function orThrow(worker: CrashWorker, waiting: Promise<unknown>): Promise<void> {
  await Promise.race([
    waiting,
    worker.ended.then((complaint) => {
      throw new Error(`a worker ended by itself: ${complaint}`);
    }),
  ]);
}

async function untilSettled(worker: CrashWorker, plan: CrashPlan): Promise<void> {
  const until = performance.now() + (plan.settleMs ?? 60_000);
  await orThrow(
    worker,
    (async () => {
      while (performance.now() < until) {
        const { counts } = worker;
        const waits = plan.reconcile === false ? 0 : (counts?.uncertain ?? 0);
        if (counts && counts.open + waits === 0) return;
        await sleep(100);
      }
    })(),
  );
}

function countAftermath(aftermath: readonly Aftermath[]) {
  const of = (kind: Aftermath['kind']) => aftermath.filter((one) => one.kind === kind);
  return {
    killsInMidClaim: new Set(of('claim-lapsed').map(({ at }) => at)).size,
    leftBehind: of('claim-lapsed').length,
    foundLater: of('found').length,
    absentLater: of('absent').length,
  };
}
