import { report, type Problems } from '../problem.js';
import { objectOf, textOf } from './json-values.js';
import type { PretalxTables } from './pretalx-rest-tables.js';

/** Reads pretalx's texts, which may be one text or one per language. */
export interface PretalxTexts {
  /** The language of the program's texts, where it can be told. */
  readonly language: string | undefined;
  /** The text in that language, else the first that is there. */
  text(value: unknown): string | undefined;
}

const languageCode = /^[a-z]{2,3}(?:[-_][a-z0-9]{2,8})*$/i;

/**
 * Decides in which language names are read: the event's own where a document says it, else the one in which most sessions are held, else the first of
 * those that most names carry. Where there was a choice, a note says which it was.
 */
export function pretalxTexts(tables: PretalxTables, problems: Problems): PretalxTexts {
  const carried = carriedLanguages(tables);
  const own = [eventLocale(tables), heldLanguage(tables)].find((one) => one !== undefined);
  const [first] = [...carried].sort(([, a], [, b]) => b - a);
  const chosen = own !== undefined && (carried.size === 0 || carried.has(own)) ? own : first?.[0];
  if (carried.size > 1 && chosen !== undefined) {
    const others = [...carried.keys()].filter((language) => language !== chosen);
    report(problems, 'note', 'language-chosen', {
      place: 'names',
      problem: `names are given in ${[chosen, ...others].slice(0, 6).join(', ')}; those in ${chosen} are taken`,
      remedy:
        'Nothing, where that is the language of your posts; else set it as the default language of the event in pretalx',
    });
  }
  return {
    language: own,
    text(value) {
      const byLanguage = objectOf(value);
      if (!byLanguage) return textOf(value);
      return (
        (chosen === undefined ? undefined : textOf(byLanguage[chosen])) ??
        Object.values(byLanguage)
          .map(textOf)
          .find((text) => text !== undefined)
      );
    },
  };
}

function carriedLanguages(tables: PretalxTables): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const kind of ['event', 'room', 'track', 'type', 'slot', 'submission'] as const) {
    for (const { fields } of tables[kind].values()) {
      const { name, title, description, room, submission_type, track } = fields;
      for (const value of [name, title, description, room, submission_type, track]) {
        for (const [language, text] of Object.entries(objectOf(value) ?? {})) {
          if (!languageCode.test(language) || language === 'id' || textOf(text) === undefined)
            continue;
          counts.set(language, (counts.get(language) ?? 0) + 1);
        }
      }
    }
  }
  return counts;
}

function eventLocale({ event }: PretalxTables): string | undefined {
  return [...event.values()].map(({ fields }) => textOf(fields.locale)).find(Boolean);
}

/** The language of more than half of the sessions. */
function heldLanguage({ submission }: PretalxTables): string | undefined {
  const counts = new Map<string, number>();
  for (const { fields } of submission.values()) {
    const language = textOf(fields.content_locale);
    if (language !== undefined) counts.set(language, (counts.get(language) ?? 0) + 1);
  }
  return [...counts].find(([, count]) => count * 2 > submission.size)?.[0];
}
