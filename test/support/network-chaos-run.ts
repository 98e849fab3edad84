import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ConfigFile } from '../../src/config/schema.js';
import type { Program } from '../../src/program/model.js';
import { createRandom, type Random } from './crash-random.js';
import type { CrashWorkerOrders } from './crash-worker-messages.js';
import { startCrashWorker, type CrashWorker } from './crash-worker-process.js';
import { densestSessions, writeDenseHour } from './dense-hour.js';
import {
  shortTimes,
  startLiveNetworks,
  type LiveNetworks,
  type RequestMoment,
} from './networks/live-networks.js';
import type { Pds } from './networks/pds.js';
import { judgeNetworks, type AccountVerdict } from './network-chaos-verdict.js';

/** A dense hour on live accounts, with kills and faults. */
export interface NetworkChaosPlan {
  /** The bundled worker. */
  readonly worker: string;
  readonly folder: string;
  /** A data folder with a new database, which is copied; without, the first worker makes one. */
  readonly pristine?: string;
  readonly seed: number;
  readonly program: Program;
  /** So many sessions are announced, once on each account: five accounts with a PDS, four without. */
  readonly sessions: number;
  readonly kills: number;
  /** With so many requests something goes wrong, 0 to 1. */
  readonly faults: number;
  /** Over what time they fall due. */
  readonly overMs: number;
  readonly pds?: Pds | undefined;
  /** Of the edition; used once on a PDS. */
  readonly name: string;
  readonly reconcile?: boolean;
  /** For so long at most what is open may take after the last kill. */
  readonly settleMs?: number;
}

/** What came of it. */
export interface NetworkChaosRun {
  readonly accounts: readonly AccountVerdict[];
  readonly planned: number;
  readonly requests: number;
  readonly faults: number;
  /** Claims that a kill left behind. */
  readonly leftBehind: number;
  readonly wallMs: number;
}

/** This part of the kills falls on a worker that is just starting. */
const killedAtStart = 0.15;
const moments: readonly RequestMoment[] = ['received', 'done'];
/** The due moment lies so long before the start of a session, and the deadline at the start: nothing expires, however long a machine takes. */
const lead = 'PT15M';
/** One that meets fault after fault comes back later and later, a minute apart in the end; shorter than the deadline. */
const longestTailMs = 10 * 60_000;
/** The first ones are due so long after the worker began, in seconds. */
const firstDueAfterS = 2;

/** Announces a dense hour to its end, killing the worker on the way, and compares the servers' logs with the ledger. */
export async function runNetworkChaos(plan: NetworkChaosPlan): Promise<NetworkChaosRun> {
  const began = performance.now();
  const random = createRandom(plan.seed);
  mkdirSync(plan.folder, { recursive: true });
  if (plan.pristine !== undefined) {
    cpSync(plan.pristine, dataFolderOf(plan), { recursive: true });
  }
  const { faults: share, pds, name } = plan;
  const networks = await startLiveNetworks({ random, share, pds, name });
  const living = new Set<CrashWorker>();
  const orders = ordersOf(plan, networks);
  const begin = () => {
    const worker = startCrashWorker(plan.worker, orders);
    living.add(worker);
    void worker.ended.then(() => living.delete(worker));
    return worker;
  };
  try {
    let worker = begin();
    // The first one begins the edition.
    await orThrow(worker, worker.working);
    for (let kill = 0; kill < plan.kills; kill += 1) {
      await orThrow(worker, killMoment(worker, networks, random, { plan, kill }));
      const killed = worker.kill();
      networks.senderDied();
      await killed;
      worker = begin();
    }
    await orThrow(worker, worker.working);
    await untilSettled(worker, plan);
    const { lines, aftermath } = await worker.end();
    return {
      accounts: judgeNetworks(await networks.standing(), lines, aftermath, networks.byHand),
      planned: lines.length,
      requests: networks.requests,
      faults: networks.faults,
      leftBehind: aftermath.filter(({ kind }) => kind === 'claim-lapsed').length,
      wallMs: Math.round(performance.now() - began),
    };
  } finally {
    await Promise.all([...living].map((worker) => worker.kill()));
    await networks.close();
  }
}

function ordersOf(plan: NetworkChaosPlan, networks: LiveNetworks): CrashWorkerOrders {
  const { folder, name, program } = plan;
  const address = join(folder, `${name}.json`);
  writeDenseHour(address, program, densestSessions(program, plan.sessions), plan.overMs);
  const config: ConfigFile = {
    conference: { name: program.title },
    edition: name,
    program: { address, startsIn: `${lead}${String(firstDueAfterS)}S`, reread: 'PT1H' },
    site: 'https://program.callboard.example',
    accounts: [...networks.accounts],
    leads: [lead],
    graces: { [lead]: lead },
  };
  const file = join(folder, `${name}.yaml`);
  // JSON is YAML, too.
  writeFileSync(file, JSON.stringify(config));
  return {
    config: file,
    dataFolder: dataFolderOf(plan),
    live: { credentials: networks.credentials, times: shortTimes },
    reconcile: plan.reconcile ?? true,
    claim: true,
    wipeQueue: false,
    queueAway: false,
  };
}

const dataFolderOf = ({ folder }: NetworkChaosPlan) => join(folder, 'data');

/**
 * Resolves at the moment of a kill. The kills are spread over the requests that make a post stand, each at a random one of its share: as it arrives, or when it
 * is done, and some milliseconds later.
 */
async function killMoment(
  victim: CrashWorker,
  networks: LiveNetworks,
  random: Random,
  { plan, kill }: { readonly plan: NetworkChaosPlan; readonly kill: number },
): Promise<void> {
  if (kill > 0 && random.next() < killedAtStart) return sleep(random.between(0, 2_000));
  const posts = plan.sessions * (networks.accounts.length - 1);
  const target = Math.floor(((kill + random.next()) * posts) / (plan.kills + 1)) + 1;
  const step = moments[random.below(moments.length)];
  let stop = () => undefined as unknown;
  const hit = new Promise<void>((resolve) => {
    stop = networks.on((moment) => {
      if (moment === step && networks.visible >= target) resolve();
    });
  });
  // A worker that has nothing more to send is killed all the same.
  const idleMs = 3_000 + firstDueAfterS * 1_000 + plan.overMs;
  await Promise.race([hit, victim.working.then(() => sleep(idleMs))]);
  stop();
  await sleep(random.between(0, 60));
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

async function untilSettled(worker: CrashWorker, plan: NetworkChaosPlan): Promise<void> {
  const until = performance.now() + (plan.settleMs ?? longestTailMs);
  const settled = async () => {
    while (performance.now() < until) {
      const { counts } = worker;
      const waits = plan.reconcile === false ? 0 : (counts?.uncertain ?? 0);
      if (counts && counts.open + waits === 0) return;
      await sleep(100);
    }
  };
  await orThrow(worker, settled());
}
