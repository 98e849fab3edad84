import { loadConfig } from '../../src/config/config.js';
import type { ContextOverrides } from '../../src/context.js';
import { openEdition, openConfiguredDatabase } from '../../src/operations/open-edition.js';
import { startPublishing } from '../../src/operations/run.js';
import { absentQueue } from '../../src/queue/absent-queue.js';
import type { Database } from '../../src/storage/database.js';
import type {
  Aftermath,
  CrashWorkerOrders,
  CrashWorkerReport,
  LedgerLine,
} from './crash-worker-messages.js';
import { withoutClaim } from './crash-ledger.js';
import { connectCrashNetwork } from './crash-timeline.js';

// A worker that is there to be killed: the real thing but for the network. Asked to end, it says what the ledger has, and closes.
const orders = JSON.parse(process.argv[2] ?? '') as CrashWorkerOrders;
const countEveryMs = 250;

const say = (report: CrashWorkerReport) => process.send?.(report);
const config = loadConfig({
  file: orders.config,
  env: {
    ...(orders.databaseUrl !== undefined && { DATABASE_URL: orders.databaseUrl }),
    ...(orders.redisUrl !== undefined && { REDIS_URL: orders.redisUrl }),
    ...orders.live?.credentials,
  },
  overrides: { dataFolder: orders.dataFolder },
});

if (orders.wipeQueue) {
  const database = await openConfiguredDatabase(config);
  await database.query('DROP SCHEMA IF EXISTS bullmq CASCADE');
  await database.query('CREATE SCHEMA bullmq');
  await database.close();
}

const overrides: ContextOverrides = {
  ...(orders.networkPort !== undefined && { timeline: connectCrashNetwork(orders.networkPort) }),
  ...(orders.live && { liveTimes: orders.live.times }),
  ...(orders.queueAway && {
    queue: {
      ...absentQueue,
      schedule: () => Promise.reject(new Error('the queue is away')),
      reschedule: () => Promise.reject(new Error('the queue is away')),
      work: () => Promise.resolve(),
    },
  }),
};
const opened = await openEdition(config, { edition: 'begin', overrides });
const { context } = opened;
const { database, edition, ledger } = context;
const work = await startPublishing(
  { ...context, ledger: orders.claim ? ledger : withoutClaim(ledger) },
  { reconcile: orders.reconcile, begun: opened.begun },
);
say({ kind: 'working' });

const counting = setInterval(() => void count(), countEveryMs);
process.on('message', () => void end());
// The one who kills is gone.
process.on('disconnect', () => process.exit(1));

async function count(): Promise<void> {
  const { rows } = await database.query<{ open: number; uncertain: number }>(
    `SELECT count(*) FILTER (WHERE state IN ('planned', 'publishing'))::int AS open,
       count(*) FILTER (WHERE state = 'uncertain' AND NOT needs_person)::int AS uncertain
     FROM callboard.announcements WHERE edition = $1`,
    [edition.id],
  );
  if (rows[0]) say({ kind: 'counts', ...rows[0] });
}

async function end(): Promise<void> {
  clearInterval(counting);
  await work.close();
  say({ kind: 'ledger', ...(await readLedger(database, edition.id)) });
  await opened.close();
  process.exit(0);
}

async function readLedger(from: Database, id: string) {
  const lines = await from.query<LedgerLine>(
    `SELECT a.id, a.account, a.sessions, a.state, a.reason, a.attempts,
       a.needs_person AS "needsPerson",
       (SELECT count(*)::int FROM callboard.notices n WHERE n.edition = a.edition AND n.kind = 'hand-off'
          AND n.notice ->> 'announcement' = a.id) AS "handOffs"
     FROM callboard.announcements a WHERE a.edition = $1 ORDER BY a.due_at, a.id`,
    [id],
  );
  const aftermath = await from.query<{
    at: string;
    announcement: string;
    account: string;
    kind: Aftermath['kind'];
  }>(
    `SELECT s.at, s.announcement, a.account, CASE WHEN s.to_state = 'uncertain' THEN 'claim-lapsed'
       WHEN s.to_state = 'published' THEN 'found' ELSE 'absent' END AS kind
     FROM callboard.story s JOIN callboard.announcements a ON a.id = s.announcement
     WHERE a.edition = $1 AND 'uncertain' IN (s.from_state, s.to_state)
       AND s.from_state IS DISTINCT FROM s.to_state ORDER BY s.at`,
    [id],
  );
  return {
    lines: lines.rows,
    aftermath: aftermath.rows.map(({ at, ...rest }) => ({ at: Number(at), ...rest })),
  };
}
