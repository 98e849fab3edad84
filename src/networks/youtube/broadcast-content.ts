import { digestOf } from '../../compose/digest.js';
import type { Content } from '../../compose/content.js';
import { graphemes } from '../../compose/graphemes.js';
import type { EpochMs } from '../../program/time.js';
import type { LiveBroadcast } from './answers.js';

/** https://developers.google.com/youtube/v3/docs/videos#snippet.title, counted as UTF-16 units, which is never less than any other way. */
export const mostTitle = 100;
/** UTF-8 bytes: https://developers.google.com/youtube/v3/docs/videos#snippet.description */
const mostDescriptionBytes = 5_000;

/** What a session's live event says. */
export interface BroadcastContent {
  /** Ours, as it stands in the description. */
  readonly marker: string;
  readonly title: string;
  readonly description: string;
  readonly startsAt: EpochMs;
  readonly endsAt: EpochMs;
}

/**
 * What the session's live event says, or why it can have none, as a clause. Title and description may hold no `<` and `>`
 * (https://developers.google.com/youtube/v3/docs/videos#snippet.title).
 */
export function broadcastContent(
  account: string,
  { text, link, facts }: Content,
): BroadcastContent | { readonly problem: string } {
  const [session, ...others] = facts.sessions;
  if (!session) return { problem: 'the announcement is about no session' };
  if (others.length > 0) {
    return { problem: 'the announcement is about several sessions, and a live event is about one' };
  }
  const marker = markerOf(account, session.key);
  const body = text.includes(link.url) ? text : `${text}\n\n${link.url}`;
  const tail = `\n\n${marker}`;
  const room = mostDescriptionBytes - Buffer.byteLength(tail);
  return {
    marker,
    title: cutTitle(session.title),
    description: `${cutTo(plain(body), room, (each) => Buffer.byteLength(each))}${tail}`,
    startsAt: session.startsAt,
    endsAt: session.endsAt,
  };
}

/**
 * The mark by which the live event of a session is known again, whatever its title, text and start: the same for every announcement of the session on the account.
 *
 * @example markerOf('youtube:@meeting', 'k3v9') // '[callboard 4xkq…]'
 */
export function markerOf(account: string, session: string): string {
  return `[callboard ${digestOf([account, session]).slice(0, 16)}]`;
}

/** Whether a standing event says all this already. */
export function saysThis(content: BroadcastContent, { snippet }: LiveBroadcast): boolean {
  return (
    snippet.title === content.title &&
    snippet.description.trim() === content.description.trim() &&
    (snippet.actualStartTime !== undefined || snippet.scheduledStartTime === content.startsAt)
  );
}

/**
 * A title that YouTube takes: cut at a letter, with an ellipsis.
 *
 * @example cutTitle('a'.repeat(101)).length // 100
 */
export function cutTitle(title: string): string {
  return cutTo(plain(title).replace(/\s+/g, ' '), mostTitle, (text) => text.length);
}

function plain(text: string): string {
  return text.replaceAll('<', '‹').replaceAll('>', '›').trim();
}

/** The longest beginning that fits, by its letters, an ellipsis included. */
export function cutTo(text: string, limit: number, lengthOf: (text: string) => number): string {
  if (lengthOf(text) <= limit) return text;
  const ellipsis = '…';
  let left = limit - lengthOf(ellipsis);
  let kept = '';
  for (const letter of graphemes(text)) {
    left -= lengthOf(letter);
    if (left < 0) break;
    kept += letter;
  }
  return `${kept.trimEnd()}${ellipsis}`;
}
