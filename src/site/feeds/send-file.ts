import type { Context } from 'hono';
import { openHeaders } from '../any-origin.js';
import { codingOf, isKnown } from '../shell/send-page.js';
import type { Site } from '../shell/site.js';

/** A file for machines. */
export interface FileForMachines {
  /** With its charset where it has one. */
  readonly type: string;
  /** Suggested where somebody saves it. */
  readonly name?: string;
  /** Everything that its text depends on, as a short text. */
  readonly key: string;
  readonly make: () => string | Promise<string>;
}

/**
 * Sends a file that is the same for everybody: made once, with an ETag that changes only when its text does, compressed once. Anybody's page may read it.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-13.1.2
 */
export async function sendFile(
  c: Context,
  site: Site,
  { type, name, key, make }: FileForMachines,
): Promise<Response> {
  const place = `file\n${key}`;
  const kept = site.shelf.get(place) ?? site.shelf.keep(place, { html: await make(), status: 200 });
  const headers: Record<string, string> = {
    'Content-Type': type,
    'Cache-Control': 'public, max-age=60',
    Vary: 'Accept-Encoding',
    ETag: kept.etag,
    ...openHeaders,
    ...(name !== undefined && { 'Content-Disposition': `inline; filename="${name}"` }),
  };
  if (isKnown(c.req.header('If-None-Match'), kept.etag)) return c.body(null, 304, headers);
  const coding = codingOf(c.req.header('Accept-Encoding'));
  if (coding === undefined) return c.body(new Uint8Array(kept.body), 200, headers);
  const body = await site.shelf.compressed(kept, coding);
  return c.body(new Uint8Array(body), 200, { ...headers, 'Content-Encoding': coding });
}

/** Says that there is no program yet: an empty file would empty the calendars of those who follow. */
export function notYet(c: Context): Response {
  return c.text('The program has not been read yet. Try again in a moment.\n', 503, {
    'Retry-After': '60',
    'Cache-Control': 'no-store',
    ...openHeaders,
  });
}
