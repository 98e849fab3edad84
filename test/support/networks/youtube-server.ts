import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import type { youtube_v3 } from '@googleapis/youtube';
import type { Clock } from '../../../src/clock.js';
import { GoogleError, type YoutubePost } from './youtube-request.js';
import { youtubeResources } from './youtube-resources.js';
import { youtubeTokens } from './youtube-tokens.js';

/** What a local YouTube is made of. */
export interface YoutubeServerOptions {
  readonly clock: Pick<Clock, 'now'>;
  /** Without `@`. */
  readonly handle?: string;
  /** Units of the project a day, to midnight Pacific time. */
  readonly unitsADay?: number;
}

/** What a test may change while it runs. */
export interface YoutubeSettings {
  /** Whether the project is admitted to the pilot. */
  pilot: boolean;
  /** Whether the channel may stream live. */
  streaming: boolean;
  /** Whether the app's publishing status is “Testing”. */
  testing: boolean;
  handle: string;
}

/** A request as the server took it, without its token. */
export interface YoutubeRequest {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly body: string;
}

/** A local YouTube with one channel, for www.googleapis.com, youtube.googleapis.com and oauth2.googleapis.com. */
export interface YoutubeServer {
  readonly origin: string;
  readonly settings: YoutubeSettings;
  readonly tokens: ReturnType<typeof youtubeTokens>;
  /** What stands: the witness. */
  posts(): readonly YoutubePost[];
  broadcasts(): ReadonlyMap<string, youtube_v3.Schema$LiveBroadcast>;
  /** A stream that runs, as a person starts it. */
  goLive(title: string): youtube_v3.Schema$LiveBroadcast;
  /** A stream that ends, or an event in any other state of its life. */
  setLife(broadcast: string, life: string): void;
  /** Google forgets the pictures that were uploaded. */
  forgetUploads(): void;
  /** The units of today, by the server's own table. */
  units(): number;
  requests(): readonly YoutubeRequest[];
  close(): Promise<void>;
}

/** Units a request costs, written down a second time so that the publisher's table is checked against it. */
const costs: Readonly<Record<string, number>> = {
  'GET channels': 1,
  'GET videos': 1,
  'GET liveBroadcasts': 1,
  'POST liveBroadcasts': 50,
  'PUT liveBroadcasts': 50,
  'DELETE liveBroadcasts': 50,
  'POST thumbnails/set': 50,
  'GET liveChat/messages': 5,
  'POST liveChat/messages': 50,
  'DELETE liveChat/messages': 50,
  'GET posts': 1,
  'POST posts': 50,
  'DELETE posts': 50,
  'POST posts/image': 50,
};

const pacific = new Intl.DateTimeFormat('en-CA', { timeZone: 'America/Los_Angeles' });

/** Starts a local YouTube on a free port. */
export async function startYoutubeServer(options: YoutubeServerOptions): Promise<YoutubeServer> {
  const { clock, handle = 'meeting', unitsADay = 10_000 } = options;
  const settings: YoutubeSettings = { pilot: true, streaming: true, testing: false, handle };
  const tokens = youtubeTokens(clock, () => settings.testing);
  const resources = youtubeResources(clock, settings);
  const requests: YoutubeRequest[] = [];
  let spent = { day: '', units: 0 };
  const today = () => {
    const day = pacific.format(clock.now());
    if (spent.day !== day) spent = { day, units: 0 };
    return spent;
  };

  const resource = (request: IncomingMessage, url: URL, body: Buffer): unknown => {
    const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
    if (!tokens.isGood(token)) {
      throw new GoogleError(401, 'authError', 'Invalid Credentials', 'global');
    }
    const [, upload, name = ''] = /^(\/upload)?\/youtube\/v3\/(.+)$/.exec(url.pathname) ?? [];
    const key = `${request.method ?? ''} ${name}`;
    const handler = resources.handlers[key];
    const isUpload = name === 'thumbnails/set' || name === 'posts/image';
    if (!handler || isUpload !== (upload !== undefined)) {
      throw new GoogleError(404, 'notFound', 'Not Found', 'global');
    }
    if (name.startsWith('posts') && !settings.pilot) {
      throw new GoogleError(403, 'forbidden', 'The project is not allowed to use this method');
    }
    const day = today();
    if (day.units + (costs[key] ?? 0) > unitsADay) {
      const message =
        'The request cannot be completed because you have exceeded your <a href="/youtube/v3/getting-started#quota">quota</a>.';
      throw new GoogleError(403, 'quotaExceeded', message, 'youtube.quota');
    }
    day.units += costs[key] ?? 0;
    return handler({ query: url.searchParams, body });
  };

  const handleRequest = async (request: IncomingMessage, response: ServerResponse) => {
    const body = await buffer(request);
    const path = request.url ?? '/';
    const url = new URL(path, 'http://youtube.example');
    const isOauth = url.pathname === '/token' || url.pathname === '/revoke';
    if (!isOauth) {
      requests.push({ method: request.method ?? '', path, body: body.toString('utf8') });
    }
    const answer = (status: number, given: unknown) => {
      response.writeHead(status, {
        'content-type': 'application/json; charset=UTF-8',
        date: new Date(clock.now()).toUTCString(),
      });
      response.end(given === undefined ? '' : JSON.stringify(given));
    };
    if (isOauth) {
      const form = new URLSearchParams(body.toString('utf8'));
      const reply = url.pathname === '/token' ? tokens.token(form) : tokens.revoke(form);
      answer(reply.status, reply.body);
      return;
    }
    try {
      const given = resource(request, url, body);
      answer(given === undefined ? 204 : 200, given);
    } catch (thrown) {
      if (!(thrown instanceof GoogleError)) throw thrown;
      answer(thrown.status, thrown.body);
    }
  };

  const server = createServer((request, response) => {
    handleRequest(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    settings,
    tokens,
    posts: () => resources.standing(),
    broadcasts: () => resources.broadcasts,
    goLive: (title) => resources.goLive(title),
    setLife(broadcast, life) {
      const standing = resources.broadcasts.get(broadcast);
      if (standing?.status) standing.status.lifeCycleStatus = life;
    },
    forgetUploads: () => resources.forgetUploads(),
    units: () => today().units,
    requests: () => requests,
    async close() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
