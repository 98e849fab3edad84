import type { Hono } from 'hono';
import type { WebContext } from './web-context.js';

/** Serves the card pictures; a digest names its pixels for ever, so every cache may keep them. */
export function serveCards(app: Hono, context: WebContext): void {
  app.get('/cards/:file{[0-9A-Za-z_-]{1,128}\\.png}', async (c) => {
    const digest = c.req.param('file').slice(0, -'.png'.length);
    const etag = `"${digest}"`;
    const headers = {
      'Cache-Control': 'public, max-age=31536000, immutable',
      ETag: etag,
      'Cross-Origin-Resource-Policy': 'cross-origin',
    };
    if (c.req.header('If-None-Match') === etag) return c.body(null, 304, headers);
    const bytes = await context.card(digest);
    if (bytes === undefined) return c.notFound();
    return c.body(new Uint8Array(bytes), 200, { ...headers, 'Content-Type': 'image/png' });
  });
}
