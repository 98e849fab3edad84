import type { AccountId, Network } from '../../campaign/network.js';
import type { EpochMs } from '../../program/time.js';
import type { NetworkManners } from './network-manners.js';

/** An announcement that waits for its turn. */
export interface Waiting {
  readonly id: string;
  readonly account: AccountId;
  readonly network: Network;
  /** Not before this moment. */
  readonly at: EpochMs;
  readonly expiresAt: EpochMs;
}

/** What kept an announcement from starting when it was due: the account's limit, the network's pace, or that all senders were busy. */
export type Hindrance = 'limit' | 'pace' | 'senders';

/** The next that may start, and when. */
export interface Turn {
  readonly waiting: Waiting;
  readonly startsAt: EpochMs;
  readonly hindrance?: Hindrance;
}

/** Decides whose turn it is, over all networks: starts never go back in time. */
export interface Turns {
  /** Puts these in; one that waits already stays as it is. */
  add(waiting: readonly Waiting[]): void;
  /** The soonest start there is; it waits no longer. One whose start lies past its deadline is answered too. */
  next(): Turn | undefined;
  /** When that will be. */
  nextAt(): EpochMs | undefined;
  /** Says how long the last one took up its network: what never started takes nothing. */
  took(turn: Turn, endedAt: EpochMs): void;
  /** Nothing of this account starts before then. */
  block(account: AccountId, until: EpochMs): void;
}

interface Line {
  /** Sorted; those before `first` had their turn. */
  readonly waiting: Waiting[];
  first: number;
  blockedUntil: EpochMs;
}

interface Lane {
  readonly manners: NetworkManners;
  readonly starts: EpochMs[];
  /** When each sender is free again. */
  readonly senders: EpochMs[];
}

/** Turns on networks with these manners, from a moment on. */
export function createTurns(manners: ReadonlyMap<Network, NetworkManners>, from: EpochMs): Turns {
  const lines = new Map<AccountId, Line>();
  const lanes = new Map<Network, Lane>();
  const known = new Set<string>();
  let now = from;

  const laneOf = (network: Network): Lane => {
    const lane = lanes.get(network);
    if (lane) return lane;
    const own = manners.get(network);
    if (!own) throw new Error(`nobody said how ${network} behaves`);
    const count = Number.isFinite(own.senders) ? own.senders : 0;
    const made = { manners: own, starts: [], senders: Array<EpochMs>(count).fill(-Infinity) };
    lanes.set(network, made);
    return made;
  };
  const lineOf = (account: AccountId): Line => {
    const line = lines.get(account) ?? { waiting: [], first: 0, blockedUntil: -Infinity };
    lines.set(account, line);
    return line;
  };
  const soonest = (): { line: Line; turn: Turn } | undefined => {
    let found: { line: Line; turn: Turn } | undefined;
    for (const line of lines.values()) {
      const waiting = line.waiting[line.first];
      if (!waiting) continue;
      const turn = turnOf(waiting, line, laneOf(waiting.network), now);
      if (!found || comesBefore(turn, found.turn)) found = { line, turn };
    }
    return found;
  };

  return {
    add(added) {
      for (const waiting of added) {
        if (known.has(waiting.id)) continue;
        known.add(waiting.id);
        insert(lineOf(waiting.account), waiting);
      }
    },
    next() {
      const found = soonest();
      if (!found) return undefined;
      found.line.first += 1;
      known.delete(found.turn.waiting.id);
      if (found.turn.startsAt <= found.turn.waiting.expiresAt) now = found.turn.startsAt;
      return found.turn;
    },
    nextAt: () => soonest()?.turn.startsAt,
    took({ waiting, startsAt }, endedAt) {
      const { starts, senders } = laneOf(waiting.network);
      starts.push(startsAt);
      if (senders.length > 0) senders[senders.indexOf(Math.min(...senders))] = endedAt;
    },
    block(account, until) {
      const line = lineOf(account);
      line.blockedUntil = Math.max(line.blockedUntil, until);
    },
  };
}

function turnOf(
  waiting: Waiting,
  line: Line,
  { manners, starts, senders }: Lane,
  now: EpochMs,
): Turn {
  const { pace } = manners;
  const before = pace && starts.at(-pace.posts);
  const hindrances: readonly [Hindrance, EpochMs][] = [
    ['limit', line.blockedUntil],
    ['pace', pace && before !== undefined ? before + pace.perMs : -Infinity],
    ['senders', senders.length > 0 ? Math.min(...senders) : -Infinity],
  ];
  let startsAt = waiting.at;
  let hindrance: Hindrance | undefined;
  for (const [name, until] of hindrances) {
    if (until > startsAt) [hindrance, startsAt] = [name, until];
  }
  // What the limit stopped goes on at the network's pace, but the limit is why it is late.
  if (hindrance !== undefined && line.blockedUntil > waiting.at) hindrance = 'limit';
  return { waiting, startsAt: Math.max(startsAt, now), ...(hindrance && { hindrance }) };
}

function comesBefore(one: Turn, other: Turn): boolean {
  return one.startsAt !== other.startsAt
    ? one.startsAt < other.startsAt
    : sooner(one.waiting, other.waiting);
}

function sooner(one: Waiting, other: Waiting): boolean {
  return one.at !== other.at ? one.at < other.at : one.id < other.id;
}

/** Keeps the line sorted; nearly always at its end. */
function insert({ waiting, first }: Line, added: Waiting): void {
  let low = first;
  let high = waiting.length;
  const last = waiting.at(-1);
  if (last && sooner(last, added)) low = high;
  while (low < high) {
    const middle = (low + high) >> 1;
    const there = waiting[middle];
    if (there && sooner(there, added)) low = middle + 1;
    else high = middle;
  }
  waiting.splice(low, 0, added);
}
