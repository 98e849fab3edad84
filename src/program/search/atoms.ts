import { fold, isAscii, otherSpelling } from './fold.js';

/** The smallest thing in a text that can be found: a word, or one sign of a script that writes words without spaces. */
export interface Atom {
  /** Where it stands in the text, in UTF-16 units. */
  readonly start: number;
  readonly end: number;
  /** How it may be typed, folded; the first is the usual form. */
  readonly forms: readonly string[];
  /** A sign of a script without spaces; such signs are found in twos. */
  readonly isSign: boolean;
}

/** Signs of scripts without spaces between words. */
const sign =
  '[\\p{L}&&[\\p{scx=Hani}\\p{scx=Hira}\\p{scx=Kana}\\p{scx=Thai}\\p{scx=Laoo}\\p{scx=Khmr}\\p{scx=Mymr}]]';
const letter = `[[\\p{L}\\p{N}\\p{M}\\u0640\\u200c\\u200d]--${sign}]`;
/** Initials ("U.S."), then words, which may hold an apostrophe ("l'État"), then single signs, each with what joins to it. */
const anyScript = new RegExp(
  `(?<initials>(?<![\\p{L}\\p{N}])\\p{L}(?:\\.\\p{L})+(?![\\p{L}\\p{N}])\\.?)` +
    `|(?<word>(?!\\p{M})${letter}+(?:['’]${letter}+)*)` +
    `|(?<sign>${sign}\\p{M}*)`,
  'gv',
);
/** The same for plain ASCII, which is several times faster. */
const plainScript =
  /(?<initials>(?<![a-z0-9])[a-z](?:\.[a-z])+(?![a-z0-9])\.?)|[a-z0-9]+(?:'[a-z0-9]+)*/gi;

/**
 * The words and signs of a text, in order.
 *
 * @example atomsOf('Łódź, 東京').map(({ forms }) => forms[0]) // ['lodz', '東', '京']
 */
export function atomsOf(text: string): readonly Atom[] {
  const atoms: Atom[] = [];
  for (const match of text.matchAll(isAscii(text) ? plainScript : anyScript)) {
    const [found] = match;
    const { initials, sign } = match.groups ?? {};
    const forms = initials === undefined ? formsOf(found) : [initialsOf(found)];
    // A mark alone, or a joiner, folds to nothing.
    if (forms.length === 0) continue;
    const { index } = match;
    atoms.push({ start: index, end: index + found.length, forms, isSign: sign !== undefined });
  }
  return atoms;
}

function initialsOf(found: string): string {
  return fold(found.replaceAll('.', ''));
}

/** A Korean name as it is written, the family name of one syllable first; it is asked for without. */
const koreanName = /^\p{Script=Hangul}{3}$/u;

function formsOf(word: string): readonly string[] {
  const folded = fold(word);
  if (folded === '') return [];
  const other = otherSpelling(word);
  const forms = other === undefined ? [folded] : [folded, other];
  if (koreanName.test(folded)) return [folded, folded.slice(1)];
  if (!/['’]/.test(word)) return forms;
  const parts = forms.flatMap((form) => form.split(/['’]/));
  const joined = forms.map((form) => form.replace(/['’]/g, ''));
  return [...new Set([...joined, ...parts])].filter((form) => form !== '');
}

/** An article or a prefix that lost its end is so short at most: l', d', qu', O'. */
const longestElided = 2;
const shortestAfter = 3;

/**
 * The atoms of what somebody types. A word with an apostrophe is meant whole, and after an elided article without it; its other pieces would find half of a program.
 *
 * @example typedAtoms("l'art")[0]?.forms // ['lart', 'art']
 * @example typedAtoms("what's")[0]?.forms // ['whats']
 */
export function typedAtoms(text: string): readonly Atom[] {
  return atomsOf(text).map((atom) => {
    const pieces = text.slice(atom.start, atom.end).split(/['’]/).map(formsOf);
    const [[first = ''] = [], ...others] = pieces;
    if (koreanName.test(first)) return { ...atom, forms: [first] };
    if (others.length === 0) return atom;
    const last = others.at(-1) ?? [];
    const isElided = first.length <= longestElided && (last[0] ?? '').length >= shortestAfter;
    const unmeant = new Set(pieces.flat());
    if (isElided) for (const form of last) unmeant.delete(form);
    return { ...atom, forms: atom.forms.filter((form) => !unmeant.has(form)) };
  });
}

/**
 * The terms under which a text is found: the forms of its words; signs in overlapping twos, and the last of each row alone.
 *
 * @example termsOf('東京 2026') // ['東京', '京', '2026']
 */
export function termsOf(text: string): readonly string[] {
  return atomsOf(text).flatMap((atom, index, atoms) => termForms(atom, atoms[index + 1]));
}

/** The terms of what somebody types, each in its usual form only. */
export function typedTerms(text: string): readonly string[] {
  return atomsOf(text).map((atom, index, atoms) => termForms(atom, atoms[index + 1])[0] ?? '');
}

/** The terms of an atom, which depend on the one after it. */
export function termForms({ forms, isSign }: Atom, next: Atom | undefined): readonly string[] {
  if (!isSign || next?.isSign !== true) return forms;
  return [(forms[0] ?? '') + (next.forms[0] ?? '')];
}

/**
 * Where a row of atoms begins in a text's atoms: index by index; each may be typed in any of its forms.
 *
 * @example placesOfRow(atomsOf('to be or not to be'), atomsOf('to be')) // [0, 4]
 */
export function placesOfRow(atoms: readonly Atom[], row: readonly Atom[]): readonly number[] {
  const places: number[] = [];
  for (let from = 0; from + row.length <= atoms.length; from += 1) {
    if (row.every((wanted, offset) => isSame(atoms[from + offset], wanted))) places.push(from);
  }
  return places;
}

function isSame(atom: Atom | undefined, wanted: Atom): boolean {
  return atom?.forms.some((form) => wanted.forms.includes(form)) ?? false;
}
