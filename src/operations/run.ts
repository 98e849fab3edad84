import type { Context } from '../context.js';
import { networksOf } from '../context.js';
import type { Network } from '../campaign/network.js';
import type { WorkerSettings } from '../queue/store.js';
import { forgetOldAttempts } from '../storage/attempts.js';
import { wakeCapped } from '../storage/ledger/wake.js';
import { maintain } from '../storage/maintenance.js';
import { rereadProgram } from './import-program.js';
import { forgetOld } from '../storage/network-memory.js';
import { noticeTeller } from './notices/notice-teller.js';
import { recoverFromJournal } from './recover-from-journal.js';
import { replanEdition } from './replan-edition.js';
import { startWork, type Work } from './work.js';

/** How many announcements of one network a process sends at once. */
const concurrency = 8;

/** How long a start waits for the program's source; after that it begins with the version that is stored. */
const sourcePatienceMs = 10_000;

/**
 * Brings the ledger in line with the program and the campaign, then begins to publish and to follow the program. An edition that was not begun just now
 * reads its program first: much may have moved while nothing ran.
 */
export async function startPublishing(
  context: Context,
  {
    reconcile = true,
    begun = false,
  }: { readonly reconcile?: boolean; readonly begun?: boolean } = {},
): Promise<Work> {
  const patience = new AbortController();
  const { clock } = context;
  if (!begun) {
    await Promise.race([rereadProgram(context), clock.sleep(sourcePatienceMs, patience.signal)]);
    patience.abort();
  }
  await recoverFromJournal(context);
  await replanEdition(context);
  await wakeWaiting(context);
  const { rereadMs } = context.config.program;
  return startWork(context, {
    networks: new Map(
      networksOf(context.config).map((network) => [network, settingsOf(context, network)]),
    ),
    reread: { everyMs: rereadMs, run: () => rereadProgram(context) },
    programVersion: async () => (await context.inForce())?.version ?? 0,
    tellNotices: noticeTeller(context),
    maintain: async () => {
      await maintain(context.database);
      await forgetOld(context.database, clock.now());
      await forgetOldAttempts(context.database, clock.now());
      await keepAccountsFresh(context);
    },
    reconcile,
  });
}

const keepFreshMs = 60_000;

/** Renews what runs out of accounts that announce nothing for weeks. One that does not answer keeps no other waiting. */
async function keepAccountsFresh({
  config,
  publisher,
}: Pick<Context, 'config' | 'publisher'>): Promise<void> {
  await Promise.all(
    config.accounts.map(async ({ account }) => {
      await publisher(account.id)
        ?.keepFresh?.(AbortSignal.timeout(keepFreshMs))
        .catch(() => undefined);
    }),
  );
}

/** The config is read at the start only: what waits for room under a cap of then is asked for by the caps of now. */
export async function wakeWaiting({ database, edition, clock, queue }: Context): Promise<void> {
  const woken = await wakeCapped(database, edition.id, clock.now());
  if (woken.length > 0) await queue.reschedule(woken).catch(() => undefined);
}

function settingsOf({ config }: Context, network: Network): WorkerSettings {
  // One queue per network: of several accounts on one network the slowest sets the pace.
  const paces = config.accounts
    .filter(({ account }) => account.network === network)
    .flatMap(({ pace }) => pace ?? []);
  const slowest = paces.sort((one, other) => one.posts / one.perMs - other.posts / other.perMs)[0];
  return { concurrency, pace: slowest };
}
