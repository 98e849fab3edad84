import type { Hono } from 'hono';
import type { AssetAddresses } from './assets.js';
import { Notice } from './notice.js';
import { documentOf } from './page.js';
import { SessionPage } from './session.js';
import type { WebContext } from './web-context.js';

/** Serves the page of every session, at the address that its posts lead to. */
export function serveSessions(app: Hono, context: WebContext, assets: AssetAddresses): void {
  app.get('/sessions/:key', async (c) => {
    const program = await context.program();
    const session = program?.lookup.session(c.req.param('key'));
    if (program === undefined || session === undefined) {
      const sentence =
        program === undefined
          ? 'The program has not been read yet. Try again in a moment.'
          : 'The program has no session under this address. It may have been taken out of the program.';
      return c.html(
        await documentOf(
          <Notice assets={assets} code={404} title="No such session" sentence={sentence} />,
        ),
        404,
      );
    }
    const picture = await context.sessionCard(session.key);
    return c.html(
      await documentOf(
        <SessionPage
          assets={assets}
          conference={context.conference()}
          site={context.site}
          program={program.lookup}
          version={program.version}
          session={session}
          picture={picture}
        />,
      ),
      200,
      { 'Cache-Control': 'no-cache' },
    );
  });
}
