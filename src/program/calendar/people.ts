import type { Person } from '../model.js';
import { grouped, type Catalog } from './catalog.js';

/** The people under one letter. */
export interface Letter {
  /** A capital letter, or `#` for names that have none. */
  readonly letter: string;
  /** What it is written in, by Unicode's name (`Greek`): letters of several scripts look alike. Absent for Latin, and where it is unknown. */
  readonly script?: string;
  readonly people: readonly Person[];
}

const particle =
  /^(?:van|von|de|der|den|del|della|di|da|dos|du|la|le|el|al|bin|ben|ter|ten|zu|zur|und|y|بن|ابن|בן)$/i;
/** In these the last name stands last as a rule; elsewhere names are filed as they are written. */
const lastNameLast = [
  ...['Latin', 'Greek', 'Cyrillic', 'Armenian', 'Georgian', 'Hebrew', 'Arabic'],
  ...['Devanagari', 'Bengali', 'Gujarati', 'Gurmukhi'],
];
const suffix = /^(?:jr|sr|ii|iii|iv|phd|md)\.?$/i;

/** Everybody with a part in the program, by the letter under which a directory lists them: that of the last name. */
export function peopleByLetter(catalog: Catalog): readonly Letter[] {
  const collator = new Intl.Collator('en', { sensitivity: 'base' });
  const listed = catalog.lookup.program.people
    .filter(({ key }) => catalog.parts(key).length > 0)
    .map((person) => ({ person, name: filedUnder(listedName(person.name)) }))
    .sort((one, other) => collator.compare(one.name, other.name));
  const letters = grouped(listed, ({ name }) => letterOf(name));
  const isNone = ({ letter }: Letter) => letter === noLetter;
  const all = [...letters].map(([letter, those]): Letter => {
    const script = scriptOf(letter);
    const people = those.map(({ person }) => person);
    return { letter, ...(script !== undefined && script !== 'Latin' && { script }), people };
  });
  return [...all.filter((one) => !isNone(one)), ...all.filter(isNone)];
}

/** A listed name from the word on under which it is filed: without signs, and without a particle that is written small. */
function filedUnder(listed: string): string {
  const words = listed.replace(/^[^\p{L}\p{N}]+(?=.*\p{L})/u, '').split(/\s+/);
  const telling = words.findIndex((word) => !particle.test(word) || /^\p{Lu}/u.test(word));
  return words.slice(Math.max(0, telling)).join(' ');
}

/**
 * A name as directories list it: the last name first, what stands in brackets last. A guess for display order only; the name itself is always shown as it is.
 *
 * @example listedName('Leonor Marques Vidigal') // 'Vidigal, Leonor Marques'
 * @example listedName('Ludwig van Beethoven') // 'van Beethoven, Ludwig'
 * @example listedName('Ada Lund (she/her)') // 'Lund, Ada (she/her)'
 * @example listedName('Ελένη Παπαδάκη') // 'Παπαδάκη, Ελένη'
 * @example listedName('早川 みなと') // '早川 みなと'
 */
export function listedName(name: string): string {
  // Pronouns, a nickname or an employer stand in brackets.
  const aside = /[)\]]\s*$/.test(name) ? name.search(/(?<=\S\s)[([]/) : -1;
  const bare = aside < 0 ? name : name.slice(0, aside).trim();
  if (bare.includes(',') || !lastNameLast.includes(scriptOf(bare) ?? '')) return name;
  const listed = lastFirst(bare);
  return aside < 0 ? listed : `${listed} ${name.slice(aside)}`;
}

function lastFirst(name: string): string {
  const words = name.trim().split(/\s+/);
  let end = words.length;
  while (end > 1 && suffix.test(words[end - 1] ?? '')) end -= 1;
  let begin = end - 1;
  while (begin > 1 && particle.test(words[begin - 1] ?? '')) begin -= 1;
  const last = words.slice(begin, end).join(' ');
  const rest = [...words.slice(0, begin), ...words.slice(end)].join(' ');
  return rest === '' ? last : `${last}, ${rest}`;
}

const noLetter = '#';

/** The letter under which a name stands: without marks. */
function letterOf(name: string): string {
  const first = Array.from(name.normalize('NFKD').replace(/\p{M}/gu, ''))[0] ?? noLetter;
  const letter = unfolded[first.toLowerCase()] ?? first.toUpperCase();
  if (!/\p{L}/u.test(letter)) return noLetter;
  // Scripts without an alphabet would make a letter of every name.
  return /\p{Script=Han}/u.test(letter) ? '漢' : letter;
}

const scripts = [...lastNameLast, 'Hangul', 'Hiragana', 'Katakana', 'Han', 'Thai'].map((name) => ({
  name,
  letter: new RegExp(`\\p{Script=${name}}`, 'u'),
}));

/** The script of the first letter. */
function scriptOf(text: string): string | undefined {
  const [first = ''] = /\p{L}/u.exec(text) ?? [];
  return scripts.find(({ letter }) => letter.test(first))?.name;
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
