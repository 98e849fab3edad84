/** An origin that nobody has, to see whether a path leads away from where it stands. */
const here = 'http://here.invalid';

/**
 * Where to go back to, as a path within the site; '/' for anything that could lead elsewhere: other origins, `//host`, `/\host`, control characters.
 *
 * @param text a path as our pages link it, with the base path or without
 * @param base the site's base path, which is taken off
 * @example returnPath('/program/sessions/4k2m', '/program') // '/sessions/4k2m'
 * @example returnPath('https://evil.example', '') // '/'
 */
export function returnPath(text: string | undefined, base: string): string {
  if (text === undefined || text.length > 500 || !/^\/(?![/\\])[\x21-\x7e]*$/.test(text))
    return '/';
  if (!URL.canParse(text, here)) return '/';
  const { origin, pathname, search } = new URL(text, here);
  if (origin !== here || /^\/[/\\]/.test(pathname)) return '/';
  const within =
    base !== '' && (pathname === base || pathname.startsWith(`${base}/`))
      ? pathname.slice(base.length) || '/'
      : pathname;
  return /^\/[/\\]/.test(within) ? '/' : within + search;
}
