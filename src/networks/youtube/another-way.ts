import type { YoutubeWay as WayName } from '../../campaign/account-manners.js';
import { sentence } from '../../errors.js';
import type { Finding } from '../../publish/outcome.js';
import type { AttemptRecord } from './youtube-memory.js';

const places = {
  posts: 'among the channel’s posts',
  broadcast: 'among its live events',
  'live-chat': 'in the chat of its stream',
};

/**
 * The answer to a doubt about what was sent before the account went another way: only a person can look there now. Undefined when this way can look itself.
 */
export function sentAnotherWay(
  attempt: AttemptRecord | undefined,
  way: WayName,
  handle: string,
): Finding | undefined {
  if (!attempt) return undefined;
  // An older Callboard did not note the way; by hand nothing is ever sent.
  const { way: then } = attempt;
  if (then === way || (then === undefined && way !== 'by-hand')) return undefined;
  return {
    kind: 'unknown',
    reason: sentence({
      place: `YouTube @${handle}`,
      problem: 'it was sent another way, before the account’s way was changed',
      remedy: `Look ${then === undefined ? 'on the channel' : places[then]} whether it stands`,
    }),
  };
}
