import { excerpt, report, type Problems } from '../problem.js';
import { listOf, objectOf, textOf, type JsonObject } from './json-values.js';
import { fuller, pretalxKind, type PretalxKind } from './pretalx-rest-kinds.js';

/** An object of the API, and where it stood first. */
export interface PretalxEntry {
  readonly fields: JsonObject;
  readonly place: string;
}

/** Everything that the documents hold, by kind and then by code or id. */
export type PretalxTables = Readonly<Record<PretalxKind, ReadonlyMap<string, PretalxEntry>>> & {
  /** The zone that a schedule names beside its talks. */
  readonly zone?: string | undefined;
};

/** A document, parsed. */
export interface PretalxDocument {
  /** Empty for the only one. */
  readonly name: string;
  readonly body: unknown;
}

/** Deeper than a page, a schedule by day, minute and room, and what its talks expand. */
const deepest = 10;

/**
 * Gathers the objects of all documents, expanded ones from within others, too. In a site's own gathering, an object with a `schedule` by day, minute and
 * room, that schedule is the program: sessions in lists beside it are left out, which is reported.
 */
export function gatherTables(
  documents: readonly PretalxDocument[],
  problems: Problems,
): PretalxTables {
  const tables = emptyTables();
  let zone: string | undefined;
  for (const { name, body } of documents) {
    const at = name === '' ? '' : `${name} `;
    const root = objectOf(body);
    if (root?.timezone !== undefined && root.slug === undefined) zone ??= textOf(root.timezone);
    const schedule = objectOf(root?.schedule);
    if (root && schedule && pretalxKind(root, '') === undefined) {
      walk(schedule, { place: `${at}schedule`, field: 'schedule', depth: 1 }, tables);
      for (const [field, value] of Object.entries(root)) {
        if (field !== 'schedule') beside(field, value, { at, tables, problems });
      }
    } else {
      walk(body, { place: at, field: '', depth: 0 }, tables);
    }
  }
  return { ...tables, zone };
}

type Tables = Record<PretalxKind, Map<string, PretalxEntry>>;

interface Spot {
  readonly place: string;
  readonly field: string;
  readonly depth: number;
  /** The code of the submission around it. */
  readonly of?: string | undefined;
}

function emptyTables(): Tables {
  return {
    submission: new Map(),
    slot: new Map(),
    speaker: new Map(),
    room: new Map(),
    track: new Map(),
    type: new Map(),
    question: new Map(),
    answer: new Map(),
    resource: new Map(),
    event: new Map(),
  };
}

function walk(value: unknown, spot: Spot, tables: Tables): void {
  if (typeof value !== 'object' || value === null || spot.depth > deepest) return;
  if (Array.isArray(value)) {
    listOf(value).forEach((one, index) => {
      walk(one, { ...spot, place: `${spot.place}[${index}]`, depth: spot.depth + 1 }, tables);
    });
    return;
  }
  const object = value as JsonObject;
  const kind = pretalxKind(object, spot.field);
  if (kind !== undefined) add(kind, object, spot, tables);
  const of = kind === 'submission' ? textOf(object.code) : spot.of;
  for (const [field, inner] of Object.entries(object)) {
    if (typeof inner !== 'object' || inner === null || isTexts(inner)) continue;
    const dot = spot.place === '' || spot.place.endsWith(' ') ? '' : '.';
    walk(inner, { place: `${spot.place}${dot}${field}`, field, depth: spot.depth + 1, of }, tables);
  }
}

/** Names by language are most of all objects, and hold no others. */
function isTexts(value: object): boolean {
  return 'en' in value && typeof value.en === 'string';
}

function add(kind: PretalxKind, object: JsonObject, spot: Spot, tables: Tables): void {
  const table = tables[kind];
  const fields =
    kind === 'slot' && object.submission === undefined && spot.of !== undefined
      ? { ...object, submission: spot.of }
      : object;
  const id =
    kind === 'submission' || kind === 'speaker'
      ? textOf(object.code)
      : (textOf(object.id) ?? (kind === 'event' ? textOf(object.slug) : undefined));
  const key = id ?? `\n${spot.place}`;
  const known = table.get(key);
  table.set(
    key,
    known
      ? { fields: fuller(known.fields, fields), place: known.place }
      : { fields, place: spot.place.trim() },
  );
}

/** A list beside the schedule: what describes things is taken, further sessions are not. */
function beside(
  field: string,
  value: unknown,
  { at, tables, problems }: { at: string; tables: Tables; problems: Problems },
): void {
  const own = emptyTables();
  walk(value, { place: `${at}${field}`, field, depth: 1 }, own);
  const sessions = own.slot.size > 0 ? own.slot.size : own.submission.size;
  const untold = sessions === 0 ? titledThings(value) : 0;
  if (sessions + untold > 0) {
    report(problems, 'dropped', 'beside-schedule', {
      place: `${at}${excerpt(field)}`,
      problem: `${sessions + untold} entries of "${excerpt(field)}" stand beside the schedule and are left out`,
      remedy:
        'Nothing, where they are not to be announced; else give the address of pretalx’s own API, which holds them as sessions',
    });
    return;
  }
  for (const kind of ['speaker', 'room', 'track', 'type', 'question', 'answer'] as const) {
    for (const [id, { fields, place }] of own[kind]) {
      const known = tables[kind].get(id);
      tables[kind].set(
        id,
        known ? { fields: fuller(known.fields, fields), place: known.place } : { fields, place },
      );
    }
  }
}

/** Breaks and the like: a title at a moment, and no more. */
function titledThings(value: unknown, depth = 0): number {
  const object = objectOf(value);
  if (!object || depth > 4) return 0;
  if ('title' in object) return 1;
  return Object.values(object).reduce<number>((sum, one) => sum + titledThings(one, depth + 1), 0);
}
