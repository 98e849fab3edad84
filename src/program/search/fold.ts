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
  `[${[
    '\\u0300-\\u036f\\u1ab0-\\u1aff\\u1dc0-\\u1dff\\u20d0-\\u20ff\\ufe20-\\ufe2f',
    '\\u0483-\\u0489',
    '\\u0591-\\u05bd\\u05bf-\\u05c7',
    '\\u0610-\\u061a\\u0640\\u064b-\\u065f\\u0670\\u06d6-\\u06dc\\u06df-\\u06ed',
    // What joins, parts, directs and varies letters without being seen.
    '\\u200b-\\u200f\\ufe00-\\ufe0f',
  ].join('')}]`,
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
