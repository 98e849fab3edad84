import type { Catalog } from '../calendar/catalog.js';
import type { Key, Participation, Presentation, Room, Session } from '../model.js';

/** What can be found. */
export const foundKinds = ['session', 'presentation', 'person', 'room', 'unit', 'type'] as const;

/** What something that was found is. */
export type FoundKind = (typeof foundKinds)[number];

/** The texts by which things are found, the weightiest first. */
export const textFields = ['title', 'subtitle', 'abstract', 'affiliation', 'building'] as const;

/** One text by which something is found. A person's, room's and unit's title is its name. */
export type TextField = (typeof textFields)[number];

/** One thing of the program with its own texts; what it owes to others, such as the names of its people, stands with them. */
export interface SearchDocument {
  /** Its place in the list. */
  readonly id: number;
  readonly kind: FoundKind;
  /** Of a type: its slug. */
  readonly key: Key;
  readonly texts: Readonly<Partial<Record<TextField, string>>>;
  /** Of a session: itself. Of a presentation: what it is part of. */
  readonly session?: Session;
  readonly presentation?: Presentation;
  /** Sessions and presentations that are found by this one's words, too, by id. */
  readonly dependents: number[];
}

/** Everything of a program that can be found. */
export interface Documents {
  readonly all: readonly SearchDocument[];
  person(key: Key): SearchDocument | undefined;
  room(key: Key): SearchDocument | undefined;
  unit(key: Key): SearchDocument | undefined;
  type(name: string): SearchDocument | undefined;
}

/** Lays out a program for searching: one document for each thing, none of which repeats the words of another. */
export function documentsOf(catalog: Catalog): Documents {
  const { program } = catalog.lookup;
  const all: SearchDocument[] = [];
  const add = (
    kind: FoundKind,
    key: Key,
    texts: Readonly<Record<string, string | undefined>>,
    of: Pick<SearchDocument, 'session' | 'presentation'> = {},
  ) => {
    const id = all.length;
    const document: SearchDocument = { id, kind, key, texts: given(texts), ...of, dependents: [] };
    all.push(document);
    return document;
  };
  const addAll = <T>(things: readonly T[], of: (thing: T) => readonly [Key, SearchDocument]) =>
    new Map(things.map(of));

  const people = addAll(program.people, ({ key, name, affiliation }) => [
    key,
    add('person', key, { title: name, affiliation }),
  ]);
  const rooms = addAll(program.rooms, (room) => [
    room.key,
    add('room', room.key, { title: room.name, building: placeOf(room) }),
  ]);
  const units = addAll(program.units, ({ key, name }) => [key, add('unit', key, { title: name })]);
  const types = addAll(catalog.types, ({ slug, name }) => [
    name,
    add('type', slug, { title: name }),
  ]);
  const depends = (document: SearchDocument, parts: readonly Participation[]) => {
    for (const person of new Set(parts.map((part) => part.person))) {
      people.get(person)?.dependents.push(document.id);
    }
  };
  for (const session of catalog.sessions) {
    const { key, title, subtitle, abstract, type = '' } = session;
    const affiliation = affiliations(session.people);
    const document = add('session', key, { title, subtitle, abstract, affiliation }, { session });
    depends(document, session.people);
    rooms.get(session.room ?? '')?.dependents.push(document.id);
    units.get(session.unit ?? '')?.dependents.push(document.id);
    types.get(type)?.dependents.push(document.id);
    for (const presentation of session.presentations) {
      const part = add(
        'presentation',
        presentation.key,
        {
          title: presentation.title,
          abstract: presentation.abstract,
          affiliation: affiliations(presentation.people),
        },
        { session, presentation },
      );
      depends(part, presentation.people);
      document.dependents.push(part.id);
    }
  }
  return {
    all,
    person: (key) => people.get(key),
    room: (key) => rooms.get(key),
    unit: (key) => units.get(key),
    type: (name) => types.get(name),
  };
}

/** The texts of a document, the weightiest first. */
export function textsOf({ texts }: SearchDocument): readonly string[] {
  return textFields.flatMap((field) => texts[field] ?? []);
}

/** Whether something has a time and a place: it is a session, or part of one. */
export function isScheduled(
  document: SearchDocument | undefined,
): document is SearchDocument & { readonly session: Session } {
  return document?.session !== undefined;
}

/** The people of a session or presentation. */
export function peopleOf({ session, presentation }: SearchDocument): readonly Participation[] {
  return (presentation ?? session)?.people ?? [];
}

/** Affiliations that were given for this part only; the others stand with the person. */
function affiliations(people: readonly Participation[]): string | undefined {
  const own = people.flatMap(({ affiliation }) => affiliation ?? []);
  return own.length === 0 ? undefined : [...new Set(own)].join(' · ');
}

function placeOf({ building, floor }: Room): string | undefined {
  const parts = [building, floor].filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : parts.join(', ');
}

function given(
  texts: Readonly<Record<string, string | undefined>>,
): Readonly<Partial<Record<TextField, string>>> {
  return Object.fromEntries(
    Object.entries(texts).filter(([, text]) => text !== undefined && text !== ''),
  );
}
