import { hash } from 'node:crypto';

import type { Key, Program } from './model.js';
import { excerpt, report, type Problems } from './problem.js';

/** What has keys; part of every key, so that a person and a room never share one. */
export type Kind = 'session' | 'presentation' | 'person' | 'room' | 'unit';

/** What identity is computed in. */
export interface IdentityContext {
  readonly edition: string;
  /** Key of every alias that is known already, named as by `aliasesOf`. */
  readonly known: ReadonlyMap<string, Key>;
  readonly problems: Problems;
  /** The last version, at the times of its source: what keeps its keys where ids change. */
  readonly before?: Program | undefined;
}

/** How things of the last version are found again where no id points at them. */
export interface Recognition {
  readonly previous: readonly { readonly key: Key; readonly aliases: readonly string[] }[];
  /** The place in `previous` by the place among the new things; both are asked of what is still free. */
  recognize(things: readonly number[], previous: readonly number[]): ReadonlyMap<number, number>;
}

/** Something that needs a key. */
export interface Unidentified {
  /** Strongest first, never empty. */
  readonly ids: readonly string[];
  readonly key?: Key | undefined;
  readonly place: string;
}

const letters = 'abcdefghijklmnopqrstuvwxyz234567';

/**
 * The permanent key of a thing: 12 lower-case base32 letters and digits of a SHA-256 over edition, kind and the first id that a source gave,
 * so that it can be computed again without a database.
 *
 * @example deriveKey('2026', 'session', 'guid:0c8b') // '6ihl4qtevrgh'
 */
export function deriveKey(edition: string, kind: Kind, firstId: string): Key {
  const digest = hash('sha256', `${edition}\n${kind}\n${firstId}`, 'buffer');
  let key = '';
  let bits = 0;
  let held = 0;
  for (const byte of digest.subarray(0, 8)) {
    held = ((held << 8) | byte) & 0xfff;
    bits += 8;
    while (bits >= 5 && key.length < 12) {
      bits -= 5;
      key += letters[(held >> bits) & 31] ?? '';
    }
  }
  return key;
}

/**
 * An id of a source as `kind:value`, in a list that is empty where there is none, ready to be spread.
 *
 * @example sourceId('code', 'POWER1') // ['code:POWER1']
 */
export function sourceId(kind: string, value: string | number | null | undefined): string[] {
  const text = String(value ?? '')
    .slice(0, 500)
    .replace(/[\p{Cc}\p{Cs}]/gu, '')
    .trim();
  return text === '' ? [] : [`${kind}:${text}`];
}

/** Whether a text has the shape of a key. */
export function isKey(text: string): boolean {
  return /^[a-z2-7]{12}$/.test(text);
}

/**
 * The name under which an alias is known: a session's as it is, any other's under its kind, since `id:7` may be a person and a session.
 *
 * @example aliasName('person', 'id:7') // 'person/id:7'
 */
function aliasName(kind: Kind, alias: string): string {
  return kind === 'session' ? alias : `${kind}/${alias}`;
}

/** Every alias of a program with its key, for the next reading of its source. Where several things carry one, the first has it. */
export function aliasesOf(program: Program): Map<string, Key> {
  const known = new Map<string, Key>();
  const add = (kind: Kind, things: readonly { key: Key; aliases: readonly string[] }[]) => {
    for (const { key, aliases } of things) {
      for (const alias of aliases) {
        const name = aliasName(kind, alias);
        if (!known.has(name)) known.set(name, key);
      }
    }
  };
  add('session', program.sessions);
  for (const session of program.sessions) add('presentation', session.presentations);
  add('person', program.people);
  return known;
}

/**
 * Gives each thing its key, in their order, no key twice: a key of its own, else one known for an id (the strongest id of all things first),
 * else that of the thing of the last version that it is recognized as, else one derived from the first id. Where that is taken, the next id or at last
 * the place in the order tells them apart. Ids that several things carry are reported.
 */
export function assignKeys(
  { edition, known, problems }: IdentityContext,
  kind: Kind,
  things: readonly Unidentified[],
  recognition?: Recognition,
): readonly Key[] {
  const keys: (Key | undefined)[] = things.map(() => undefined);
  const taken = new Set<Key>();
  const take = (index: number, key: Key | undefined): boolean => {
    if (key === undefined || keys[index] !== undefined || taken.has(key)) return false;
    keys[index] = key;
    taken.add(key);
    return true;
  };
  const carriers = countIds(things);

  things.forEach(({ key, place }, index) => {
    if (key === undefined || (isKey(key) && take(index, key))) return;
    report(problems, 'repaired', 'key-unusable', {
      place,
      problem: `its key "${excerpt(key)}" is malformed or taken, so another is derived`,
      remedy: 'Leave "key" out of files written by hand',
    });
  });

  const previous = recognition?.previous ?? [];
  const carriersBefore = countIds(previous.map(({ aliases }) => ({ ids: aliases })));
  /** Whether an id points at one thing: with the last version at hand, what several carry is left to recognition. */
  const pointsAtOne = (id: string, depth: number) => {
    const count = carriers.get(id) ?? 0;
    if (recognition) return count <= 1 && (carriersBefore.get(id) ?? 0) <= 1 && !isDescription(id);
    // A bare number that several things carry points at none of them; a shared code may be one talk in several slots.
    return depth === 0 || count <= 1 || !id.startsWith('id:');
  };
  if (known.size > 0) {
    const deepest = things.reduce((most, { ids }) => Math.max(most, ids.length), 0);
    for (let depth = 0; depth < deepest; depth++) {
      things.forEach(({ ids }, index) => {
        const id = ids[depth];
        if (id !== undefined && pointsAtOne(id, depth)) take(index, known.get(aliasName(kind, id)));
      });
    }
  }
  if (recognition) {
    const places = new Map(previous.map(({ key }, place) => [key, place]));
    things.forEach(({ ids: [first] }, index) => {
      if (first === undefined || keys[index] !== undefined || !pointsAtOne(first, 0)) return;
      const derived = deriveKey(edition, kind, first);
      if (places.has(derived)) take(index, derived);
    });
    const freeAfter = indicesOf(keys, (key) => key === undefined);
    const freeBefore = indicesOf(previous, ({ key }) => !taken.has(key));
    for (const [index, place] of recognition.recognize(freeAfter, freeBefore)) {
      take(index, previous[place]?.key);
    }
    // Whatever was not recognized is another thing, even if its first id would derive an old key.
    for (const { key } of previous) taken.add(key);
  }

  const ordinals = new Map<string, number>();
  things.forEach(({ ids, place }, index) => {
    if (keys[index] !== undefined) return;
    const [first = place, ...others] = ids;
    if (take(index, deriveKey(edition, kind, first))) return;
    const distinct = others.find(
      (id) => carriers.get(id) === 1 && take(index, deriveKey(edition, kind, `${first}\n${id}`)),
    );
    if (distinct !== undefined) return;
    let ordinal = ordinals.get(first) ?? 2;
    while (!take(index, deriveKey(edition, kind, `${first}\n#${ordinal}`))) ordinal++;
    ordinals.set(first, ordinal + 1);
  });

  reportShared(problems, kind, things, carriers);
  return keys.filter((key) => key !== undefined);
}

/** Ids that we made of a title because the source gave none: what they name is recognized by more than that. */
function isDescription(id: string): boolean {
  return id.startsWith('title:') || id.startsWith('in:');
}

function indicesOf<T>(all: readonly T[], holds: (one: T) => boolean): readonly number[] {
  return all.flatMap((one, index) => (holds(one) ? [index] : []));
}

/** Ids that more than one of the things carry. */
export function sharedIds(
  things: readonly { readonly ids: readonly string[] }[],
): ReadonlySet<string> {
  return new Set([...countIds(things)].flatMap(([id, count]) => (count > 1 ? [id] : [])));
}

/**
 * The aliases of a thing: those of the last version first, then what the source gives now. Of very many the oldest are forgotten.
 *
 * @example withFormer(['uid:1'], ['uid:2', 'uid:1']) // ['uid:1', 'uid:2']
 */
export function withFormer(
  former: readonly string[] | undefined,
  ids: readonly string[],
): readonly string[] {
  if (former === undefined) return ids.length < 2 ? ids : [...new Set(ids)];
  return [...new Set([...former, ...ids])].slice(-mostAliases);
}

const mostAliases = 40;

function countIds(things: readonly { readonly ids: readonly string[] }[]): Map<string, number> {
  const carriers = new Map<string, number>();
  for (const { ids } of things) {
    for (const id of ids) carriers.set(id, (carriers.get(id) ?? 0) + 1);
  }
  return carriers;
}

function reportShared(
  problems: Problems,
  kind: Kind,
  things: readonly Unidentified[],
  carriers: ReadonlyMap<string, number>,
): void {
  const seen = new Set<string>();
  for (const { ids, place } of things) {
    ids.forEach((id, depth) => {
      const count = carriers.get(id) ?? 0;
      if (count < 2 || seen.has(id)) return;
      seen.add(id);
      report(problems, depth === 0 ? 'repaired' : 'note', 'duplicate-id', {
        place,
        problem: `${count} ${kind}s carry the id "${excerpt(id)}"; all are kept, each with its own key`,
        remedy: 'Give each its own id in the source, so that a later version finds the right one',
      });
    });
  }
}
