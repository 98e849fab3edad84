import { openWorkbooks } from '../table/workbook.js';
import { fetchFile } from './fetch-file.js';
import { fetchHttp } from './fetch-http.js';
import type { FetchedProgram, FetchHints } from './fetched-program.js';

/**
 * Gets the bytes of a program from a path (relative to the working directory), a `file:`, `http:`, `https:` or `webcal:` address, bounded in time, size and
 * redirects. Throws a `CallboardError` of exit `program` that says what to do; never names credentials.
 */
export async function fetchProgram(
  address: string,
  how?: Omit<FetchHints, 'since'>,
): Promise<FetchedProgram>;
/** With `since`: `undefined` where the server says that nothing changed. */
export async function fetchProgram(
  address: string,
  how: FetchHints,
): Promise<FetchedProgram | undefined>;
export async function fetchProgram(
  address: string,
  how: FetchHints = {},
): Promise<FetchedProgram | undefined> {
  const maxBytes = how.maxBytes ?? 64 * 1024 * 1024;
  const web = /^(?:https?|webcals?):\/\//i.exec(address.trim());
  const fetched = web
    ? await fetchHttp(address.trim().replace(/^webcals?:/i, 'https:'), {
        ...how,
        maxBytes,
        timeoutMs: how.timeoutMs ?? 30_000,
        maxRedirects: how.maxRedirects ?? 5,
        maxDocuments: how.maxDocuments ?? 20_000,
      })
    : await fetchFile(address, { maxBytes, signal: how.signal });
  if (!fetched) return undefined;
  return { ...fetched, documents: await openWorkbooks(fetched.documents), fetchedAt: Date.now() };
}
