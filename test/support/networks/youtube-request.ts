import { randomBytes } from 'node:crypto';

/** What stands on YouTube, whatever it is. */
export interface YoutubePost {
  readonly kind: 'post' | 'broadcast' | 'message';
  readonly id: string;
  /** A post's or message's text; a broadcast's description. */
  readonly text: string;
  /** A broadcast's. */
  readonly title?: string;
  /** Whether it shows a picture. */
  readonly pictured: boolean;
  readonly at: number;
}

/** An error as Google writes it. */
export class GoogleError extends Error {
  constructor(
    readonly status: number,
    readonly reason: string,
    message: string,
    readonly domain = 'youtube',
  ) {
    super(message);
  }

  get body() {
    const { status, message, domain, reason } = this;
    return { error: { code: status, message, errors: [{ message, domain, reason }] } };
  }
}

/** A request to one resource, taken apart. */
export interface ResourceRequest {
  readonly query: URLSearchParams;
  readonly body: Buffer;
}

/** An id of so many random bytes. */
export const id = (bytes: number) => randomBytes(bytes).toString('base64url');

/** A value that must be there. */
export const required = (
  value: string | null | undefined,
  reason: string,
  what: string,
): string => {
  if (!value) throw new GoogleError(400, reason, `The ${what} is required`);
  return value;
};

/** A body of JSON. */
export const parse = (body: Buffer): unknown => JSON.parse(body.toString('utf8'));

/** One page, by `pageToken` and `maxResults`. */
export const pageOf = <T>(all: readonly T[], query: URLSearchParams, most: number) => {
  const from = Number(query.get('pageToken') ?? 0);
  const size = Math.min(Number(query.get('maxResults') ?? 5), most);
  const items = all.slice(from, from + size);
  return { items, ...(from + size < all.length && { nextPageToken: String(from + size) }) };
};
