import type { Content } from '../../compose/content.js';
import { cutTo } from './broadcast-content.js';

/** https://developers.google.com/youtube/v3/live/docs/liveChatMessages#snippet.textMessageDetails.messageText, counted as UTF-16 units. */
export const mostChatText = 200;

/**
 * The text as a chat takes it: on one line, at most 200 characters, the link whole at its end where the text has one.
 *
 * @example chatText({ text: 'Up next: a talk https://a.example/', link: { url: 'https://a.example/' } }) // 'Up next: a talk https://a.example/'
 */
export function chatText({
  text,
  link,
}: {
  readonly text: Content['text'];
  readonly link: Pick<Content['link'], 'url'>;
}): string {
  const line = text.replace(/\s+/g, ' ').trim();
  if (line.length <= mostChatText) return line;
  const tail = ` ${link.url}`;
  const length = (each: string) => each.length;
  // A link that leaves no room for words is worth less than they are.
  const keepsLink = line.includes(link.url) && tail.length <= mostChatText / 2;
  if (!keepsLink) return cutTo(line.replaceAll(link.url, '').trim(), mostChatText, length);
  const words = line.replaceAll(link.url, ' ').replace(/\s+/g, ' ').trim();
  return `${cutTo(words, mostChatText - tail.length, length)}${tail}`;
}
