import type { youtube_v3 } from '@googleapis/youtube';
import type { Clock } from '../../../src/clock.js';
import {
  GoogleError,
  id,
  pageOf,
  parse,
  required,
  type ResourceRequest,
  type YoutubePost,
} from './youtube-request.js';
import { youtubePosts } from './youtube-posts.js';

type Broadcast = youtube_v3.Schema$LiveBroadcast;
type Message = youtube_v3.Schema$LiveChatMessage;

const channelId = 'UCplantedplantedplanted1';

/** The resources of one channel, shaped by the types of Google's client. */
export function youtubeResources(
  clock: Pick<Clock, 'now'>,
  settings: { pilot: boolean; streaming: boolean; handle: string },
) {
  const broadcasts = new Map<string, Broadcast>();
  const thumbnails = new Set<string>();
  const messages = new Map<string, Message>();
  const community = youtubePosts(clock, channelId);
  const iso = () => new Date(clock.now()).toISOString();

  const checkSnippet = (snippet: youtube_v3.Schema$LiveBroadcastSnippet | undefined) => {
    const title = required(snippet?.title, 'titleRequired', 'title');
    const description = snippet?.description ?? '';
    const start = required(
      snippet?.scheduledStartTime,
      'scheduledStartTimeRequired',
      'scheduled start',
    );
    if (title.length > 100 || /[<>]/.test(title)) {
      throw new GoogleError(400, 'invalidTitle', 'The title is invalid');
    }
    if (Buffer.byteLength(description) > 5_000 || /[<>]/.test(description)) {
      throw new GoogleError(400, 'invalidDescription', 'The description is invalid');
    }
    if (Date.parse(start) < clock.now()) {
      throw new GoogleError(400, 'invalidScheduledStartTime', 'The start must be in the future');
    }
    return {
      title,
      description,
      scheduledStartTime: start,
      ...(snippet?.scheduledEndTime && { scheduledEndTime: snippet.scheduledEndTime }),
    };
  };
  const broadcastOf = (wanted: string) => {
    const found = broadcasts.get(wanted);
    if (!found) throw new GoogleError(404, 'liveBroadcastNotFound', 'Broadcast not found');
    return found;
  };
  const makeBroadcast = (snippet: ReturnType<typeof checkSnippet>, life: string): Broadcast => {
    const made: Broadcast = {
      kind: 'youtube#liveBroadcast',
      id: id(8),
      snippet: { ...snippet, channelId, publishedAt: iso(), liveChatId: `chat-${id(12)}` },
      status: { lifeCycleStatus: life, privacyStatus: 'public' },
    };
    broadcasts.set(made.id ?? '', made);
    return made;
  };
  const lives: Readonly<Record<string, readonly string[]>> = {
    upcoming: ['created', 'ready'],
    active: ['live'],
    completed: ['complete'],
    all: ['created', 'ready', 'live', 'complete'],
  };

  const handlers: Readonly<Record<string, (request: ResourceRequest) => unknown>> = {
    'GET channels': () => ({
      items: [
        {
          kind: 'youtube#channel',
          id: channelId,
          snippet: { title: 'A meeting', customUrl: `@${settings.handle}` },
        },
      ],
    }),
    'GET videos': ({ query }) => ({
      items: (query.getAll('id').join(',').split(',') as readonly string[])
        .filter((each) => broadcasts.has(each))
        .map((each) => ({
          id: each,
          statistics: { viewCount: '120', likeCount: '7', commentCount: '2' },
        })),
    }),
    'GET liveBroadcasts': ({ query }) => {
      const filters = ['broadcastStatus', 'id', 'mine'].filter((each) => query.has(each));
      if (filters.length !== 1) {
        throw new GoogleError(400, 'incompatibleParameters', 'Exactly one filter is allowed');
      }
      const status = query.get('broadcastStatus');
      const all = [...broadcasts.values()].filter((each) =>
        status === null
          ? !query.has('id') || query.getAll('id').includes(each.id ?? '')
          : lives[status]?.includes(each.status?.lifeCycleStatus ?? ''),
      );
      return pageOf(all, query, 50);
    },
    'POST liveBroadcasts': ({ body }) => {
      const { snippet, status } = parse(body) as Broadcast;
      if (!settings.streaming) {
        throw new GoogleError(
          403,
          'liveStreamingNotEnabled',
          'The user is not enabled for live streaming.',
        );
      }
      required(status?.privacyStatus, 'privacyStatusRequired', 'privacy status');
      return makeBroadcast(checkSnippet(snippet), 'created');
    },
    'PUT liveBroadcasts': ({ body }) => {
      const given = parse(body) as Broadcast;
      const standing = broadcastOf(required(given.id, 'idRequired', 'id'));
      const updated = {
        ...standing,
        snippet: { ...standing.snippet, ...checkSnippet(given.snippet) },
      };
      broadcasts.set(standing.id ?? '', updated);
      return updated;
    },
    'DELETE liveBroadcasts': ({ query }) => {
      broadcastOf(query.get('id') ?? '');
      broadcasts.delete(query.get('id') ?? '');
    },
    'POST thumbnails/set': ({ query, body }) => {
      const videoId = required(query.get('videoId'), 'required', 'video');
      if (!broadcasts.has(videoId)) throw new GoogleError(404, 'videoNotFound', 'Not found');
      if (body.length > 2_097_152) throw new GoogleError(400, 'mediaBodyRequired', 'Too large');
      thumbnails.add(videoId);
      return { items: [] };
    },
    'GET liveChat/messages': ({ query }) => {
      const chat = query.get('liveChatId');
      const all = [...messages.values()].filter((each) => each.snippet?.liveChatId === chat);
      const size = Number(query.get('maxResults') ?? 500);
      if (size < 200 || size > 2_000) throw new GoogleError(400, 'invalidValue', 'Bad maxResults');
      // The first page is the newest part of the past; later ones hold what came since.
      const from = query.has('pageToken')
        ? Number(query.get('pageToken'))
        : Math.max(0, all.length - size);
      const items = all.slice(from, from + size);
      return { items, nextPageToken: String(from + items.length), pollingIntervalMillis: 1_000 };
    },
    'POST liveChat/messages': ({ body }) => {
      const { snippet } = parse(body) as Message;
      const text = snippet?.textMessageDetails?.messageText ?? '';
      const chat = [...broadcasts.values()].find(
        (each) => each.snippet?.liveChatId === snippet?.liveChatId,
      );
      if (!chat) throw new GoogleError(404, 'liveChatNotFound', 'The chat was not found');
      if (chat.status?.lifeCycleStatus === 'complete') {
        throw new GoogleError(403, 'liveChatEnded', 'The live chat is no longer live.');
      }
      if (snippet?.type !== 'textMessageEvent' || !text || text.length > 200) {
        throw new GoogleError(400, 'messageTextInvalid', 'The message text is not valid');
      }
      const made: Message = {
        kind: 'youtube#liveChatMessage',
        id: `LCC.${id(24)}`,
        snippet: { ...snippet, authorChannelId: channelId, publishedAt: iso() },
        authorDetails: { channelId, isChatOwner: true },
      };
      messages.set(made.id ?? '', made);
      return made;
    },
    'DELETE liveChat/messages': ({ query }) => {
      if (!messages.delete(query.get('id') ?? '')) {
        throw new GoogleError(404, 'liveChatMessageNotFound', 'The message was not found');
      }
    },
    ...community.handlers,
  };

  return {
    handlers,
    broadcasts,
    forgetUploads: community.forgetUploads,
    /** A stream that runs, as a person starts it. */
    goLive(title: string): Broadcast {
      const scheduledStartTime = iso();
      const made = makeBroadcast({ title, description: '', scheduledStartTime }, 'live');
      Object.assign(made.snippet ?? {}, { actualStartTime: scheduledStartTime });
      return made;
    },
    standing(): readonly YoutubePost[] {
      return [
        ...community.standing(),
        ...[...broadcasts.values()].map(({ id: own, snippet }): YoutubePost => ({
          kind: 'broadcast',
          id: own ?? '',
          text: snippet?.description ?? '',
          title: snippet?.title ?? '',
          pictured: thumbnails.has(own ?? ''),
          at: Date.parse(snippet?.publishedAt ?? ''),
        })),
        ...[...messages.values()].map(({ id: own, snippet }): YoutubePost => ({
          kind: 'message',
          id: own ?? '',
          text: snippet?.textMessageDetails?.messageText ?? '',
          pictured: false,
          at: Date.parse(snippet?.publishedAt ?? ''),
        })),
      ];
    },
  };
}
