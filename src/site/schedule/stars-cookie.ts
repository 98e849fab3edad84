import type { Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import type { Key } from '../../program/model.js';
import { mostStars } from '../../storage/stars.js';
import type { Site } from '../shell/site.js';

/** The cookie in which a browser keeps its stars; scripts read it to mark what is starred. */
export const starsCookie = 'callboard-stars';

const keptSeconds = 365 * 24 * 3_600;

/**
 * Reads stars; whatever is no key is dropped, of keys given twice the last counts, and of more than 300 the newest are kept.
 *
 * @example parseStars('6ihl4qtevrgh.nonsense') // ['6ihl4qtevrgh']
 */
export function parseStars(text: string | undefined): readonly Key[] {
  const keys = (text ?? '').slice(0, 8_192).split('.');
  const newestFirst = new Set(keys.filter((key) => /^[0-9a-z]{12}$/.test(key)).reverse());
  return [...newestFirst].slice(0, mostStars).reverse();
}

/** Stars as the cookie holds them, the newest last. */
export function starsText(keys: readonly Key[]): string {
  return keys.slice(-mostStars).join('.');
}

/** The stars of the browser that asks. */
export function starsIn(c: Context): readonly Key[] {
  return parseStars(getCookie(c, starsCookie));
}

/** Has the browser keep these stars. */
export function keepStars(c: Context, { addresses, context }: Site, keys: readonly Key[]): void {
  setCookie(c, starsCookie, starsText(keys), {
    path: addresses.base === '' ? '/' : addresses.base,
    maxAge: keys.length === 0 ? 0 : keptSeconds,
    sameSite: 'Lax',
    secure: context.site.startsWith('https:'),
  });
}
