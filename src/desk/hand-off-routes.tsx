import type { Context, Hono, MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { csrf } from 'hono/csrf';
import { CallboardError } from '../errors.js';
import type { AssetAddresses } from '../site/assets.js';
import { hostnameOf, isLoopback } from '../site/host-guard.js';
import { documentOf } from '../site/page.js';
import type { WebContext } from '../site/web-context.js';
import { HandOffsPage, type HandOffsProps } from './hand-offs.js';

const longestBody = 8_192;

/** Serves the hand-offs and takes addresses back; on this machine only, as long as nobody can sign in. */
export function serveHandOffs(app: Hono, context: WebContext, assets: AssetAddresses): void {
  const page = async (c: Context, refused?: HandOffsProps['refused']) => {
    const html = await documentOf(
      <HandOffsPage
        assets={assets}
        conference={context.conference()}
        handOffs={await context.handOffs()}
        {...(refused && { refused })}
      />,
    );
    return c.html(html, refused ? 422 : 200, { 'Cache-Control': 'no-store' });
  };

  app.use('/handoffs/*', thisMachineOnly(), csrf());
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
    return c.redirect('/handoffs', 303);
  });
}

/** Lets only a browser on this machine in, by its own name; a proxy before us passes others' requests on and says so. */
function thisMachineOnly(): MiddlewareHandler {
  return async (c, next) => {
    const host = hostnameOf(c.req.header('host'));
    const isForwarded = [
      'forwarded',
      'x-forwarded-for',
      'x-forwarded-host',
      'x-real-ip',
      'via',
    ].some((name) => c.req.header(name) !== undefined);
    if (host === undefined || !isLoopback(host) || isForwarded) return c.notFound();
    await next();
    return undefined;
  };
}
