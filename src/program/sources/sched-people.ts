import { sourceId } from '../identity.js';
import type { Role } from '../model.js';
import type { SourceParticipation } from '../source.js';
import { objectOf, textOf, type JsonObject } from './json-values.js';

/** Sched's lists of people, and what they take part as; sponsors and exhibitors are no people. */
const lists: readonly (readonly [field: string, role: Role])[] = [
  ['moderators', 'moderator'],
  ['speakers', 'presenter'],
  ['artists', 'presenter'],
  ['panelists', 'panelist'],
  ['hosts', 'host'],
];

/** What follows a name after a comma without being another one. */
const suffix =
  /^(?:(?:ph\.? ?d|m\.? ?d|d\.? ?phil|ed\.? ?d|j\.? ?d|m\.? ?[as]c?|m\.? ?b\.? ?a|b\.? ?[as]c?|r\.? ?n|c\.? ?p\.? ?a|esq|[js]r|ii|iii|iv)\.?)$/i;

/** Everybody on a session, from lists of names or of users, or from names joined by commas. */
export function schedPeople(session: JsonObject): readonly SourceParticipation[] {
  return lists.flatMap(([field, role]) =>
    entriesOf(session[field]).flatMap((entry): SourceParticipation[] => {
      if (typeof entry === 'string') return [{ person: { ids: [], name: entry }, role }];
      const user = objectOf(entry);
      const name = textOf(user?.name) ?? textOf(user?.username);
      if (!user || name === undefined) return [];
      return [
        {
          person: {
            ids: [
              ...sourceId('username', textOf(user.username)),
              ...sourceId('id', textOf(user.id)),
            ],
            name,
            affiliation: textOf(user.company),
            url: textOf(user.url),
          },
          role,
        },
      ];
    }),
  );
}

function entriesOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value as readonly unknown[];
  // An export keyed by number in place of a list.
  if (objectOf(value)) return Object.values(value as object);
  return namesIn(textOf(value) ?? '');
}

/**
 * The names in a text that joins them by commas; a degree or `Jr.` stays with its name.
 *
 * @example namesIn('Ada Lovelace, PhD, Max Frisch') // ['Ada Lovelace, PhD', 'Max Frisch']
 */
export function namesIn(text: string): readonly string[] {
  const names: string[] = [];
  for (const part of text.split(',')) {
    const name = part.trim();
    const last = names.length - 1;
    const before = names[last];
    if (name === '') continue;
    if (before !== undefined && suffix.test(name)) names[last] = `${before}, ${name}`;
    else names.push(name);
  }
  return names;
}
