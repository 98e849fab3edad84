import type { Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import type { Member } from '../sign-in/member.js';
import { preferencesCookie } from './preferences.js';
import type { Key } from '../program/model.js';
import { keepStars, starsIn } from './schedule/stars-cookie.js';
import { signedInCookie, type Site } from './shell/site.js';
import type { Visitors } from './visitors.js';

const year = 365 * 24 * 3_600;

/** Who is signed in, as their cookie proves; puts the end of it off. Most visitors have no such cookie, and cost nothing. */
export async function memberOf(c: Context, visitors: Visitors): Promise<Member | undefined> {
  const cookie = c.req.header('cookie') ?? '';
  if (!cookie.includes('callboard.session_token=')) return undefined;
  const signIn = await visitors.signIn();
  const there = await signIn.who({ cookie });
  for (const setCookie of there?.setCookies ?? [])
    c.header('Set-Cookie', setCookie, { append: true });
  return there?.member;
}

/**
 * Begins a visit with an account: what the browser had starred joins the account's stars, and from then on its cookies say what the account has. Stars of a
 * browser that was signed in are an account's already, maybe another's: they join nothing.
 */
export async function welcome(
  c: Context,
  site: Site,
  visitors: Visitors,
  { member, setCookies }: { readonly member: Member; readonly setCookies: readonly string[] },
): Promise<void> {
  const { schedules } = visitors;
  if (getCookie(c, signedInCookie) !== '1') {
    const { catalog } = await site.program();
    const known = starsIn(c).filter((key) => catalog.lookup.session(key) !== undefined);
    await schedules.give(member, known);
  }
  for (const one of setCookies) c.header('Set-Cookie', one, { append: true });
  if (member.preferences !== '') keep(c, site, preferencesCookie, member.preferences, year);
  const stars = await schedules.stars(member);
  keepAccountStars(
    c,
    site,
    stars.filter(({ removedAt }) => removedAt === undefined).map(({ session }) => session),
  );
}

/** Has the browser show what the account has starred, and know for as long that these stars are an account's. */
export function keepAccountStars(c: Context, site: Site, keys: readonly Key[]): void {
  keep(c, site, signedInCookie, '1', year);
  keepStars(c, site, keys);
}

/** Ends a visit in this browser: what belongs to the account goes from it. */
export function farewell(c: Context, site: Site, setCookies: readonly string[]): void {
  for (const one of setCookies) c.header('Set-Cookie', one, { append: true });
  // What the browser kept for reading without a connection was this visitor's: on a shared machine nobody else may see it. The service worker sees the farewell and
  // drops it; below a path that is all, since the rest of the storage is that of others on this host.
  if (site.addresses.base === '') c.header('Clear-Site-Data', '"storage"');
  keep(c, site, signedInCookie, '', 0);
  keepStars(c, site, []);
}

/** Where the browser's sign-in has run out: forgets it, and the stars with it, which were the account's. */
export function forgetSignedIn(c: Context, site: Site): void {
  if (getCookie(c, signedInCookie) !== '1') return;
  keep(c, site, signedInCookie, '', 0);
  keepStars(c, site, []);
}

/** What the browser of nobody who is signed in has starred; the stars of an account whose sign-in has run out are gone. */
export function starsOfBrowser(c: Context, site: Site): readonly Key[] {
  if (getCookie(c, signedInCookie) !== '1') return starsIn(c);
  forgetSignedIn(c, site);
  return [];
}

function keep(c: Context, site: Site, name: string, value: string, maxAge: number): void {
  setCookie(c, name, value, {
    path: site.addresses.base === '' ? '/' : site.addresses.base,
    maxAge,
    sameSite: 'Lax',
    secure: site.context.site.startsWith('https:'),
  });
}
