import { given } from '../given.js';
import type { ImportProblem } from '../import-report.js';
import type { Followed } from './follow.js';

/** What an import says of the pages of a program that were named and not fetched. */
export function leftOut(address: string, left: Followed['left']): readonly ImportProblem[] {
  const { forbidden, missing, beyondMost } = left;
  const about = (count: number, code: string, problem: string, remedy: string) =>
    count === 0
      ? undefined
      : { severity: 'dropped' as const, code, place: address, problem, remedy };
  return Object.values(
    given({
      forbidden: about(
        forbidden,
        'pages-forbidden',
        `robots.txt of the server forbids ${pages(forbidden)}, so what they say is missing`,
        'Ask those who run the server to allow "callboard", or save the pages and give their folder',
      ),
      missing: about(
        missing,
        'pages-missing',
        `the program names ${pages(missing)} that the server does not have, so what they say is missing`,
        'Import again later; sessions that vanished are held meanwhile, not cancelled',
      ),
      beyondMost: about(
        beyondMost,
        'pages-too-many',
        `${pages(beyondMost)} are more than one program may have and were not fetched`,
        'Give the address of the program’s calendar, not of a site with many meetings',
      ),
    }),
  );
}

function pages(count: number): string {
  return count === 1 ? '1 page' : `${String(count)} pages`;
}
