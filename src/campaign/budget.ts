import type { EpochMs } from '../program/time.js';
import type { Caps } from './account-manners.js';
import type { MicroUsd } from './prices.js';

/** A limit over any window of that length. */
export interface WindowLimit {
  readonly posts: number;
  readonly windowMs: number;
}

/** What one account is planned to send. */
export interface Sending {
  readonly dueAt: EpochMs;
  readonly cost: MicroUsd;
}

/** How the plan of one account stands against a limit. */
export interface Comparison {
  /** Whose limit: the network's, or the config's caps. */
  readonly whose: 'network' | 'caps';
  readonly windowMs: number;
  readonly limit: number;
  /** The most in any window of that length. */
  readonly most: number;
  /** When the busiest window begins; undefined when nothing is planned. */
  readonly from?: EpochMs;
}

/** What the plan of one account asks of its limits and of the organizer's purse. */
export interface Budget {
  readonly posts: number;
  readonly cost: MicroUsd;
  /** What the account has cost so far, which the cap counts too. */
  readonly spent: MicroUsd;
  readonly costCap: MicroUsd;
  readonly comparisons: readonly Comparison[];
  /** Whether everything fits. */
  readonly fits: boolean;
}

const hour = 3_600_000;
const day = 24 * hour;

/**
 * Compares what is planned with the network's limits and the account's caps.
 *
 * @param spent what the account has cost so far
 *
 * @example budget([{ dueAt: 0, cost: 200_000 }], { perHour: 10, perDay: 50, microUsd: 100_000 }, []).fits // false: it costs more than it may
 */
export function budget(
  sendings: readonly Sending[],
  caps: Caps,
  limits: readonly WindowLimit[],
  spent: MicroUsd = 0,
): Budget {
  const moments = sendings.map(({ dueAt }) => dueAt).sort((a, b) => a - b);
  const cost = sendings.reduce((sum, one) => sum + one.cost, 0);
  const compare = (whose: Comparison['whose'], { posts, windowMs }: WindowLimit): Comparison => {
    const { most, from } = busiest(moments, windowMs);
    return { whose, windowMs, limit: posts, most, ...(from !== undefined && { from }) };
  };
  const comparisons = [
    ...limits.map((limit) => compare('network', limit)),
    compare('caps', { posts: caps.perHour, windowMs: hour }),
    compare('caps', { posts: caps.perDay, windowMs: day }),
  ];
  return {
    posts: sendings.length,
    cost,
    spent,
    costCap: caps.microUsd,
    comparisons,
    fits:
      !isOverMoney({ cost, spent, costCap: caps.microUsd }) &&
      comparisons.every(({ most, limit }) => most <= limit),
  };
}

/** Whether it costs more than it may; what costs nothing never does. */
function isOverMoney({ cost, spent, costCap }: Pick<Budget, 'cost' | 'spent' | 'costCap'>) {
  return cost > 0 && cost + spent > costCap;
}

/** What a person accepted although it did not fit: that much, against those limits, and no more. */
export interface Accepted {
  /** Planned and spent together. */
  readonly cost: MicroUsd;
  readonly costCap: MicroUsd;
  readonly comparisons: readonly Omit<Comparison, 'from'>[];
}

/** What accepting a budget as it stands means. */
export function acceptedOf({ cost, spent, costCap, comparisons }: Budget): Accepted {
  return {
    cost: cost + spent,
    costCap,
    comparisons: comparisons.map(({ whose, windowMs, limit, most }) => ({
      whose,
      windowMs,
      limit,
      most,
    })),
  };
}

/**
 * Whether everything that does not fit was accepted: no more than then, and against limits that are no tighter than then.
 *
 * @example covers(acceptedOf(one), one) // true
 */
export function covers(accepted: Accepted, now: Budget): boolean {
  const money =
    !isOverMoney(now) || (accepted.cost >= now.cost + now.spent && accepted.costCap <= now.costCap);
  return (
    money &&
    now.comparisons.every(
      ({ whose, windowMs, limit, most }) =>
        most <= limit ||
        accepted.comparisons.some(
          (then) =>
            then.whose === whose &&
            then.windowMs === windowMs &&
            then.most >= most &&
            then.limit <= limit,
        ),
    )
  );
}

/** The most moments in any window of that length, and when it begins. */
function busiest(
  moments: readonly EpochMs[],
  windowMs: number,
): { readonly most: number; readonly from?: EpochMs } {
  let most = 0;
  let from: EpochMs | undefined;
  let first = 0;
  moments.forEach((moment, at) => {
    while ((moments[first] ?? moment) <= moment - windowMs) first += 1;
    if (at - first + 1 <= most) return;
    most = at - first + 1;
    from = moments[first];
  });
  return from === undefined ? { most } : { most, from };
}
