import type { Session } from '../program/model.js';
import type { View } from './shell/view.js';

/** The language of a session's own words as a BCP 47 tag, for `lang`; undefined where it is unknown, or that of the pages, which are English. */
export function languageOf({ catalog }: View, session: Session): string | undefined {
  const language = session.languages[0] ?? catalog.lookup.program.language;
  return language === undefined || /^en\b/i.test(language) ? undefined : language;
}
