import { cors } from 'hono/cors';

/** Headers of what the page of any origin may read, its ETag included. */
export const openHeaders = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Expose-Headers': 'ETag',
  'Cross-Origin-Resource-Policy': 'cross-origin',
} as const;

/**
 * Answers what browsers ask before they send `If-None-Match` to another origin. For OPTIONS only: what is open says so itself, by `openHeaders`.
 *
 * @see https://fetch.spec.whatwg.org/#cors-preflight-fetch
 */
export const preflight = cors({
  origin: '*',
  allowMethods: ['GET', 'HEAD'],
  allowHeaders: ['If-None-Match'],
  maxAge: 86_400,
});
