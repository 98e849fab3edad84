import { reasonOf } from '../../errors.js';
import { excerpt, unreadable } from '../problem.js';

/** Parses JSON; one that ends early says so. */
export function parseJson(text: string, address: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    const cut = !/[}\]]\s*$/.test(text);
    throw unreadable(
      cut ? 'program-truncated' : 'program-malformed',
      address,
      cut ? 'the JSON ends too early' : `it is not valid JSON (${excerpt(reasonOf(cause), 120)})`,
      cut ? 'Fetch or export it again, whole' : 'Export it again, or correct it at that place',
      cause,
    );
  }
}
