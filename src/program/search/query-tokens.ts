/** A piece of a query between spaces. */
export interface Token {
  readonly from: number;
  readonly to: number;
  readonly isNegative: boolean;
  /** The word before the colon, where there is one and something follows it: `person` of `person:"Ana Silva"`. */
  readonly operator?: string;
  /** What is looked for, without quotes. */
  readonly value: string;
  readonly isQuoted: boolean;
}

const closing: Readonly<Record<string, string>> = { '"': '"', '“': '”', '„': '“”', '«': '»' };
const operatorShape = /^([\p{L}][\p{L}\p{N}_-]{0,40}):(\s*)(?=\S)/u;
/** What follows a colon and a space and is no value: something left out, a bracket, a joining word, another operator. */
const noValue = /^(?:[-−–][^\s-]|[()|]|(?:OR|AND|NOT)(?!\S)|[\p{L}][\p{L}\p{N}_-]{0,40}:)/u;

/**
 * Cuts a query into its pieces; never throws. A quote that is not closed ends with the text.
 *
 * @param takesSpace whether a word with a colon and a space is meant as an operator of what follows: `person: silva` is, the title `Congress: a history` is not
 * @example tokensOf('-person:"Ana Silva"').tokens[0]?.value // 'Ana Silva'
 */
export function tokensOf(
  text: string,
  takesSpace: (operator: string, value: string) => boolean = () => false,
): {
  readonly tokens: readonly Token[];
  /** A quote was opened and never closed. */
  readonly isOpen: boolean;
} {
  const tokens: Token[] = [];
  let isOpen = false;
  let at = 0;
  while (at < text.length) {
    if (/[\s()]/.test(text[at] ?? '')) {
      at += 1;
      continue;
    }
    const from = at;
    const isNegative = /^[-−–][^\s-]/.test(text.slice(at, at + 2));
    if (isNegative) at += 1;
    const operator = operatorAt(text, at, takesSpace);
    const piece = pieceAt(text, operator?.to ?? at);
    isOpen ||= piece.isOpen;
    at = piece.to;
    tokens.push({
      from,
      to: at,
      isNegative,
      value: piece.value,
      isQuoted: piece.isQuoted,
      ...(operator && { operator: operator.name }),
    });
  }
  return { tokens, isOpen };
}

interface Piece {
  readonly value: string;
  readonly to: number;
  readonly isQuoted: boolean;
  readonly isOpen: boolean;
}

function operatorAt(
  text: string,
  at: number,
  takesSpace: (operator: string, value: string) => boolean,
): { readonly name: string; readonly to: number } | undefined {
  const [whole = '', name, gap] = operatorShape.exec(text.slice(at, at + 50)) ?? [];
  if (name === undefined) return undefined;
  const to = at + whole.length;
  const isMeant =
    gap === ''
      ? !text.startsWith('//', to)
      : !noValue.test(text.slice(to, to + 50)) && takesSpace(name, pieceAt(text, to).value);
  return isMeant ? { name, to } : undefined;
}

function pieceAt(text: string, at: number): Piece {
  return quotedPiece(text, at) ?? plainPiece(text, at);
}

function quotedPiece(text: string, at: number): Piece | undefined {
  const ends = closing[text[at] ?? ''];
  if (ends === undefined) return undefined;
  let to = at + 1;
  // A straight quote closes anything: phones mix them.
  while (to < text.length && !ends.includes(text[to] ?? '') && text[to] !== '"') to += 1;
  const isOpen = to >= text.length;
  return {
    value: text.slice(at + 1, to),
    to: isOpen ? to : to + 1,
    isQuoted: true,
    isOpen,
  };
}

function plainPiece(text: string, at: number): Piece {
  let to = at;
  while (to < text.length && !/[\s()"“„«]/.test(text[to] ?? '')) to += 1;
  // A closing quote that nothing opened is passed over, so that reading goes on.
  return { value: text.slice(at, to), to: Math.max(to, at + 1), isQuoted: false, isOpen: false };
}
