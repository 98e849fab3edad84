import type { EpochMs } from '../../program/time.js';
import type { Failure } from './answer.js';
import { chatMessages } from './answers.js';
import type { AskYoutube } from './youtube-account.js';

type Message = (typeof chatMessages)['_output']['items'][number];

/** What the chat shows of its past, oldest first. */
export interface ChatHistory {
  readonly kind: 'read';
  /** Those of the chat's owner, who is the account. */
  readonly own: readonly Message[];
  /** Whether all since the moment was read. */
  readonly complete: boolean;
  readonly networkTime?: EpochMs;
}

const perPage = 2_000;
const mostPages = 5;

/**
 * Reads a chat: https://developers.google.com/youtube/v3/live/docs/liveChatMessages/list. The first page is the newest part of the past, or all of it; later pages are what
 * came since, the last one empty.
 */
export async function readChat(
  ask: AskYoutube,
  liveChatId: string,
  since: EpochMs,
  signal: AbortSignal,
): Promise<ChatHistory | Failure> {
  const own: Message[] = [];
  let pageToken: string | undefined;
  let reachesBack = false;
  let networkTime: EpochMs | undefined;
  for (let page = 0; page < mostPages; page += 1) {
    const wanted = {
      part: ['id', 'snippet', 'authorDetails'],
      liveChatId,
      maxResults: perPage,
      ...(pageToken !== undefined && { pageToken }),
    };
    const answer = await ask(
      {
        name: 'liveChatMessages.list',
        by: (client, options) => client.liveChatMessages.list(wanted, options),
        shape: chatMessages,
      },
      signal,
    );
    if (answer.kind !== 'answered') return answer;
    const { items, nextPageToken } = answer.value;
    networkTime = answer.networkTime ?? networkTime;
    if (page === 0) {
      // Belief: a first page that is not full is all there is.
      const oldest = items[0]?.snippet.publishedAt;
      reachesBack = items.length < perPage || (oldest !== undefined && oldest < since);
    }
    own.push(...items.filter(({ authorDetails }) => authorDetails?.isChatOwner === true));
    if (items.length < perPage || nextPageToken === undefined) {
      return {
        kind: 'read',
        own,
        complete: reachesBack,
        ...(networkTime !== undefined && { networkTime }),
      };
    }
    pageToken = nextPageToken;
  }
  return { kind: 'read', own, complete: false, ...(networkTime !== undefined && { networkTime }) };
}
