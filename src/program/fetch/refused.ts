import type { CallboardError } from '../../errors.js';
import { unreadable } from '../problem.js';

/** The error for an answer that is no success; `remedy` is for one that wants credentials. */
export function refused(
  shown: string,
  { status, said: text }: { readonly status: number; readonly said: string },
  remedy: string,
): CallboardError {
  const said = `the server answered ${status}${text === '' ? '' : ` ${text}`}`;
  if (status === 401 || status === 403) {
    return unreadable(
      'program-forbidden',
      shown,
      `${said}: it wants credentials, or does not let us in`,
      remedy,
    );
  }
  if (status === 404 || status === 410) {
    return unreadable(
      'program-not-found',
      shown,
      `${said}: nothing is there`,
      'Check the address; exports often move when a schedule is released',
    );
  }
  return unreadable(
    'program-unreachable',
    shown,
    said,
    status >= 500 || status === 429
      ? 'Try again later; the last good version stays in force'
      : 'Check the address in a browser',
  );
}
