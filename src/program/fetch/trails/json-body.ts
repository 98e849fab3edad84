import type { FetchedDocument } from '../../document.js';

/** A fetched answer as JSON; undefined where it is none, which its reader will say. */
export function jsonBody({ bytes }: FetchedDocument): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes)) as unknown;
  } catch {
    return undefined;
  }
}
