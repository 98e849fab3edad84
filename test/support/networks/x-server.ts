import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import type { Clock } from '../../../src/clock.js';
import { openXPosts, type XRefusedPost } from './x-posts.js';
import { openXSignIn } from './x-sign-in.js';
import { openXSpecification } from './x-specification.js';

/** How X's server is set. */
export interface XServerOptions {
  /** Posts in 15 minutes; 100 without, as X's pages say. */
  readonly postLimit?: number;
}

interface Request {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly authorization: string;
  readonly contentType: string | undefined;
  readonly body: unknown;
  readonly form: URLSearchParams;
}

interface Reply {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

const quarter = 15 * 60_000;
const user = { id: '77', username: 'meeting', name: 'A meeting' };

/** A problem as X tells of it. */
export function xProblem(
  status: number,
  detail: string,
  type = 'about:blank',
  title = 'Forbidden',
) {
  const full = type === 'about:blank' ? type : `https://api.x.com/2/problems/${type}`;
  return { status, body: { title, detail, type: full, status } } as const;
}

/**
 * A server that behaves as X does where Callboard meets it, by a clock that is given. Every request and every answer is checked against X's specification;
 * what does not match stands in `violations`. `posts()` is the witness of what stands.
 */
export async function openXServer(clock: Clock, { postLimit = 100 }: XServerOptions = {}) {
  const specification = openXSpecification();
  const signIn = openXSignIn(clock);
  const posts = openXPosts(clock, user.username);
  const requests: string[] = [];
  let window = { begins: clock.now(), used: 0 };

  const limits = () => {
    const now = clock.now();
    if (now >= window.begins + quarter || now < window.begins) window = { begins: now, used: 0 };
    return {
      'x-rate-limit-limit': String(postLimit),
      'x-rate-limit-remaining': String(Math.max(0, postLimit - window.used)),
      'x-rate-limit-reset': String(Math.ceil((window.begins + quarter) / 1_000)),
    };
  };

  const createPost = ({ body }: Request): Reply => {
    const { text = '', media } = body as { text?: string; media?: { media_ids: string[] } };
    if (Number(limits()['x-rate-limit-remaining']) === 0) {
      return {
        ...xProblem(429, 'Too Many Requests', 'about:blank', 'Too Many Requests'),
        headers: limits(),
      };
    }
    window.used += 1;
    const made = posts.create(text, media?.media_ids);
    if (typeof made === 'string')
      return { ...refusedPost(made, media?.media_ids), headers: limits() };
    return {
      status: 201,
      body: {
        data: {
          id: made.id,
          text: posts.shown(made, new Set()).text,
          edit_history_post_ids: [made.id],
        },
      },
      headers: limits(),
    };
  };

  const listPosts = ({ query }: Request): Reply => {
    const since = Date.parse(query.get('start_time') ?? '');
    if (since > clock.now()) return invalid('start_time', 'must be in the past');
    const size = Number(query.get('max_results') ?? 10);
    const from = Number(query.get('pagination_token') ?? 0);
    const shown = posts
      .standing()
      .filter(
        ({ createdAt }) => Number.isNaN(since) || Math.floor(createdAt / 1_000) * 1_000 >= since,
      )
      .reverse();
    const page = shown.slice(from, from + size);
    const more = shown.length > from + size && { next_token: String(from + size) };
    return {
      status: 200,
      body: {
        ...(page.length > 0 && { data: page.map((post) => posts.shown(post, fieldsIn(query))) }),
        meta: { result_count: page.length, ...more },
      },
    };
  };

  const getPosts = ({ query }: Request): Reply => {
    const ids = (query.get('ids') ?? '').split(',');
    const found = posts.standing().filter(({ id }) => ids.includes(id));
    const missing = ids.filter((id) => !found.some((post) => post.id === id));
    const data = found.map((post) => posts.shown(post, fieldsIn(query)));
    return {
      status: 200,
      body: {
        ...(data.length > 0 && { data }),
        ...(missing.length > 0 && { errors: missing.map(notFound) }),
      },
    };
  };

  const appendMedia = ({ path, body }: Request): Reply => {
    const held = posts.media.get(path.split('/')[4] ?? '');
    const { segment_index: part, media } = body as { segment_index: number; media: string };
    if (!held) return { status: 404, body: notFound('media') };
    held.parts[part] = Buffer.from(media, 'latin1');
    return { status: 200, body: { data: { expires_at: Math.floor(held.expiresAt / 1_000) } } };
  };

  const finishMedia = ({ path }: Request): Reply => {
    const held = posts.media.get(path.split('/')[4] ?? '');
    const size = Buffer.concat(held?.parts ?? []).length;
    if (held?.total !== size) return invalid('id', 'the upload is not whole');
    held.ended = true;
    const { id } = held;
    return {
      status: 200,
      body: { data: { id, media_key: `3_${id}`, size, expires_after_secs: posts.mediaSeconds } },
    };
  };

  const describeMedia = ({ body }: Request): Reply => {
    const { id, metadata } = body as { id: string; metadata?: { alt_text?: { text: string } } };
    const held = posts.media.get(id);
    if (!held) return { status: 404, body: notFound(id) };
    held.alt = metadata?.alt_text?.text ?? '';
    return { status: 200, body: { data: { id, associated_metadata: metadata ?? {} } } };
  };

  const answer = (request: Request): Reply => {
    const { method, path, form, authorization } = request;
    if (path === '/2/oauth2/token') return signIn.token(form, authorization);
    if (path === '/2/oauth2/revoke') return signIn.revoke(form);
    const scopes = signIn.scopesOf(request);
    if (!scopes) return xProblem(401, 'Unauthorized', 'about:blank', 'Unauthorized');
    const wanted = specification.scopesOf(method, path);
    if (scopes !== 'all' && !wanted.every((scope) => scopes.includes(scope))) {
      return xProblem(403, 'Your client app lacks a scope for this endpoint.');
    }
    const route = `${method} ${path.replace(/\d+$|\d+(?=\/)/g, (found) => (found === '2' ? found : 'N'))}`;
    switch (route) {
      case 'POST /2/tweets':
        return createPost(request);
      case 'GET /2/tweets':
        return getPosts(request);
      case 'DELETE /2/tweets/N':
        return posts.remove(path.split('/').at(-1) ?? '')
          ? { status: 200, body: { data: { deleted: true } } }
          : { status: 404, body: notFound(path) };
      case 'GET /2/users/N/tweets':
        return listPosts(request);
      case 'GET /2/users/me':
        return { status: 200, body: { data: user } };
      case 'POST /2/media/upload/initialize': {
        const { media_type, total_bytes } = request.body as {
          media_type: string;
          total_bytes: number;
        };
        const { id } = posts.beginMedia(media_type, total_bytes);
        return {
          status: 200,
          body: { data: { id, media_key: `3_${id}`, expires_after_secs: posts.mediaSeconds } },
        };
      }
      case 'POST /2/media/upload/N/append':
        return appendMedia(request);
      case 'POST /2/media/upload/N/finalize':
        return finishMedia(request);
      case 'POST /2/media/metadata':
        return describeMedia(request);
      default:
        return { status: 404, body: notFound(route) };
    }
  };

  const server = createServer((incoming, response) => {
    void read(incoming).then((request) => {
      requests.push(`${request.method} ${request.path}`);
      specification.checkRequest(request);
      const { status, body, headers } = answer(request);
      specification.checkAnswer(request.method, request.path, status, body);
      const type = status >= 400 ? 'application/problem+json' : 'application/json';
      response.writeHead(status, {
        'content-type': type,
        date: new Date(clock.now()).toUTCString(),
        ...headers,
      });
      response.end(JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  return {
    origin: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    user,
    signIn,
    specification,
    /** What does not match X's specification; a test asserts that it is empty. */
    violations: specification.violations,
    /** Method and path of every request, in order. */
    requests,
    /** The server's own log: every post that stands. */
    posts: () => posts.standing(),
    /** A person posts by hand. */
    plant: (text: string) => posts.create(text),
    media: posts.media,
    forgetMedia: () => posts.forgetMedia(),
    async close() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

/** A server that behaves as X does. */
export type XServer = Awaited<ReturnType<typeof openXServer>>;

function fieldsIn(query: URLSearchParams): ReadonlySet<string> {
  return new Set((query.get('post.fields') ?? '').split(','));
}

function notFound(id: string) {
  return {
    type: 'https://api.x.com/2/problems/resource-not-found',
    title: 'Not Found Error',
    detail: `Could not find ${id}.`,
    resource_type: 'post',
    resource_id: id,
  };
}

function invalid(parameter: string, detail: string): Reply {
  const type = 'https://api.x.com/2/problems/invalid-request';
  return { status: 400, body: { type, title: 'Invalid Request', detail, parameter } };
}

function refusedPost(why: XRefusedPost, mediaIds: readonly string[] = []): Reply {
  switch (why) {
    case 'duplicate':
      return xProblem(403, 'You are not allowed to create a Tweet with duplicate content.');
    case 'too-long':
      return xProblem(403, 'You are not permitted to perform this action.');
    case 'media': {
      const detail = 'One or more parameters to your request was invalid.';
      const errors = [
        { parameters: { 'media.media_ids': mediaIds }, message: 'Your media IDs are invalid.' },
      ];
      const type = 'https://api.x.com/2/problems/invalid-request';
      return { status: 400, body: { errors, title: 'Invalid Request', detail, type } };
    }
  }
}

async function read(incoming: IncomingMessage): Promise<Request> {
  const bytes = await buffer(incoming);
  const { pathname, searchParams } = new URL(incoming.url ?? '/', 'http://x');
  const type = incoming.headers['content-type'];
  const contentType = type?.split(';')[0]?.trim();
  const form = new URLSearchParams(
    contentType === 'application/x-www-form-urlencoded' ? bytes.toString() : '',
  );
  return {
    method: incoming.method ?? 'GET',
    path: pathname,
    query: searchParams,
    authorization: incoming.headers.authorization ?? '',
    contentType,
    body: bodyOf(bytes, contentType, type),
    form,
  };
}

function bodyOf(bytes: Buffer, contentType: string | undefined, type: string | undefined): unknown {
  if (bytes.length === 0) return undefined;
  if (contentType === 'application/json') return JSON.parse(bytes.toString()) as unknown;
  if (contentType === 'application/x-www-form-urlencoded') {
    return Object.fromEntries(new URLSearchParams(bytes.toString()));
  }
  const boundary = /boundary=(\S+)/.exec(type ?? '')?.[1] ?? '';
  const parts = bytes.toString('latin1').split(`--${boundary}`).slice(1, -1);
  const fields = parts.map((part) => {
    const [head = '', ...rest] = part.split('\r\n\r\n');
    const name = /name="([^"]+)"/.exec(head)?.[1] ?? '';
    const value = rest.join('\r\n\r\n').slice(0, -2);
    return [name, name === 'segment_index' ? Number(value) : value] as const;
  });
  return Object.fromEntries(fields);
}
