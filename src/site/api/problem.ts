import type { Context } from 'hono';
import type { Complaint } from '../../errors.js';
import { openHeaders } from '../any-origin.js';

/** What went wrong, as the API says it (https://www.rfc-editor.org/rfc/rfc9457). */
export interface Problem extends Complaint {
  readonly status: 400 | 404 | 500 | 503;
  /** What kind of problem, in a few words. */
  readonly title: string;
}

/** Answers with a problem: where, what, and what to do. */
export function problemAnswer(
  c: Context,
  { status, title, place, problem, remedy }: Problem,
): Response {
  const body = {
    type: 'about:blank',
    title,
    status,
    detail: `${problem}. ${remedy}.`,
    instance: c.req.path,
    place,
    problem,
    remedy,
  };
  return c.body(JSON.stringify(body), status, {
    'Content-Type': 'application/problem+json',
    'Cache-Control': 'no-store',
    ...(status === 503 && { 'Retry-After': '60' }),
    ...openHeaders,
  });
}
