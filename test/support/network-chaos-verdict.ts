import type { AccountId } from '../../src/campaign/network.js';
import type { Aftermath, LedgerLine } from './crash-worker-messages.js';
import type { WitnessedPost } from './networks/live-networks.js';

/** What became of the announcements of one account. */
export interface AccountVerdict {
  readonly account: AccountId;
  readonly planned: number;
  /** Posts that stand, by the server's log. */
  readonly accepted: number;
  /** Handed over to a person on purpose, once each. */
  readonly handedOver: number;
  /** Announcements without a post that no person was asked about. */
  readonly lost: readonly string[];
  /** Sessions with more than one post, with how often. */
  readonly twice: readonly string[];
  /** Posts that no announcement is of. */
  readonly strangers: readonly string[];
  /** Neither published by the ledger nor handed over on purpose, with its state and reason: a person has to look. */
  readonly left: readonly string[];
  /** Lost answers and claims that looking settled: it stood, or it did not and was sent again. */
  readonly looked: number;
}

/** Compares what the servers' logs say with what the ledger has, account by account. */
export function judgeNetworks(
  posts: readonly WitnessedPost[],
  ledger: readonly LedgerLine[],
  aftermath: readonly Aftermath[],
  byHand: AccountId,
): readonly AccountVerdict[] {
  const accounts = new Set([...ledger, ...posts].map(({ account }) => account));
  return [...accounts].sort().map((account) => {
    const lines = ledger.filter((line) => line.account === account);
    const own = posts.filter((post) => post.account === account);
    const times = new Map<string, number>();
    for (const { session } of own) times.set(session, (times.get(session) ?? 0) + 1);
    const isHandedOver = ({ state, handOffs }: LedgerLine) =>
      account === byHand && state === 'handed-off' && handOffs === 1;
    const stands = ({ sessions }: LedgerLine) => sessions.every((session) => times.has(session));
    const known = new Set(lines.flatMap(({ sessions }) => sessions));
    const standsOrWaits = (line: LedgerLine) =>
      stands(line) || isHandedOver(line) || line.needsPerson;
    return {
      account,
      planned: lines.length,
      accepted: own.length,
      handedOver: lines.filter(isHandedOver).length,
      lost: lines.filter((line) => !standsOrWaits(line)).map(named),
      twice: [...times]
        .filter(([, count]) => count > 1)
        .map(([session, count]) => `${session} ×${String(count)}`),
      strangers: [...times.keys()].filter((session) => !known.has(session)),
      left: lines
        .filter((line) => line.state !== 'published' && !isHandedOver(line))
        .map((line) => named(line)),
      looked: aftermath.filter((one) => one.account === account && one.kind !== 'claim-lapsed')
        .length,
    };
  });
}

function named({ id, state, reason }: LedgerLine): string {
  return `${id} ${state}${reason === null ? '' : ` (${reason})`}`;
}
