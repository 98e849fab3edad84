import type { Key } from '../program/model.js';
import type { EpochMs } from '../program/time.js';
import type { HoldReason, State } from './announcement.js';
import type { AccountId } from './network.js';

/** What the plan needs to know of an announcement that the ledger has. */
export interface StandingAnnouncement {
  readonly id: string;
  readonly sessions: readonly Key[];
  readonly account: AccountId;
  readonly leadTime: string;
  readonly round: number;
  readonly template: string;
  readonly state: State;
  readonly dueAt: EpochMs;
  readonly expiresAt: EpochMs;
  /** Why it is `held`; when absent there, a person's hold is assumed. */
  readonly holdReason?: HoldReason;
  /** Whether a person released it: the plan does not put its own holds for approval or room back. */
  readonly released?: boolean;
  /** Whether it stands, stood or may have stood on the network: such a one is never planned again. */
  readonly sent?: boolean;
  /** Who cancelled it; when absent, a person is assumed. */
  readonly cancelledBy?: 'plan' | 'person';
  /** The start that its frozen text speaks of, once there is one. */
  readonly announcedStart?: EpochMs;
}

/** All rounds of one session, lead time and account, as far as the next step depends on them. */
export interface Chain {
  /** The one with the highest round. */
  readonly latest: StandingAnnouncement;
  /** The start that the last published round spoke of. */
  readonly announcedStart: EpochMs | undefined;
}

/** What rounds have in common, as one text to look up by. */
export function chainName(of: {
  readonly sessions: readonly Key[];
  readonly leadTime: string;
  readonly account: AccountId;
}): string {
  return `${of.sessions[0] ?? ''}\n${of.leadTime}\n${of.account}`;
}

/** Groups what stands by session, lead time and account; the order of what is given does not matter. */
export function chains(standing: Iterable<StandingAnnouncement>): ReadonlyMap<string, Chain> {
  const found = new Map<string, Chain>();
  const said = new Map<string, number>();
  for (const one of standing) {
    const name = chainName(one);
    const chain = found.get(name);
    const saysLast = one.state === 'published' && one.round > (said.get(name) ?? 0);
    if (saysLast) said.set(name, one.round);
    found.set(name, {
      latest: chain === undefined || one.round > chain.latest.round ? one : chain.latest,
      announcedStart: saysLast ? one.announcedStart : chain?.announcedStart,
    });
  }
  return found;
}
