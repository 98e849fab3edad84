import type { LedgerLine } from './crash-worker-messages.js';

/** What became of the announcements of one run; all lists empty is what must be. */
export interface CrashVerdict {
  /** In the ledger but never accepted by the network. */
  readonly lost: readonly string[];
  /** Accepted more than once, with how often. */
  readonly duplicates: readonly string[];
  /** Anything but `published` in the ledger, with its state. */
  readonly unsettled: readonly string[];
  /** Accepted without being in the ledger at all. */
  readonly strangers: readonly string[];
}

/** Compares what the network accepted with what the ledger has. */
export function crashVerdict(
  accepted: readonly { readonly announcement: string }[],
  ledger: readonly LedgerLine[],
): CrashVerdict {
  const times = new Map<string, number>();
  for (const { announcement } of accepted) {
    times.set(announcement, (times.get(announcement) ?? 0) + 1);
  }
  const known = new Set(ledger.map(({ id }) => id));
  return {
    lost: [...known].filter((id) => !times.has(id)),
    duplicates: [...times].filter(([, n]) => n > 1).map(([id, n]) => `${id} ×${String(n)}`),
    unsettled: ledger
      .filter(({ state }) => state !== 'published')
      .map(({ id, state }) => `${id} ${state}`),
    strangers: [...times.keys()].filter((id) => !known.has(id)),
  };
}
