import type { Person } from '../model.js';
import { grouped, type Catalog } from './catalog.js';

/** The people under one letter. */
export interface Letter {
  /** A capital letter, or `#` for names in no alphabet. */
  readonly letter: string;
  readonly people: readonly Person[];
}

const particle =
  /^(?:van|von|de|der|den|del|della|di|da|dos|du|la|le|el|al|bin|ben|ter|ten|zu|zur|und|y)$/i;
const suffix = /^(?:jr|sr|ii|iii|iv|phd|md)\.?$/i;

/** Everybody with a part in the program, by the letter under which a directory lists them: that of the last name. */
export function peopleByLetter(catalog: Catalog): readonly Letter[] {
  const collator = new Intl.Collator('en', { sensitivity: 'base' });
  const listed = catalog.lookup.program.people
    .filter(({ key }) => catalog.parts(key).length > 0)
    .map((person) => ({ person, name: filedUnder(listedName(person.name)) }))
    .sort((one, other) => collator.compare(one.name, other.name));
  const letters = grouped(listed, ({ name }) => letterOf(name));
  return [...letters].map(([letter, those]) => ({
    letter,
    people: those.map(({ person }) => person),
  }));
}

/** A listed name from the word on under which it is filed: without a particle that is written small. */
function filedUnder(listed: string): string {
  const words = listed.split(/\s+/);
  const telling = words.findIndex((word) => !particle.test(word) || /^\p{Lu}/u.test(word));
  return words.slice(Math.max(0, telling)).join(' ');
}

/**
 * A name as directories list it: the last name first. A guess for display order only; the name itself is always shown as it is.
 *
 * @example listedName('Leonor Marques Vidigal') // 'Vidigal, Leonor Marques'
 * @example listedName('Ludwig van Beethoven') // 'van Beethoven, Ludwig'
 * @example listedName('早川 みなと') // '早川 みなと'
 */
export function listedName(name: string): string {
  if (name.includes(',') || !/^\p{Script=Latin}/u.test(name)) return name;
  const words = name.trim().split(/\s+/);
  let end = words.length;
  while (end > 1 && suffix.test(words[end - 1] ?? '')) end -= 1;
  let begin = end - 1;
  while (begin > 1 && particle.test(words[begin - 1] ?? '')) begin -= 1;
  const last = words.slice(begin, end).join(' ');
  const rest = [...words.slice(0, begin), ...words.slice(end)].join(' ');
  return rest === '' ? last : `${last}, ${rest}`;
}

/** The letter under which a name stands: without marks. */
function letterOf(name: string): string {
  const first = Array.from(name.normalize('NFKD').replace(/\p{M}/gu, ''))[0] ?? '#';
  const letter = unfolded[first.toLowerCase()] ?? first.toUpperCase();
  if (!/\p{L}/u.test(letter)) return '#';
  // Scripts without an alphabet would make a letter of every name.
  return /\p{Script=Han}/u.test(letter) ? '漢' : letter;
}

/** Letters that Unicode does not take apart. */
const unfolded: Readonly<Record<string, string>> = {
  ł: 'L',
  ø: 'O',
  đ: 'D',
  þ: 'T',
  æ: 'A',
  œ: 'O',
};
