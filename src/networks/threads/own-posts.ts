import type { EpochMs } from '../../program/time.js';
import { mediaFields, mediaPage, type Media } from './answers.js';
import type { GraphAnswer } from './graph.js';
import type { AskAccount } from './threads-account.js';

/** The account's own posts, newest first; `complete` when there are no more in the time that was asked for. */
export interface OwnPosts {
  readonly posts: readonly Media[];
  readonly complete: boolean;
  /** The network's clock when it answered. */
  readonly networkTime?: EpochMs;
}

const pageSize = 100;
/** More than a day of the limit of 250, several times over. */
const mostPages = 12;

/** Reads the account's own posts since a moment, page by page: https://developers.facebook.com/docs/threads/retrieve-and-discover-posts. */
export async function readOwnPosts(
  ask: AskAccount,
  signal: AbortSignal,
  since?: EpochMs,
): Promise<Exclude<GraphAnswer<OwnPosts>, { kind: 'answered' }> | ({ kind: 'read' } & OwnPosts)> {
  const posts: Media[] = [];
  let after: string | undefined;
  let networkTime: EpochMs | undefined;
  for (let page = 0; page < mostPages; page += 1) {
    const answer = await ask(
      {
        method: 'GET',
        path: '/v1.0/me/threads',
        parameters: {
          fields: mediaFields,
          limit: String(pageSize),
          since: since === undefined ? undefined : String(Math.floor(since / 1_000)),
          after,
        },
        signal,
      },
      mediaPage,
    );
    if (answer.kind !== 'answered') return answer;
    networkTime = answer.networkTime ?? networkTime;
    posts.push(...answer.value.data);
    const next = answer.value.paging?.cursors?.after;
    if (next === undefined || next === after || answer.value.data.length === 0) {
      return {
        kind: 'read',
        posts,
        complete: true,
        ...(networkTime !== undefined && { networkTime }),
      };
    }
    after = next;
  }
  return {
    kind: 'read',
    posts,
    complete: false,
    ...(networkTime !== undefined && { networkTime }),
  };
}

/**
 * Whether a post's text is the one that was sent. Belief: Threads may trim and join white space and may give a topic back without its `#`; nothing else is
 * forgiven.
 *
 * @example isSameText('Soon  #a', 'Soon #a ') // true
 */
export function isSameText(sent: string, standing: string): boolean {
  return bare(sent) === bare(standing);
}

function bare(text: string): string {
  return text.normalize('NFC').replace(/#/g, '').replace(/\s+/g, ' ').trim();
}
