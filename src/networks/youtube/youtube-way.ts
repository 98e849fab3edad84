import type { Clock } from '../../clock.js';
import type { EpochMs } from '../../program/time.js';
import type { DrawPicture, Publisher } from '../../publish/publisher.js';
import type { AskYoutube } from './youtube-account.js';
import type { YoutubeMemory } from './youtube-memory.js';

/** What the ways differ in. */
export type YoutubeWay = Pick<Publisher, 'publish' | 'find' | 'remove' | 'measure'> & {
  /** Does ahead what may be repeated; a token is there already. */
  readonly prepare: Publisher['prepare'];
};

/** What a way works with. */
export interface WayTools {
  readonly ask: AskYoutube;
  readonly memory: YoutubeMemory;
  readonly clock: Clock;
  /** Without `@`. */
  readonly handle: string;
  readonly drawPicture: DrawPicture;
  /** After so long a post is in every list, in milliseconds. Until then, that it is missing from one proves nothing. */
  readonly listedWithinMs: number;
}

/** Clocks that are further apart make a search by time prove nothing; also how much earlier than the claim a post may seem to be. */
export const skewMs = 60_000;

/** Belief: after so long a post is in every list. */
export const usualListedWithinMs = 60_000;

/** Why a search by time proves nothing; undefined when it does. */
export function clockDoubt(networkTime: EpochMs | undefined, now: EpochMs): string | undefined {
  if (networkTime === undefined) return 'YouTube does not say what time it is there';
  return Math.abs(networkTime - now) > skewMs
    ? 'this machine’s clock and that of YouTube differ by more than a minute'
    : undefined;
}

/**
 * Whether a text is the one that was sent. Belief: YouTube may join and trim white space.
 *
 * @example isSameText('Soon  there', 'Soon there ') // true
 */
export function isSameText(sent: string, standing: string): boolean {
  return bare(sent) === bare(standing);
}

function bare(text: string): string {
  return text.normalize('NFC').replace(/\s+/g, ' ').trim();
}
