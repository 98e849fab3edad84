import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createRandom } from '../test/support/crash-random.js';
import { measureStart, runCrashes, type CrashRun } from '../test/support/crash-run.js';
import { buildCrashWorker } from '../test/support/crash-worker-build.js';
import { realPrograms } from '../test/support/real-programs.js';
import { networkChaos } from './network-chaos.js';
import { startServers } from './servers.js';

// The crash test for as long as one likes: rounds of announcements that fall due while workers are killed and the queue's store is wiped.
const usage = `npm run chaos -- [--rounds 200] [--announcements 40] [--seed 1] [--redis]

  --rounds         how many editions are announced from beginning to end; 20 unless told (a round takes about 15 seconds)
  --announcements  how many each has, a multiple of four; a worker is killed for every 12 of them
  --seed           the same seed makes the same choices; the moment decides the rest
  --redis          two workers on a private Redis and a private Postgres server, in place of one on the embedded database

npm run chaos -- --networks [--rounds 500] [--announcements 200] [--program file] [--kills 3] [--faults 10] [--abreast 1] [--seed 1] [--no-reconcile]

  --networks       live accounts in place of the preview network: the reference PDS (installed when first needed) and local servers of Threads, X and
                   YouTube (pilot), each behind a line on which things go wrong, and YouTube by hand. Their own logs say what was lost or came twice
  --announcements  how many a round has, a multiple of five; 200 unless told, one for each of five accounts and of the 40 sessions that start
                   closest together
  --program        a real program, in any format that Callboard reads; else 39C3 from the folder CALLBOARD_REAL_PROGRAMS, else the sample conference
  --kills          how often the worker is killed in a round, 1 at least
  --faults         percent of all requests with which something goes wrong
  --abreast        so many rounds at once, each with servers of its own beside the one PDS: much of a round is waiting
  --no-reconcile   nobody looks after lost answers: this must fail

  A dense hour is squeezed into some seconds, and the deadlines lie far off: what is tested is that each is posted exactly once, not when. The clock is the real one.
  The limits of the servers are those of the networks (X 100 posts in 15 minutes, Threads 250 a day, YouTube 10,000 units); each round has servers of its
  own, and caps and paces that are in nobody's way. The publishers wait for answers a quarter as long as usual or less, and look after lost ones that much sooner.
`;
const out = (text: string) => process.stdout.write(`${text}\n`);

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '20' },
    announcements: { type: 'string' },
    networks: { type: 'boolean', default: false },
    program: { type: 'string' },
    kills: { type: 'string', default: '3' },
    faults: { type: 'string', default: '10' },
    abreast: { type: 'string', default: '1' },
    'no-reconcile': { type: 'boolean', default: false },
    seed: { type: 'string' },
    redis: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
const rounds = wholeNumber('rounds', values.rounds, 100_000);
const usualAnnouncements = values.networks ? '200' : '40';
const announcements = wholeNumber(
  'announcements',
  values.announcements ?? usualAnnouncements,
  4_000,
);
const seed = wholeNumber('seed', values.seed ?? String(Date.now() % 1_000_000_000), 4_294_967_295);
if (values.help || announcements % (values.networks ? 5 : 4) !== 0) {
  out(usage);
  process.exit(values.help ? 0 : 2);
}

/** The store is wiped before so many of the lives, 0 to 1. */
const wipedLives = 0.5;
/** On Redis it is also wiped while workers work, at random moments so far apart at most. */
const longestCalmMs = 4_000;
const lifeMs = 700;
const kills = Math.max(1, Math.round(announcements / 12));

process.exitCode = (await (values.networks ? overNetworks() : chaos())) ? 0 : 1;

async function overNetworks(): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), 'callboard-chaos-'));
  const worker = await buildCrashWorker();
  const asked = new AbortController();
  process.once('SIGINT', () => asked.abort());
  let well = false;
  try {
    well = await networkChaos({
      rounds,
      announcements,
      seed,
      kills: Math.max(1, wholeNumber('kills', values.kills, 1_000)),
      faults: wholeNumber('faults', values.faults, 100) / 100,
      abreast: Math.max(1, wholeNumber('abreast', values.abreast, 16)),
      program: values.program ?? realProgram(),
      reconcile: !values['no-reconcile'],
      worker: worker.file,
      folder,
      asked: asked.signal,
      out,
    });
  } finally {
    worker.remove();
    if (well) rmSync(folder, { recursive: true, force: true });
    else out(`What the failed rounds left is in ${folder}`);
  }
  return well;
}

function realProgram(): string | undefined {
  const file = realPrograms && join(realPrograms, '39c3.frab.json');
  return file !== undefined && existsSync(file) ? file : undefined;
}

async function chaos(): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), 'callboard-chaos-'));
  const worker = await buildCrashWorker();
  const servers = values.redis ? await startServers() : undefined;
  const asked = new AbortController();
  process.once('SIGINT', () => asked.abort());
  const tally = { rounds: 0, failed: 0, kills: 0, midClaim: 0, leftBehind: 0, wipes: 0 };
  try {
    if (values.redis && !servers?.redis) throw new Error(servers?.missing.join('; '));
    const databaseUrl = await servers?.postgres?.freshDatabase();
    const place = {
      worker: worker.file,
      dataFolder: join(folder, 'data'),
      ...(databaseUrl !== undefined && { databaseUrl }),
      ...(servers?.redis && { redisUrl: servers.redis.url }),
    };
    const startMs = await measureStart({ ...place, folder });
    const workers = databaseUrl === undefined ? 1 : 2;
    out(
      `seed ${String(seed)}: ${String(rounds)} rounds of ${String(announcements)} announcements and ${String(kills)} kills, ` +
        `${String(workers)} worker(s) on ${databaseUrl === undefined ? 'the embedded database' : 'Postgres'}${servers?.redis ? ' and Redis' : ''}`,
    );
    for (let round = 1; round <= rounds; round += 1) {
      const random = createRandom(seed + round);
      let wipes = 0;
      const wipe = async () => {
        wipes += 1;
        await servers?.redis?.flush();
      };
      const storms = servers?.redis && stormy(wipe, () => random.between(0, longestCalmMs));
      const run = await runCrashes({
        ...place,
        folder: join(folder, `round-${String(round)}`),
        edition: `chaos-${String(round)}`,
        seed: seed + round,
        announcements,
        kills,
        workers,
        overMs: kills * (startMs + lifeMs),
        async beforeLife(life) {
          const wiped = life === 0 || random.next() < wipedLives;
          if (wiped) await wipe();
          return wiped && !servers?.redis;
        },
      })
        .catch((thrown: unknown) => String(thrown))
        .finally(() => storms?.stop());
      if (asked.signal.aborted) break;
      tally.rounds += 1;
      tally.wipes += wipes;
      tally.kills += kills;
      if (typeof run !== 'string') {
        tally.midClaim += run.killsInMidClaim;
        tally.leftBehind += run.leftBehind;
      }
      const well = typeof run !== 'string' && isWhole(run);
      if (!well) tally.failed += 1;
      else rmSync(join(folder, `round-${String(round)}`), { recursive: true, force: true });
      out(lineOf(round, run, wipes));
    }
  } finally {
    await servers?.stop();
    worker.remove();
    if (tally.failed === 0) rmSync(folder, { recursive: true, force: true });
  }
  out(
    `${String(tally.rounds)} rounds, ${String(tally.failed)} failed; ${String(tally.kills)} kills, ${String(tally.midClaim)} of them in the middle ` +
      `of ${String(tally.leftBehind)} claims; the queue's store wiped ${String(tally.wipes)} times; seed ${String(seed)}`,
  );
  if (tally.failed > 0) out(`What the failed rounds left is in ${folder}`);
  return tally.failed === 0;
}

/** Does something again and again, at moments that the function chooses, until it is stopped. */
function stormy(act: () => Promise<void>, calmMs: () => number) {
  let timer: NodeJS.Timeout;
  const next = () => {
    timer = setTimeout(() => void act().then(next, next), calmMs());
  };
  next();
  return { stop: () => clearTimeout(timer) };
}

function isWhole({ verdict, ledger, accepted }: CrashRun): boolean {
  const faults = Object.values(verdict).flat();
  return faults.length === 0 && ledger.length === announcements && accepted === announcements;
}

function lineOf(round: number, run: CrashRun | string, wipes: number): string {
  const name = `round ${String(round).padStart(String(rounds).length)}/${String(rounds)}`;
  if (typeof run === 'string') return `${name}  FAILED  ${run}`;
  const { requests, accepted, leftBehind, foundLater, absentLater, wallMs, verdict } = run;
  const figures =
    `${String(requests)} requests, ${String(accepted)} accepted; ${String(leftBehind)} claims left behind, ` +
    `${String(foundLater)} stood, ${String(absentLater)} did not; wiped ${String(wipes)}×; ${(wallMs / 1_000).toFixed(1)} s`;
  return isWhole(run)
    ? `${name}  ok  ${figures}`
    : `${name}  FAILED  ${figures}  ${JSON.stringify(verdict)}`;
}

function wholeNumber(name: string, text: string, most: number): number {
  const number = Number(text);
  if (Number.isInteger(number) && number >= 0 && number <= most) return number;
  process.stderr.write(`--${name}: ${text} is no whole number from 0 to ${String(most)}\n${usage}`);
  process.exit(2);
}
