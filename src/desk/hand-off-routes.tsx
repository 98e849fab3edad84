import type { Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { CallboardError } from '../errors.js';
import { ownOrigin } from '../site/own-origin.js';
import { documentOf } from '../site/page.js';
import type { DeskParts } from './desk-parts.js';
import { HandOffsPage, type HandOffsProps } from './hand-offs.js';

const longestBody = 8_192;

/** Serves the hand-offs and takes addresses back; whom they are for, `organizersOnly` sees to. */
export function serveHandOffs(app: Hono, { context, assets, addresses }: DeskParts): void {
  const page = async (c: Context, refused?: HandOffsProps['refused']) => {
    const html = await documentOf(
      <HandOffsPage
        assets={assets}
        addresses={addresses}
        now={context.clock.now()}
        conference={context.conference()}
        handOffs={await context.handOffs()}
        putUp={await context.putUp()}
        done={c.req.query('done')}
        {...(refused && { refused })}
      />,
    );
    return c.html(html, refused ? 422 : 200, { 'Cache-Control': 'no-store' });
  };

  app.use('/handoffs/*', ownOrigin(context.site));
  app.get('/handoffs', (c) => page(c));
  app.post('/handoffs/:id{[0-9a-z]{1,64}}', bodyLimit({ maxSize: longestBody }), async (c) => {
    const id = c.req.param('id');
    const { address } = await c.req.parseBody();
    const given = typeof address === 'string' ? address : '';
    try {
      await context.handOffDone(id, given);
    } catch (thrown) {
      if (!(thrown instanceof CallboardError)) throw thrown;
      return page(c, { id, address: given, sentence: thrown.message });
    }
    return c.redirect(addresses.to(`/handoffs?done=${id}`), 303);
  });
}
