/** Letters that Unicode does not take apart, as people type them who lack them. */
const plainLetters: Readonly<Record<string, string>> = {
  ß: 'ss',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ł: 'l',
  æ: 'ae',
  œ: 'oe',
  þ: 'th',
  ħ: 'h',
  ŋ: 'n',
  ı: 'i',
  ŧ: 't',
  ς: 'σ',
  ى: 'ي',
  ة: 'ه',
};
const unfolded = new RegExp(`[${Object.keys(plainLetters).join('')}]`, 'gu');

/**
 * Marks that people leave out: accents, Hebrew points, Arabic vowels and the stretching stroke. The vowels of Indic scripts and of
 * Thai are marks, too, and stay.
 */
const marks = new RegExp(
  `[${(
    [
      // Of Latin, Greek and Cyrillic letters.
      [0x300, 0x36f],
      [0x483, 0x489],
      [0x1ab0, 0x1aff],
      [0x1dc0, 0x1dff],
      [0x20d0, 0x20ff],
      [0xfe20, 0xfe2f],
      // Of Hebrew and Arabic ones.
      [0x591, 0x5bd],
      [0x5bf, 0x5c7],
      [0x610, 0x61a],
      [0x640, 0x640],
      [0x64b, 0x65f],
      [0x670, 0x670],
      [0x6d6, 0x6dc],
      [0x6df, 0x6ed],
      // What joins, parts, directs and varies letters without being seen.
      [0x200b, 0x200f],
      [0xfe00, 0xfe0f],
    ] as const
  )
    .map(([from, to]) => `${String.fromCharCode(from)}-${String.fromCharCode(to)}`)
    .join('')}]`,
  'g',
);
const beyondAscii = /[\u0080-\uffff]/;

/** Whether a text is plain ASCII, for which there are shorter ways. */
export function isAscii(text: string): boolean {
  return !beyondAscii.test(text);
}

/**
 * A text in the form in which words are compared: small letters, without accents, wide and joined forms made plain.
 *
 * @example fold('Böhmelt, Łódź') // 'bohmelt, lodz'
 */
export function fold(text: string): string {
  const small = text.toLowerCase();
  if (isAscii(small)) return small;
  return small
    .normalize('NFKD')
    .replace(marks, '')
    .toLowerCase()
    .replace(unfolded, (letter) => plainLetters[letter] ?? letter)
    .normalize('NFC');
}

const twoLetters: Readonly<Record<string, string>> = {
  ä: 'ae',
  ö: 'oe',
  ü: 'ue',
  ø: 'oe',
  å: 'aa',
};

/**
 * The other common spelling of a word with umlauts or Nordic vowels; undefined when it has only one.
 *
 * @example otherSpelling('Böhmelt') // 'boehmelt'
 */
export function otherSpelling(word: string): string | undefined {
  if (isAscii(word)) return undefined;
  const small = word.normalize('NFC').toLowerCase();
  const spelled = small.replace(/[äöüøå]/g, (letter) => twoLetters[letter] ?? letter);
  return spelled === small ? undefined : fold(spelled);
}
