import robotsModule, { type Robot } from 'robots-parser';
import { CallboardError } from '../../errors.js';

// The package is of the old format, its types are written as if it were of the new.
const robotsParser = robotsModule as unknown as (address: string, text: string) => Robot;

/** How robots.txt names us. */
const agent = 'callboard';

/**
 * What robots.txt of an origin allows (https://www.rfc-editor.org/rfc/rfc9309): everything where there is none.
 *
 * @param get Fetches robots.txt; throws a `CallboardError` where it is not there or the server fails
 */
export async function robotsAllow(
  origin: URL,
  get: (address: string) => Promise<string>,
): Promise<(address: URL) => boolean> {
  const address = new URL('/robots.txt', origin).href;
  let text: string;
  try {
    text = await get(address);
  } catch (thrown) {
    if (thrown instanceof CallboardError && thrown.code === 'program-not-found') return () => true;
    throw thrown;
  }
  const robots = robotsParser(address, text);
  return ({ href }) => robots.isAllowed(href, agent) !== false;
}
