import type { Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { ClientAddress } from '../client-address.js';
import { ownOrigin } from '../own-origin.js';
import { documentOf } from '../page.js';
import { returnPath } from '../return-path.js';
import { viewOf, type Site } from '../shell/site.js';
import { farewell, forgetSignedIn, memberOf, welcome } from '../visitor-session.js';
import type { Visitors } from '../visitors.js';
import { fieldOf, jsonOf } from './fields.js';
import { forOrganizers, SignInProblem, usedLink } from './problems.js';
import { LinkSentPage, SignInPage, UseLinkPage } from './sign-in-page.js';

const longestBody = 16_384;
const noStore = { 'Cache-Control': 'no-store' };

/** Serves signing in and out: by a link, by a passkey. */
export function serveSignIn(
  app: Hono,
  site: Site,
  visitors: Visitors,
  clientOf: ClientAddress,
): void {
  const { addresses, context } = site;
  const back = (text: string | undefined) => returnPath(text, addresses.base);
  const visitOf = (c: Context) => ({ cookie: c.req.header('cookie') ?? '', client: clientOf(c) });
  const seconds = (freeAt: number) =>
    String(Math.max(1, Math.ceil((freeAt - context.clock.now()) / 1_000)));
  const ask = async (
    c: Context,
    said: { email?: string; problem?: string; note?: string; back: string },
    status: 200 | 410 | 422 | 429 = 200,
  ) => {
    const { view } = await viewOf(c, site);
    return c.html(await documentOf(<SignInPage view={view} {...said} />), status, noStore);
  };

  const take = [ownOrigin(context.site), bodyLimit({ maxSize: longestBody })] as const;
  app.get('/sign-in', async (c) => {
    const to = back(c.req.query('back'));
    if (await memberOf(c, visitors)) return c.redirect(addresses.to(to === '/' ? '/account' : to));
    forgetSignedIn(c, site);
    const isForOrganizers = c.req.query('for') === 'organizers';
    return ask(c, {
      back: to,
      ...(isForOrganizers && { note: forOrganizers }),
    });
  });
  app.post('/sign-in', ...take, async (c) => {
    const body = await c.req.parseBody();
    const [email, to] = [fieldOf(body, 'email'), back(fieldOf(body, 'back'))];
    const signIn = await visitors.signIn();
    const asked = await signIn.askForLink({ email, client: clientOf(c), back: to });
    if (asked.kind === 'sent') return c.redirect(addresses.to('/sign-in/sent'), 303);
    if (asked.kind === 'no-mailbox') {
      return ask(
        c,
        { email: email.slice(0, 254), back: to, problem: SignInProblem.noMailbox },
        422,
      );
    }
    c.header('Retry-After', seconds(asked.freeAt));
    return ask(c, { email, back: to, problem: SignInProblem.tooManyLinks }, 429);
  });
  app.get('/sign-in/sent', async (c) => {
    const { view } = await viewOf(c, site);
    return c.html(await documentOf(<LinkSentPage view={view} />), 200, noStore);
  });
  app.get('/sign-in/link', async (c) => {
    const token = (c.req.query('token') ?? '').slice(0, 100);
    const to = back(c.req.query('back'));
    const email = await (await visitors.signIn()).mailboxOf(token);
    if (email === undefined) return ask(c, { back: to, problem: usedLink }, 410);
    const { view } = await viewOf(c, site);
    const page = <UseLinkPage view={view} email={email} token={token} back={to} />;
    return c.html(await documentOf(page), 200, noStore);
  });
  app.post('/sign-in/link', ...take, async (c) => {
    const body = await c.req.parseBody();
    const to = back(fieldOf(body, 'back'));
    const signIn = await visitors.signIn();
    const proven = await signIn.useLink(fieldOf(body, 'token').slice(0, 100), visitOf(c));
    if (proven.kind === 'in') {
      await welcome(c, site, visitors, proven);
      return c.redirect(addresses.to(to), 303);
    }
    if (proven.kind === 'refused') return ask(c, { back: to, problem: usedLink }, 410);
    c.header('Retry-After', seconds(proven.freeAt));
    return ask(c, { back: to, problem: SignInProblem.tooManyTries }, 429);
  });

  app.post('/sign-in/passkey/question', ...take, async (c) => {
    const signIn = await visitors.signIn();
    const question = await signIn.passkeys.question({ client: clientOf(c) });
    if (question.kind === 'too-many') {
      c.header('Retry-After', seconds(question.freeAt));
      return c.json({ sentence: SignInProblem.tooManyTries }, 429, noStore);
    }
    for (const one of question.setCookies) c.header('Set-Cookie', one, { append: true });
    return c.json(question.options, 200, noStore);
  });
  app.post('/sign-in/passkey', ...take, async (c) => {
    const body = await jsonOf(c);
    const signIn = await visitors.signIn();
    const proven = await signIn.passkeys.answer(body.response, visitOf(c));
    if (proven.kind === 'in') {
      await welcome(c, site, visitors, proven);
      const to = back(typeof body.back === 'string' ? body.back : undefined);
      return c.json({ to: addresses.to(to) }, 200, noStore);
    }
    if (proven.kind === 'refused') {
      return c.json({ sentence: SignInProblem.unknownPasskey }, 401, noStore);
    }
    c.header('Retry-After', seconds(proven.freeAt));
    return c.json({ sentence: SignInProblem.tooManyTries }, 429, noStore);
  });

  app.post('/sign-out', ...take, async (c) => {
    const signIn = await visitors.signIn();
    farewell(c, site, await signIn.leave(visitOf(c)));
    return c.redirect(addresses.to('/'), 303);
  });
}
