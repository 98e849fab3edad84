import type { SessionHistory } from '../history.js';
import type { Key } from '../model.js';

/** What an export says beside the sessions. */
export interface ExportAbout {
  /** What the sessions are, for people: the conference, or "Sessions in Hall 2 · Northern Meeting". */
  readonly title: string;
  /** Public address of the program site, without a trailing slash. */
  readonly site: string;
  /** Public address of the page whose sessions these are. */
  readonly page: string;
  /** The conference's own name. */
  readonly conference: string;
  /** What a unit is called here: Division, Section, SIG, Track. */
  readonly unitLabel: string;
  readonly history: SessionHistory;
}

/** Public address of a session's page. */
export function sessionAddress(site: string, session: Key): string {
  return `${site}/sessions/${session}`;
}

/** Public address of a presentation's page. */
export function presentationAddress(site: string, presentation: Key): string {
  return `${site}/presentations/${presentation}`;
}

/** How Callboard names itself in what it writes; its own importer knows by it that texts are plain. */
export const generatorName = 'Callboard';
