/**
 * An address without user, password, query and fragment, to be shown; text that is no address is not shown at all.
 *
 * @example publicAddress('postgres://cb:secret@db:5432/callboard') // 'postgres://db:5432/callboard'
 */
export function publicAddress(url: string): string {
  const { protocol, host, pathname } = URL.canParse(url) ? new URL(url) : new URL('none:');
  // Without a host the parts cannot be told apart: the password may stand in the path.
  if (host === '') return '(an address that cannot be shown)';
  return `${protocol}//${host}${pathname}`;
}
