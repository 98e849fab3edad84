import type { State } from '../../campaign/announcement.js';
import { sentAfter } from '../../publish/state.js';

/**
 * Whether a move gives the sessions free again for another announcement: an attempt ended and provably nothing stands.
 *
 * @example freesCoverage('publishing', 'planned') // true
 * @example freesCoverage('publishing', 'uncertain') // false
 */
export function freesCoverage(from: State, to: State): boolean {
  return (from === 'publishing' || from === 'uncertain') && !sentAfter(from, to, true);
}
