import { atomsOf, placesOfRow, type Atom } from './atoms.js';
import { fold, isAscii } from './fold.js';

/** Words with an apostrophe or dots inside have more forms than their letters. */
const severalForms = /[a-z0-9]['.][a-z0-9]/i;

/** Tells of texts whether they hold these atoms next to each other; most texts are settled without being taken apart. */
export function rowTest(row: readonly Atom[]): (text: string) => boolean {
  const plain = plainPattern(row);
  const loose = row.map(({ forms }) => forms.map(squeezed));
  return (text) => {
    if (isAscii(text)) {
      if (plain.test(text)) return true;
      if (!severalForms.test(text)) return false;
    } else if (!inOrder(squeezed(fold(text)), loose)) return false;
    return placesOfRow(atomsOf(text), row).length > 0;
  };
}

function plainPattern(row: readonly Atom[]): RegExp {
  const words = row.map(({ forms }) => `(?:${forms.map(escaped).join('|')})`);
  return new RegExp(`(?<![a-z0-9])${words.join('[^a-z0-9]+')}(?![a-z0-9])`, 'iu');
}

function escaped(text: string): string {
  return text.replace(/[^\p{L}\p{N}\p{M}]/gu, (one) => `\\u{${one.codePointAt(0)?.toString(16)}}`);
}

/** Without what parts the letters of a word, and with the two spellings of an umlaut made one. */
function squeezed(folded: string): string {
  return folded
    .replace(/['’.]/g, '')
    .replace(/([aou])e/g, '$1')
    .replace(/aa/g, 'a');
}

function inOrder(text: string, row: readonly (readonly string[])[]): boolean {
  let from = 0;
  return row.every((forms) => {
    const places = forms.map((form) => text.indexOf(form, from)).filter((place) => place >= 0);
    from = Math.min(...places) + 1;
    return places.length > 0;
  });
}
