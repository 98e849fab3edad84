import { sourceId } from '../identity.js';
import { parseMoment } from '../moment.js';
import type { SourceMoment, SourcePerson, SourceRoom, SourceSession } from '../source.js';
import { listOf, objectOf, objectsOf, textOf, type JsonObject } from './json-values.js';
import { languagesNamed } from './language-names.js';

/** What a session refers to. */
export interface SessionizeContext {
  /** People of the `Speakers` or `All` view by id. */
  readonly people: ReadonlyMap<string, SourcePerson>;
  readonly rooms: ReadonlyMap<string, SourceRoom>;
  /** Items of categories by id, with the title of theirs. */
  readonly items: ReadonlyMap<string, SessionizeCategory>;
  /** Told of a speaker that is given by an id alone that nothing describes. */
  readonly unknownSpeaker: (id: string) => void;
}

/** What an organizer sorts sessions by: `Session format` with `Workshop`. */
export interface SessionizeCategory {
  readonly title: string;
  readonly item: string;
}

/** Makes a session of an entry of `GridSmart`, `Sessions` or `All`. */
export function sessionizeSession(
  fields: JsonObject,
  place: string,
  context: SessionizeContext,
): SourceSession {
  const categories = categoriesOf(fields, context.items);
  const service = fields.isServiceSession === true;
  return {
    place,
    ids: sourceId('id', textOf(fields.id)),
    title: textOf(fields.title),
    start: wallClock(fields.startsAt),
    end: wallClock(fields.endsAt),
    room: roomOf(fields, context.rooms),
    unit: unitOf(categories),
    type: first(categories, /format|type|\bkind\b/i) ?? (service ? 'Service' : undefined),
    abstract: textOf(fields.description),
    languages: languagesOf(categories),
    recording: textOf(fields.recordingUrl),
    stream: textOf(fields.liveUrl),
    cancelled: /^declined$/i.test(textOf(fields.status) ?? ''),
    people: peopleOf(fields, context).map((person) => ({ person, role: 'presenter' })),
    presentations: [],
  };
}

/** Whether a time is marked as UTC. */
export function isMarkedUtc(time: unknown): boolean {
  return /\dZ$/i.test(textOf(time) ?? '');
}

/** Sessionize writes the clock of the venue, even where it puts a `Z` behind it. */
function wallClock(time: unknown): SourceMoment | undefined {
  const text = textOf(time);
  return text === undefined ? undefined : parseMoment(text.replace(/(\d)Z$/i, '$1'));
}

function categoriesOf(
  fields: JsonObject,
  items: ReadonlyMap<string, SessionizeCategory>,
): readonly SessionizeCategory[] {
  const own = objectsOf(fields.categories).flatMap((category) => {
    const title = textOf(category.name) ?? textOf(category.title) ?? '';
    return objectsOf(category.categoryItems).flatMap(({ name }) => {
      const item = textOf(name);
      return item === undefined ? [] : [{ title, item }];
    });
  });
  return [
    ...own,
    ...listOf(fields.categoryItems).flatMap((id) => items.get(textOf(id) ?? '') ?? []),
  ];
}

function first(categories: readonly SessionizeCategory[], title: RegExp): string | undefined {
  return categories.find((one) => title.test(one.title))?.item;
}

function unitOf(categories: readonly SessionizeCategory[]): SourceSession['unit'] {
  const name =
    first(categories, /track|stream|strand/i) ?? first(categories, /theme|topic|thema|thème/i);
  return name === undefined ? undefined : { ids: [], name };
}

function languagesOf(categories: readonly SessionizeCategory[]): string | undefined {
  const named = categories.filter(({ title }) =>
    /\b(?:language|sprache|langue|idioma|lingua)/i.test(title),
  );
  return named.length === 0 ? undefined : languagesNamed(named.map(({ item }) => item).join(','));
}

function roomOf(
  fields: JsonObject,
  rooms: ReadonlyMap<string, SourceRoom>,
): SourceRoom | undefined {
  const id = textOf(fields.roomId);
  const known = id === undefined ? undefined : rooms.get(id);
  if (known) return known;
  const name = textOf(fields.room);
  return name === undefined ? undefined : { ids: sourceId('id', id), name };
}

function peopleOf(
  fields: JsonObject,
  { people, unknownSpeaker }: SessionizeContext,
): readonly SourcePerson[] {
  return listOf(fields.speakers).flatMap((raw): SourcePerson[] => {
    const speaker = objectOf(raw);
    const id = textOf(speaker?.id) ?? textOf(raw);
    const known = id === undefined ? undefined : people.get(id);
    if (known) return [known];
    const name = textOf(speaker?.name) ?? textOf(speaker?.fullName);
    if (name !== undefined) return [{ ids: sourceId('id', id), name }];
    if (id !== undefined) unknownSpeaker(id);
    return [];
  });
}
