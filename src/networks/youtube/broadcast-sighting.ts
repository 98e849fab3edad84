import type { Failure } from './answer.js';
import { liveBroadcasts, type LiveBroadcast } from './answers.js';
import type { AskYoutube } from './youtube-account.js';

/** Whether a session's live event stands. */
export type BroadcastSighting =
  | { readonly kind: 'stands'; readonly broadcast: LiveBroadcast }
  | { readonly kind: 'none' }
  | { readonly kind: 'blind'; readonly failure: Failure }
  /** There are more events than could be read. */
  | { readonly kind: 'too-many' };

type Status = 'upcoming' | 'active';
const part = ['id', 'snippet', 'status'];
const mostPages = 20;

/** Looks for a session's live event: by its id where that is known, then by our marker among those that are to come or on air. */
export async function sightBroadcast(
  ask: AskYoutube,
  sought: { readonly marker: string; readonly id: string | undefined },
  signal: AbortSignal,
): Promise<BroadcastSighting> {
  const { marker, id } = sought;
  if (id !== undefined) {
    const answer = await ask(
      {
        name: 'liveBroadcasts.list',
        by: (client, options) => client.liveBroadcasts.list({ part, id: [id] }, options),
        shape: liveBroadcasts,
      },
      signal,
    );
    if (answer.kind !== 'answered') return { kind: 'blind', failure: answer };
    const [broadcast] = answer.value.items;
    if (broadcast) return { kind: 'stands', broadcast };
  }
  for (const status of ['upcoming', 'active'] as const) {
    const listed = await listBroadcasts(ask, status, signal);
    if (listed.kind !== 'listed') return listed;
    // Two of them can only be a person's copy; the older one is ours.
    const [broadcast] = listed.broadcasts
      .filter(({ snippet }) => snippet.description.includes(marker))
      .sort((a, b) => (a.snippet.publishedAt ?? 0) - (b.snippet.publishedAt ?? 0));
    if (broadcast) return { kind: 'stands', broadcast };
  }
  return { kind: 'none' };
}

/** All live events of the account in a status. The API takes either a status or `mine`, and with a status it lists one's own. */
export async function listBroadcasts(
  ask: AskYoutube,
  broadcastStatus: Status,
  signal: AbortSignal,
): Promise<
  | { readonly kind: 'listed'; readonly broadcasts: readonly LiveBroadcast[] }
  | Extract<BroadcastSighting, { kind: 'blind' | 'too-many' }>
> {
  const broadcasts: LiveBroadcast[] = [];
  let pageToken: string | undefined;
  for (let page = 0; page < mostPages; page += 1) {
    const wanted = {
      part,
      broadcastStatus,
      broadcastType: 'all',
      maxResults: 50,
      ...(pageToken !== undefined && { pageToken }),
    };
    const answer = await ask(
      {
        name: 'liveBroadcasts.list',
        by: (client, options) => client.liveBroadcasts.list(wanted, options),
        shape: liveBroadcasts,
      },
      signal,
    );
    if (answer.kind !== 'answered') return { kind: 'blind', failure: answer };
    broadcasts.push(...answer.value.items);
    pageToken = answer.value.nextPageToken;
    if (pageToken === undefined) return { kind: 'listed', broadcasts };
  }
  return { kind: 'too-many' };
}
