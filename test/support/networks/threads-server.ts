import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import type { Clock } from '../../../src/clock.js';
import { GraphError, threadsContainers, type StoredPost } from './threads-containers.js';
import { threadsTokens, type IssuedToken } from './threads-tokens.js';

/** What a local Threads is made of. */
export interface ThreadsServerOptions {
  readonly clock: Pick<Clock, 'now'>;
  /** How long a container is at work, by the clock. */
  readonly processingMs?: number;
  readonly username?: string;
  readonly postsPerDay?: number;
  /** What happens to a text that stands already. */
  readonly duplicates?: 'taken' | 'refused';
}

/** A request as the server took it, without its token. */
export interface ThreadsRequest {
  readonly method: string;
  readonly path: string;
  readonly parameters: Readonly<Record<string, string>>;
}

/** The app that tokens are given to; Meta's dashboard shows these. */
export const threadsApp = {
  clientId: '9876543210',
  clientSecret: 'planted-threads-app-secret-0123456789',
  redirectUri: 'https://meeting.example/threads',
};

/** All that a token may be allowed. */
export const allScopes = [
  'threads_basic',
  'threads_content_publish',
  'threads_manage_insights',
  'threads_delete',
];

/** A local Threads with one account. */
export interface ThreadsServer {
  /** `http://127.0.0.1:40123`, for graph.threads.net as for www.threads.net. */
  readonly origin: string;
  readonly userId: string;
  /** What stands, oldest first: the witness. */
  posts(): readonly StoredPost[];
  /** How many containers were made, whatever became of them. */
  containers(): number;
  requests(): readonly ThreadsRequest[];
  /** A long-lived token, or one that differs. */
  readonly issueToken: (own?: Partial<IssuedToken>) => IssuedToken;
  readonly revokeTokens: () => void;
  /**
   * The next so many publications are answered with code 24, subcode 4279009 although the container is finished: before anything was published, after it was, or
   * while the container is not known to any request.
   */
  race(form: 'before' | 'after' | 'gone', times: number): void;
  /** The next publications fail on the side of Threads: the container reads ERROR. */
  failPublications(times: number): void;
  /** What insights say of every post. */
  setInsights(counts: Readonly<Record<string, number>>): void;
  close(): Promise<void>;
}

/**
 * Starts a local server that behaves as Meta's collection of requests (contracts) and its documents say: containers with their states over time, publication
 * once, limits, paging, tokens, errors. https://developers.facebook.com/docs/threads
 */
export async function startThreadsServer(options: ThreadsServerOptions): Promise<ThreadsServer> {
  const { clock, username = 'meeting' } = options;
  const userId = '24521613984110254';
  const requests: ThreadsRequest[] = [];
  const tokens = threadsTokens(clock, userId);
  const containers = threadsContainers(options, username);

  const answer = async (
    method: string,
    path: string,
    given: Record<string, string>,
  ): Promise<unknown> => {
    const { access_token: token = '', ...parameters } = given;
    const oauth = tokens.answer(method, path, given);
    if (oauth) return oauth;
    const may = (scope: string) => tokens.check(token, scope);
    const [, version, id = '', edge] = path.split('/');
    if (version !== 'v1.0') throw new GraphError(404, 2500, 'Unknown path components');
    may('threads_basic');
    const me = id === 'me' || id === userId;
    switch (`${method} ${me ? 'me' : 'one'}/${edge ?? ''}`) {
      case 'GET me/':
        return { id: userId, username, name: 'The Meeting' };
      case 'POST me/threads':
        may('threads_content_publish');
        return { id: await containers.make(parameters) };
      case 'POST me/threads_publish':
        may('threads_content_publish');
        return { id: containers.publish(parameters.creation_id ?? '') };
      case 'GET me/threads':
        return containers.page(parameters);
      case 'GET me/threads_publishing_limit':
        may('threads_content_publish');
        return { data: [containers.limits()] };
      case 'GET one/':
        return containers.read(id, parameters.fields ?? 'id');
      case 'DELETE one/':
        may('threads_delete');
        containers.remove(id);
        return { success: true, deleted_id: id };
      case 'GET one/insights':
        may('threads_manage_insights');
        return containers.insights(id, parameters.metric ?? '');
      default:
        throw new GraphError(400, 100, 'Unsupported request');
    }
  };

  const handle = async (incoming: IncomingMessage, response: ServerResponse) => {
    const url = new URL(incoming.url ?? '/', 'http://threads.invalid');
    const form = new URLSearchParams((await buffer(incoming)).toString('utf8'));
    const given = Object.fromEntries([...url.searchParams, ...form]);
    const path = url.pathname.replace(/\/$/, '');
    const method = incoming.method ?? 'GET';
    const { access_token: _token, ...parameters } = given;
    requests.push({ method, path, parameters });
    try {
      const body = await answer(method, path, given);
      if (typeof body === 'object' && body !== null && 'location' in body) {
        response.writeHead(302, { location: String(body.location) }).end();
        return;
      }
      send(response, 200, body);
    } catch (thrown) {
      if (!(thrown instanceof GraphError)) throw thrown;
      send(response, thrown.status, { error: { ...thrown.body(), fbtrace_id: 'AbCdEfGhIjK' } });
    }
  };

  const server = createServer((incoming, response) => {
    handle(incoming, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${String(port)}`,
    userId,
    posts: containers.posts,
    containers: containers.count,
    requests: () => requests,
    issueToken: tokens.issue,
    revokeTokens: tokens.revokeAll,
    race: containers.race,
    failPublications: containers.failPublications,
    setInsights: containers.setInsights,
    async close() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=UTF-8' });
  response.end(JSON.stringify(body));
}
