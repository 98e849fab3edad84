/** Where and how the elements of a document do not close. */
export interface Imbalance {
  /** Counted from 1. */
  readonly line: number;
  readonly problem: string;
  /** Whether the document merely ends before its elements do. */
  readonly cut: boolean;
}

const asides: readonly (readonly [open: string, close: string])[] = [
  ['<!--', '-->'],
  ['<![CDATA[', ']]>'],
  ['<?', '?>'],
  ['<!', '>'],
];

/**
 * Checks that every element of a document closes, in order; the parser itself is lenient and would read half a program as a whole one.
 * Undefined when all is well. Takes time in proportion to the text, whatever stands in it.
 */
export function findImbalance(text: string): Imbalance | undefined {
  const open: { readonly name: string; readonly at: number }[] = [];
  let at = text.indexOf('<');
  while (at !== -1) {
    const aside = asides.find(([start]) => text.startsWith(start, at));
    const end = aside ? text.indexOf(aside[1], at + aside[0].length) : endOfTag(text, at);
    if (end === -1) return ends(text, at);
    if (!aside) {
      const closing = text[at + 1] === '/';
      const name =
        /[^\s/>]*/.exec(text.slice(at + (closing ? 2 : 1), Math.min(end, at + 200)))?.[0] ?? '';
      if (closing) {
        const last = open.pop();
        if (last?.name !== name) {
          return {
            line: lineAt(text, at),
            problem: last
              ? `</${name}> closes <${last.name}> of line ${lineAt(text, last.at)}`
              : `</${name}> closes nothing`,
            cut: false,
          };
        }
      } else if (text[end - 1] !== '/') {
        open.push({ name, at });
      }
    }
    at = text.indexOf('<', end);
  }
  const last = open.at(-1);
  return last && { ...ends(text, text.length), problem: `<${last.name}> never closes` };
}

function ends(text: string, at: number): Imbalance {
  return { line: lineAt(text, at), problem: 'it ends in the middle of a tag', cut: true };
}

/** Index of the `>` that ends a tag, past any in quotes; -1 when there is none. */
function endOfTag(text: string, from: number): number {
  let quote = '';
  for (let index = from + 1; index < text.length; index++) {
    const sign = text[index] ?? '';
    if (quote !== '') quote = sign === quote ? '' : quote;
    else if (sign === '"' || sign === "'") quote = sign;
    else if (sign === '>') return index;
  }
  return -1;
}

function lineAt(text: string, at: number): number {
  return text.slice(0, at).split('\n').length;
}
