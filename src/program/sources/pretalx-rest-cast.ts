import type { Handles } from '../handles.js';
import { sourceId } from '../identity.js';
import { report, type Problems } from '../problem.js';
import type { SourcePerson, SourceRoom, SourceUnit } from '../source.js';
import { handlesInAnswer } from './handle-questions.js';
import { listOf, objectOf, textOf, type JsonObject } from './json-values.js';
import type { PretalxTables } from './pretalx-rest-tables.js';
import type { PretalxTexts } from './pretalx-rest-texts.js';

/** Finds what sessions refer to, whether they hold it whole, by name, or by an id that another document describes. */
export interface PretalxCast {
  room(reference: unknown, id?: unknown): SourceRoom | undefined;
  track(reference: unknown): SourceUnit | undefined;
  type(reference: unknown): string | undefined;
  speakers(submission: JsonObject): readonly SourcePerson[];
  /** Every room that a document describes. */
  readonly rooms: readonly SourceRoom[];
  /** Reports references that nothing describes, each kind once. */
  reportUnresolved(): void;
}

/** Makes the rooms, tracks, types and people of all documents findable. */
export function pretalxCast(
  tables: PretalxTables,
  texts: PretalxTexts,
  problems: Problems,
): PretalxCast {
  const unresolved = new Map<string, string[]>();
  const rooms = new Map<string, SourceRoom>();
  for (const [id, { fields }] of tables.room) rooms.set(id, roomOf(fields, texts));
  const units = new Map<string, SourceUnit>();
  for (const [id, { fields }] of tables.track) {
    units.set(id, { ids: sourceId('id', textOf(fields.id)), name: texts.text(fields.name) });
  }
  const people = new Map<string, SourcePerson>();
  const handles = handlesByCode(tables, texts);
  const missing = (what: string, id: string) => {
    const ids = unresolved.get(what);
    if (ids) ids.push(id);
    else unresolved.set(what, [id]);
  };

  return {
    rooms: [...rooms.values()],
    room(reference, id) {
      const expanded = objectOf(reference);
      const known = textOf(id) ?? textOf(expanded?.id) ?? textOf(reference);
      const found = known === undefined ? undefined : rooms.get(known);
      if (found || known === undefined) return found ?? named(texts.text(reference), rooms);
      const name = expanded?.id === undefined ? expanded && texts.text(expanded) : undefined;
      if (name !== undefined) {
        const room = { ids: sourceId('id', known), name };
        rooms.set(known, room);
        return room;
      }
      if (!isId(reference)) return named(known, rooms);
      missing('rooms', known);
      return undefined;
    },
    track(reference) {
      const id = textOf(objectOf(reference)?.id) ?? textOf(reference);
      const found = id === undefined ? undefined : units.get(id);
      if (found) return found;
      if (id === undefined || !isId(reference)) return named(texts.text(reference), units);
      missing('tracks', id);
      return undefined;
    },
    type(reference) {
      const expanded = objectOf(reference);
      const id = textOf(expanded?.id) ?? textOf(reference);
      const described = id === undefined ? undefined : tables.type.get(id)?.fields;
      const name = texts.text(described?.name) ?? texts.text(expanded?.name);
      if (name !== undefined) return name;
      if (id === undefined || !isId(reference)) return texts.text(reference);
      missing('types', id);
      return undefined;
    },
    speakers(submission) {
      return listOf(submission.speakers).flatMap((reference) => {
        const own = objectOf(reference);
        const code = textOf(own?.code) ?? textOf(reference);
        if (code === undefined) {
          const name = textOf(own?.name);
          return name === undefined ? [] : [{ ids: [], name }];
        }
        const fields = tables.speaker.get(code)?.fields ?? own;
        if (!fields) {
          missing('speakers', code);
          return [];
        }
        const known = people.get(code);
        if (known) return [known];
        const person = {
          ids: sourceId('code', code),
          name: textOf(fields.name),
          handles: handles.get(code),
        };
        people.set(code, person);
        return [person];
      });
    },
    reportUnresolved() {
      for (const [what, ids] of unresolved) {
        const some = [...new Set(ids)].slice(0, 3).join(', ');
        report(problems, 'dropped', 'unresolved-reference', {
          place: what,
          problem: `sessions name ${new Set(ids).size} ${what} by id (${some}) that no document describes, ${ids.length} times`,
          remedy: `Give the address of the API itself, which is followed to them, or add its answer on ${what} to the folder`,
        });
      }
    },
  };
}

function roomOf(fields: JsonObject, texts: PretalxTexts): SourceRoom {
  return {
    ids: [
      ...sourceId('guid', textOf(fields.guid) ?? textOf(fields.uuid)),
      ...sourceId('id', textOf(fields.id)),
    ],
    name: texts.text(fields.name),
  };
}

/** The versioned API refers by numbers, and only the older one by names. */
function isId(reference: unknown): boolean {
  return typeof reference === 'number' || /^\d+$/.test(textOf(reference) ?? '');
}

function named<T extends SourceRoom | SourceUnit>(
  name: string | undefined,
  things: Map<string, T | { ids: readonly string[]; name: string }>,
): T | { ids: readonly string[]; name: string } | undefined {
  if (name === undefined) return undefined;
  const mark = `name:${name}`;
  const thing = things.get(mark) ?? { ids: [], name };
  things.set(mark, thing);
  return thing;
}

/** Handles from the answers of speakers, and from answers on a session that one person alone gives. */
function handlesByCode(
  tables: PretalxTables,
  texts: PretalxTexts,
): ReadonlyMap<string, Partial<Handles>> {
  const found = new Map<string, Partial<Handles>>();
  const take = (code: string | undefined, answer: JsonObject) => {
    const question = questionOf(answer, tables, texts);
    const said = textOf(answer.answer);
    if (code === undefined || question === undefined || said === undefined) return;
    const handles = handlesInAnswer(question, said);
    if (Object.keys(handles).length > 0) found.set(code, { ...handles, ...found.get(code) });
  };
  const whole = (reference: unknown) =>
    objectOf(reference) ?? tables.answer.get(textOf(reference) ?? '')?.fields;
  for (const [code, { fields }] of tables.speaker) {
    for (const answer of listOf(fields.answers)) take(code, whole(answer) ?? {});
  }
  for (const { fields } of tables.answer.values()) {
    const person = textOf(objectOf(fields.person)?.code) ?? textOf(fields.person);
    if (person !== undefined) take(person, fields);
  }
  for (const { fields } of tables.submission.values()) {
    const [only, ...others] = listOf(fields.speakers);
    if (only === undefined || others.length > 0) continue;
    const code = textOf(objectOf(only)?.code) ?? textOf(only);
    for (const answer of listOf(fields.answers)) take(code, whole(answer) ?? {});
  }
  return found;
}

function questionOf(
  { question }: JsonObject,
  tables: PretalxTables,
  texts: PretalxTexts,
): string | undefined {
  const own = objectOf(question);
  const fields = tables.question.get(textOf(own?.id) ?? textOf(question) ?? '')?.fields ?? own;
  if (
    !fields ||
    /^(?:boolean|choices|multiple_choice|file|date)/.test(textOf(fields.variant) ?? '')
  )
    return undefined;
  return texts.text(fields.question ?? fields);
}
