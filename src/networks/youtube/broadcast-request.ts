import { liveBroadcast, type LiveBroadcast } from './answers.js';
import type { Answer } from './answer.js';
import type { BroadcastContent } from './broadcast-content.js';
import type { AskYoutube } from './youtube-account.js';

/**
 * Makes a live event (https://developers.google.com/youtube/v3/live/docs/liveBroadcasts/insert), or with an id tells it what it should say
 * (https://developers.google.com/youtube/v3/live/docs/liveBroadcasts/update). An update leaves out all parts that a person may have set in YouTube Studio.
 */
export function sendBroadcast(
  ask: AskYoutube,
  content: BroadcastContent,
  id: string | undefined,
  signal: AbortSignal,
): Promise<Answer<LiveBroadcast>> {
  const snippet = {
    title: content.title,
    description: content.description,
    scheduledStartTime: new Date(content.startsAt).toISOString(),
    scheduledEndTime: new Date(content.endsAt).toISOString(),
  };
  if (id !== undefined) {
    return ask(
      {
        name: 'liveBroadcasts.update',
        by: (client, options) =>
          client.liveBroadcasts.update(
            { part: ['id', 'snippet'], requestBody: { id, snippet } },
            options,
          ),
        shape: liveBroadcast,
      },
      signal,
    );
  }
  const status = { privacyStatus: 'public', selfDeclaredMadeForKids: false };
  return ask(
    {
      name: 'liveBroadcasts.insert',
      by: (client, options) =>
        client.liveBroadcasts.insert(
          { part: ['id', 'snippet', 'status'], requestBody: { snippet, status } },
          options,
        ),
      shape: liveBroadcast,
    },
    signal,
  );
}
