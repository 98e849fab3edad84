import type { ProgramLookup } from '../lookup.js';
import type { Key, Presentation, Session } from '../model.js';
import { peopleOf, type FoundKind, type SearchDocument, type TextField } from './documents.js';
import { excerptOf, mark, type MarkedText, type Sought } from './marks.js';

/** Where a text that matched stands. */
export type MatchedField = TextField | 'person' | 'room' | 'unit' | 'type' | 'session';

/** Something that was found. */
export interface Hit {
  readonly kind: FoundKind;
  /** Of a type: its slug. */
  readonly key: Key;
  readonly title: MarkedText;
  /** Where else it matched, when the title does not hold everything that was looked for; a long text is an excerpt. */
  readonly matched?: MarkedText & { readonly field: MatchedField };
  /** How well it fits; 0 for all where only filters were given. */
  readonly score: number;
  /** Of a session: itself. Of a presentation: what it is part of. */
  readonly session?: Session;
  readonly presentation?: Presentation;
}

/** Makes a hit of a document, with what matched in it. */
export function hitOf(
  document: SearchDocument,
  score: number,
  sought: readonly Sought[],
  lookup: ProgramLookup,
): Hit {
  const { kind, key, session, presentation } = document;
  const title = mark(document.texts.title ?? '', sought);
  const isMissing = (index: number) => !title.holds.includes(index);
  const matched =
    title.holds.length < sought.length
      ? firstMatch(document, sought, isMissing, lookup)
      : undefined;
  return {
    kind,
    key,
    title: { text: title.text, ranges: title.ranges },
    score,
    ...(matched && { matched }),
    ...(session && { session }),
    ...(presentation && { presentation }),
  };
}

function firstMatch(
  document: SearchDocument,
  sought: readonly Sought[],
  isMissing: (index: number) => boolean,
  lookup: ProgramLookup,
): Hit['matched'] {
  for (const [field, text] of otherTexts(document, lookup)) {
    const marking = mark(text, sought);
    if (marking.holds.some(isMissing)) return { field, ...excerptOf(marking) };
  }
  return undefined;
}

/** The texts by which something is found beside its title, the weightiest first. */
function* otherTexts(
  document: SearchDocument,
  lookup: ProgramLookup,
): Generator<readonly [MatchedField, string]> {
  const { texts, session, presentation } = document;
  if (texts.subtitle !== undefined) yield ['subtitle', texts.subtitle];
  const people = peopleOf(document).flatMap(({ person }) => lookup.person(person) ?? []);
  for (const { name } of people) yield ['person', name];
  if (texts.abstract !== undefined) yield ['abstract', texts.abstract];
  if (texts.affiliation !== undefined) yield ['affiliation', texts.affiliation];
  for (const { affiliation } of people)
    if (affiliation !== undefined) yield ['affiliation', affiliation];
  if (texts.building !== undefined) yield ['building', texts.building];
  if (!session) return;
  const room = lookup.room(session.room);
  const unit = lookup.unit(session.unit);
  if (room) yield ['room', room.name];
  if (unit) yield ['unit', unit.name];
  if (session.type !== undefined) yield ['type', session.type];
  if (room?.building !== undefined) yield ['building', room.building];
  if (presentation) yield ['session', session.title];
}
