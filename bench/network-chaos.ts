import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseAccount, type Network } from '../src/campaign/network.js';
import { openDatabase } from '../src/storage/opening.js';
import { embeddedTemplate } from '../test/support/database-template.js';
import { readWholeProgram } from '../test/support/dense-hour.js';
import { runNetworkChaos, type NetworkChaosRun } from '../test/support/network-chaos-run.js';
import { installPds } from '../test/support/networks/pds-package.js';
import { startPds, type Pds } from '../test/support/networks/pds.js';

/** How the chaos over the networks is run. */
export interface NetworkChaosOptions {
  readonly rounds: number;
  /** In each round; a multiple of five, the number of accounts. */
  readonly announcements: number;
  readonly seed: number;
  /** In each round. */
  readonly kills: number;
  /** The part of all requests with which something goes wrong, 0 to 1. */
  readonly faults: number;
  /** A real program; the sample conference without. */
  readonly program?: string | undefined;
  readonly reconcile: boolean;
  /** The bundled worker. */
  readonly worker: string;
  readonly folder: string;
  readonly asked: AbortSignal;
  readonly out: (line: string) => void;
  /** So many rounds at once. */
  readonly abreast: number;
}

/** The part of an account's announcements that a person may be asked about, 0 to 1. */
const mayBeLeft: Readonly<Record<Network, number>> = {
  bluesky: 0,
  threads: 0,
  x: 0.01,
  youtube: 0.01,
};
const accountsOfARound = 5;
/** Rounds side by side begin so far apart: their workers start in turn. */
const apartMs = 7_000;

/** What all rounds came to, for one account. */
interface Total {
  planned: number;
  accepted: number;
  handedOver: number;
  lost: number;
  twice: number;
  left: number;
  looked: number;
}

/** Posts dense hours to the PDS and the local servers until all rounds are through; answers whether all went well. */
export async function networkChaos(options: NetworkChaosOptions): Promise<boolean> {
  const { rounds, announcements, seed, kills, faults, out, folder, abreast } = options;
  const missing = await installPds();
  if (missing !== undefined) throw new Error(missing);
  const program = readWholeProgram(options.program);
  out(
    `seed ${String(seed)}: ${String(rounds)} rounds of ${String(announcements)} announcements of “${program.title}” on ${String(accountsOfARound)} accounts, ` +
      `${String(kills)} kills and ${String(faults * 100)} % faulty answers in each${options.reconcile ? '' : '; nobody looks after lost answers'}`,
  );
  const totals = new Map<string, Total>();
  let failed = 0;
  let done = 0;
  let begun = 0;
  let pds: Pds | undefined;
  const pristine = join(folder, 'pristine');
  const isOver = () => options.asked.aborted;
  const play = async (on: Pds) => {
    while (begun < rounds && !isOver()) {
      begun += 1;
      const round = begun;
      const place = join(folder, `round-${String(round)}`);
      const run = await runNetworkChaos({
        worker: options.worker,
        folder: place,
        pristine,
        seed: seed + round,
        program,
        sessions: announcements / accountsOfARound,
        kills,
        faults,
        overMs: Math.max(12_000, kills * 4_000),
        pds: on,
        name: `chaos-${String(round)}`,
        reconcile: options.reconcile,
      }).catch((thrown: unknown) => String(thrown));
      if (isOver()) break;
      done += 1;
      const well = typeof run !== 'string' && isWhole(run, announcements);
      if (well) rmSync(place, { recursive: true, force: true });
      else failed += 1;
      if (typeof run !== 'string') addTo(totals, run);
      const name = `round ${String(round).padStart(String(rounds).length)}/${String(rounds)}`;
      out(`${name}  ${well ? 'ok' : 'FAILED'}  ${figuresOf(run)}`);
    }
  };
  try {
    const database = await openDatabase({ folder: pristine, pristine: await embeddedTemplate() });
    await database.close();
    const started = await startPds();
    pds = started;
    const beside = Array.from({ length: abreast }, async (_, place) => {
      await pause(place * apartMs);
      return play(started);
    });
    await Promise.all(beside);
  } finally {
    await pds?.stop();
  }
  out(`${String(done)} rounds, ${String(failed)} failed; seed ${String(seed)}`);
  for (const [account, total] of totals) out(totalOf(account, total));
  const tooMany = [...totals].filter(([account, { left, planned }]) => {
    return left > planned * shareOf(account);
  });
  for (const [account] of tooMany) out(`${account}: too many are left to a person`);
  return failed === 0 && tooMany.length === 0;
}

/** Nothing lost, nothing twice; what may be left to a person here and there counts over all rounds. */
function isWhole({ accounts, planned }: NetworkChaosRun, announcements: number): boolean {
  return (
    planned === announcements &&
    accounts.every(
      ({ account, lost, twice, strangers, left }) =>
        lost.length + twice.length + strangers.length === 0 &&
        (left.length === 0 || shareOf(account) > 0),
    )
  );
}

function shareOf(account: string): number {
  const network = parseAccount(account)?.network;
  return network === undefined || account.endsWith('-by-hand') ? 0 : mayBeLeft[network];
}

function addTo(totals: Map<string, Total>, { accounts }: NetworkChaosRun): void {
  for (const one of accounts) {
    // Every round has an account of its own on the PDS.
    const name = one.account.replace(/^bluesky:.*/, 'bluesky');
    const nothing = { planned: 0, accepted: 0, handedOver: 0, lost: 0, twice: 0, left: 0 };
    const total = totals.get(name) ?? { ...nothing, looked: 0 };
    total.planned += one.planned;
    total.accepted += one.accepted;
    total.handedOver += one.handedOver;
    total.lost += one.lost.length;
    total.twice += one.twice.length + one.strangers.length;
    total.left += one.left.length;
    total.looked += one.looked;
    totals.set(name, total);
  }
}

function figuresOf(run: NetworkChaosRun | string): string {
  if (typeof run === 'string') return run;
  const { accounts, requests, faults, leftBehind, wallMs } = run;
  const sum = (of: (one: (typeof accounts)[number]) => number) =>
    String(accounts.reduce((total, one) => total + of(one), 0));
  const wrong = accounts.flatMap(({ account, lost, twice, strangers, left }) =>
    lost.length + twice.length + strangers.length + left.length === 0
      ? []
      : [{ account, lost, twice, strangers, left }],
  );
  return (
    `${String(requests)} requests, ${String(faults)} faulty; ${sum(({ accepted }) => accepted)} posts stand, ` +
    `${sum(({ handedOver }) => handedOver)} handed over; ${sum(({ lost }) => lost.length)} lost, ${sum(({ twice }) => twice.length)} twice, ` +
    `${sum(({ left }) => left.length)} left to a person; ${String(leftBehind)} claims in doubt, ${sum(({ looked }) => looked)} settled by looking; ` +
    `${(wallMs / 1_000).toFixed(1)} s${wrong.length === 0 ? '' : `  ${JSON.stringify(wrong)}`}`
  );
}

function totalOf(account: string, total: Total): string {
  const { planned, accepted, handedOver, lost, twice, left, looked } = total;
  return (
    `${account.padEnd(26)}${String(planned)} planned, ${String(accepted)} stand, ${String(handedOver)} handed over; ${String(lost)} lost, ` +
    `${String(twice)} twice, ${String(left)} left to a person; ${String(looked)} settled by looking`
  );
}
