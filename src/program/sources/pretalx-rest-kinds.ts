import { textOf, type JsonObject } from './json-values.js';

/** What an object of pretalx's API is; its answers do not say it, so it is told by the fields. */
export type PretalxKind =
  | 'submission'
  | 'slot'
  | 'speaker'
  | 'room'
  | 'track'
  | 'type'
  | 'question'
  | 'answer'
  | 'resource'
  | 'event';

/** By the field that a list stands under, where its entries alone do not tell. */
const byField: Readonly<Record<string, PretalxKind>> = {
  rooms: 'room',
  tracks: 'track',
  speakers: 'speaker',
};

/**
 * Which of the API's objects this is (https://docs.pretalx.org/api/resources/), both of the versioned and of the older API; undefined where it is none.
 *
 * @example pretalxKind({ code: 'ABC', name: 'Ada' }, 'results') // 'speaker'
 */
export function pretalxKind(object: JsonObject, field: string): PretalxKind | undefined {
  const has = (name: string) => name in object;
  if (has('slug') && has('date_from')) return 'event';
  if (has('question') && has('answer')) return 'answer';
  if (has('question') && (has('variant') || has('target'))) return 'question';
  if (textOf(object.code) !== undefined) {
    if (has('title')) return 'submission';
    return has('name') ? 'speaker' : undefined;
  }
  if (has('start') && (has('room') || has('room_id') || has('submission'))) return 'slot';
  if (has('resource')) return 'resource';
  if (!has('name')) return undefined;
  if (has('default_duration')) return 'type';
  if (has('color')) return 'track';
  if (['capacity', 'speaker_info', 'guid', 'uuid', 'availabilities'].some(has)) return 'room';
  return Object.hasOwn(byField, field) ? byField[field] : undefined;
}

/**
 * Two mentions of one thing as one: of each field the fuller value, for one document may expand what another gives as a bare id.
 */
export function fuller(first: JsonObject, second: JsonObject): JsonObject {
  const merged: Record<string, unknown> = { ...first };
  for (const [name, value] of Object.entries(second)) {
    if (weight(value) > weight(merged[name])) merged[name] = value;
  }
  return merged;
}

/** Nothing, empty, bare, expanded. */
function weight(value: unknown): number {
  if (value === undefined || value === null || value === '') return 0;
  if (Array.isArray(value)) {
    if (value.length === 0) return 1;
    return value.some((one) => typeof one === 'object' && one !== null) ? 3 : 2;
  }
  return typeof value === 'object' ? 3 : 2;
}
