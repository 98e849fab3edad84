import { states, type State } from '../campaign/announcement.js';
import type { Actor } from './ports.js';

/** One arrow of an announcement's life: from where to where, and who may go it. */
export interface Arrow {
  readonly from: State;
  readonly to: State;
  readonly actors: readonly Actor[];
  /** Only while no attempt may have left anything on a network: an announcement that was ever sent never goes this way. */
  readonly onlyIfNeverSent?: true;
}

/**
 * Every arrow that exists; what is not here cannot happen, in memory as in the database, whose trigger knows the same table.
 * `uncertain` is left by an answer only, the network's or that of a person who looked, and `removed` not at all.
 */
export const arrows: readonly Arrow[] = [
  { from: 'planned', to: 'held', actors: ['plan', 'publish', 'person'] },
  // By `sweep` when its account is parked no more.
  { from: 'held', to: 'planned', actors: ['plan', 'publish', 'sweep', 'person'] },
  { from: 'planned', to: 'publishing', actors: ['publish'] },
  { from: 'publishing', to: 'published', actors: ['publish'] },
  { from: 'publishing', to: 'planned', actors: ['publish'] },
  { from: 'publishing', to: 'held', actors: ['publish'] },
  { from: 'publishing', to: 'rejected', actors: ['publish'] },
  { from: 'publishing', to: 'handed-off', actors: ['publish'] },
  { from: 'publishing', to: 'uncertain', actors: ['publish', 'sweep'] },
  { from: 'handed-off', to: 'published', actors: ['person'] },
  { from: 'handed-off', to: 'cancelled', actors: ['person'] },
  { from: 'handed-off', to: 'expired', actors: ['sweep', 'person'] },
  { from: 'uncertain', to: 'published', actors: ['reconcile', 'person'] },
  { from: 'uncertain', to: 'planned', actors: ['reconcile', 'person'] },
  { from: 'uncertain', to: 'expired', actors: ['reconcile', 'person'] },
  { from: 'planned', to: 'expired', actors: ['sweep', 'publish'] },
  { from: 'held', to: 'expired', actors: ['sweep', 'publish'] },
  // By `publish` when another announcement covers the session already.
  { from: 'planned', to: 'cancelled', actors: ['plan', 'publish', 'person'] },
  { from: 'held', to: 'cancelled', actors: ['plan', 'person'] },
  { from: 'rejected', to: 'planned', actors: ['person'], onlyIfNeverSent: true },
  // The plan only what the plan had cancelled: the source put the session back.
  { from: 'cancelled', to: 'planned', actors: ['person', 'plan'], onlyIfNeverSent: true },
  { from: 'expired', to: 'planned', actors: ['person', 'plan'], onlyIfNeverSent: true },
  { from: 'published', to: 'removed', actors: ['person'] },
];

/** The states out of which the text may stand on a network, or be under way there. A claim's coverage lasts as long as these. */
export const mayStand: readonly State[] = [
  'publishing',
  'uncertain',
  'handed-off',
  'published',
  'removed',
];

/**
 * The arrow between two states; undefined when there is none.
 *
 * @example arrow('planned', 'held') // { from: 'planned', to: 'held', actors: ['plan', 'publish', 'person'] }
 * @example arrow('removed', 'planned') // undefined
 */
export function arrow(from: State, to: State): Arrow | undefined {
  return arrows.find((one) => one.from === from && one.to === to);
}

/**
 * Whether this actor may take an announcement from one state to the other. `onlyIfNeverSent` stays for the ledger to see to.
 *
 * @example mayMove('planned', 'held', 'person') // true
 * @example mayMove('uncertain', 'held', 'person') // false: only an answer ends it
 */
export function mayMove(from: State, to: State, actor: Actor): boolean {
  return arrow(from, to)?.actors.includes(actor) ?? false;
}

/**
 * The states that an actor may take an announcement to, in the order in which tables show them.
 *
 * @example movesOf('published', 'person') // ['removed']
 */
export function movesOf(from: State, actor: Actor): readonly State[] {
  return states.filter((to) => mayMove(from, to, actor));
}

/**
 * Whether an announcement may have been sent, after this move: `publishing` and `uncertain` end with a proof or keep the doubt;
 * what once stood or was handed to a person stays sent.
 *
 * @example sentAfter('publishing', 'planned', true) // false: provably nothing was taken
 * @example sentAfter('handed-off', 'cancelled', true) // true: nobody can prove that a person did nothing
 */
export function sentAfter(from: State, to: State, sentBefore: boolean): boolean {
  if (mayStand.includes(to)) return true;
  return from === 'publishing' || from === 'uncertain' ? false : sentBefore;
}
