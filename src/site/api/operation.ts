import { createRoute, type OpenAPIHono, type z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { Catalog } from '../../program/calendar/catalog.js';
import type { ProgramPast } from '../../program/history.js';
import type { Addresses } from '../addresses.js';
import { openHeaders } from '../any-origin.js';
import { sendFile } from '../feeds/send-file.js';
import type { Site } from '../shell/site.js';
import { problemAnswer, type Problem } from './problem.js';
import { problemShape } from './schemas.js';

/** What an operation answers from. */
export interface Asked<Path, Query> {
  readonly path: Path;
  readonly query: Query;
  readonly version: number;
  readonly catalog: Catalog;
  readonly past: ProgramPast;
  readonly addresses: Addresses;
}

/** One thing that can be asked of the API, as its description and its server both know it. */
export interface Operation<
  Path extends z.ZodObject | undefined,
  Query extends z.ZodObject | undefined,
  Answer extends z.ZodType,
> {
  /** Below the API, with parameters as `{key}`. */
  readonly path: string;
  readonly id: string;
  readonly summary: string;
  readonly parameters?: Path;
  readonly query?: Query;
  readonly answer: Answer;
  /** What else the answer hangs on beside the version of the program; `live` for what changes by itself. */
  readonly freshness?: 'live';
  readonly make: (
    asked: Asked<Shape<Path>, Shape<Query>>,
  ) => z.infer<Answer> | Problem | Promise<z.infer<Answer> | Problem>;
}

type Shape<T> = T extends z.ZodType ? z.infer<T> : undefined;

/** Describes an operation and serves it: parameters checked, the answer kept for as long as the version is in force. */
export function serveOperation<
  Path extends z.ZodObject | undefined,
  Query extends z.ZodObject | undefined,
  Answer extends z.ZodType,
>(api: OpenAPIHono, site: Site, operation: Operation<Path, Query, Answer>): void {
  const { path, id, summary, parameters, query, answer, freshness, make } = operation;
  const route = createRoute({
    method: 'get',
    path,
    operationId: id,
    summary,
    request: { ...(parameters && { params: parameters }), ...(query && { query }) },
    responses: {
      200: { description: summary, content: { 'application/json': { schema: answer } } },
      ...((parameters ?? query) && { 400: problemResponse('A parameter makes no sense.') }),
      ...(parameters && { 404: problemResponse('There is nothing of this key.') }),
      503: problemResponse('The program has not been read yet.'),
    },
  });
  const handler = async (c: Context): Promise<Response> => {
    const { version, catalog, past } = await site.program();
    if (version === 0) return problemAnswer(c, notRead);
    const made = await make({
      path: valid(c, 'param') as Shape<Path>,
      query: valid(c, 'query') as Shape<Query>,
      version,
      catalog,
      past,
      addresses: site.addresses,
    });
    if (isProblem(made)) return problemAnswer(c, made);
    const text = JSON.stringify(made);
    if (freshness === 'live') {
      return c.body(text, 200, {
        'Content-Type': type,
        'Cache-Control': 'public, max-age=10',
        ...openHeaders,
      });
    }
    const { search } = new URL(c.req.url);
    const key = `api\n${String(version)}\n${catalog.zone}\n${c.req.path}${search}`;
    return sendFile(c, site, { type, key, make: () => text });
  };
  // The library wants answers of its own making; ours are bytes that are kept.
  api.openapi(route, handler as never);
}

const type = 'application/json; charset=utf-8';

const notRead: Problem = {
  status: 503,
  title: 'Not ready',
  place: 'the program',
  problem: 'it has not been read yet',
  remedy: 'Try again in a minute',
};

function problemResponse(description: string) {
  return { description, content: { 'application/problem+json': { schema: problemShape } } };
}

/** What the library has checked; it knows the type only where it makes the handler. */
function valid(c: Context, target: 'param' | 'query'): unknown {
  const request: { valid(target: string): unknown } = c.req;
  return request.valid(target);
}

function isProblem(value: unknown): value is Problem {
  return typeof value === 'object' && value !== null && 'status' in value && 'remedy' in value;
}
