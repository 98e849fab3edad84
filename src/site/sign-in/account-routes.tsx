import type { Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { Catalog } from '../../program/calendar/catalog.js';
import type { Member } from '../../sign-in/member.js';
import { ownOrigin } from '../own-origin.js';
import { documentOf } from '../page.js';
import { viewOf, type Site } from '../shell/site.js';
import { farewell, memberOf } from '../visitor-session.js';
import type { Visitors } from '../visitors.js';
import { AccountPage } from './account-page.js';
import { fieldOf, jsonOf } from './fields.js';
import { SignInProblem } from './problems.js';

const longestBody = 16_384;
const noStore = { 'Cache-Control': 'no-store' };

const done: Readonly<Record<string, string>> = {
  name: 'Your name is saved.',
  passkey: 'The passkey is added. Use it the next time you sign in.',
  removed: 'The passkey is removed.',
};

/** Serves the page of one's own account, and what is done there. */
export function serveAccount(app: Hono, site: Site, visitors: Visitors): void {
  const { addresses, context } = site;
  const take = [ownOrigin(context.site), bodyLimit({ maxSize: longestBody })] as const;
  const visitOf = (c: Context) => ({ cookie: c.req.header('cookie') ?? '' });
  const toSignIn = (c: Context) => c.redirect(addresses.to('/sign-in?back=/account'), 303);
  const postsOf = async ({ person }: Member, catalog: Catalog) => {
    const parts = person === undefined ? [] : catalog.parts(person);
    const sessions = [...new Set(parts.map(({ session }) => session.key))];
    return new Map(
      await Promise.all(
        sessions.map(async (session) => [session, await context.postsAbout(session)] as const),
      ),
    );
  };
  const page = async (c: Context, member: Member, problem?: string) => {
    const { view } = await viewOf(c, site);
    const signIn = await visitors.signIn();
    const passkeys = await signIn.passkeys.list(visitOf(c));
    const posts = await postsOf(member, view.catalog);
    const sentence = done[c.req.query('done') ?? ''];
    const made = (
      <AccountPage
        view={view}
        member={member}
        passkeys={passkeys}
        posts={posts}
        {...(problem !== undefined ? { problem } : sentence !== undefined && { done: sentence })}
      />
    );
    return c.html(await documentOf(made), problem === undefined ? 200 : 422, noStore);
  };

  app.get('/account', async (c) => {
    const member = await memberOf(c, visitors);
    return member ? page(c, member) : toSignIn(c);
  });
  app.post('/account/name', ...take, async (c) => {
    const member = await memberOf(c, visitors);
    if (!member) return toSignIn(c);
    await (await visitors.signIn()).rename(member, fieldOf(await c.req.parseBody(), 'name'));
    return c.redirect(addresses.to('/account?done=name'), 303);
  });
  app.post('/account/passkeys/question', ...take, async (c) => {
    const signIn = await visitors.signIn();
    const question = await signIn.passkeys.questionForNew(visitOf(c));
    if (!question) return c.json({ sentence: SignInProblem.staleSignIn }, 403, noStore);
    for (const one of question.setCookies) c.header('Set-Cookie', one, { append: true });
    return c.json(question.options, 200, noStore);
  });
  app.post('/account/passkeys', ...take, async (c) => {
    const { response, name } = await jsonOf(c);
    const signIn = await visitors.signIn();
    const isKept = await signIn.passkeys.keep(
      response,
      typeof name === 'string' ? name : '',
      visitOf(c),
    );
    if (!isKept) return c.json({ sentence: SignInProblem.passkeyNotTaken }, 422, noStore);
    return c.json({}, 200, noStore);
  });
  app.post('/account/passkeys/remove', ...take, async (c) => {
    const member = await memberOf(c, visitors);
    if (!member) return toSignIn(c);
    const signIn = await visitors.signIn();
    const isGone = await signIn.passkeys.remove(fieldOf(await c.req.parseBody(), 'id'), visitOf(c));
    if (!isGone) return page(c, member, 'There is no such passkey in your account.');
    return c.redirect(addresses.to('/account?done=removed'), 303);
  });
  app.post('/account/sign-out', ...take, async (c) => {
    const signIn = await visitors.signIn();
    if (await memberOf(c, visitors)) await signIn.leaveEverywhere(visitOf(c));
    farewell(c, site, await signIn.leave(visitOf(c)));
    return c.redirect(addresses.to('/'), 303);
  });
  app.post('/account/delete', ...take, async (c) => {
    const member = await memberOf(c, visitors);
    if (!member) return toSignIn(c);
    if (fieldOf(await c.req.parseBody(), 'sure') !== 'yes') {
      return page(c, member, 'Nothing was deleted: say that you are sure.');
    }
    const signIn = await visitors.signIn();
    await signIn.forget(member);
    farewell(c, site, await signIn.leave(visitOf(c)));
    return c.redirect(addresses.to('/'), 303);
  });
}
