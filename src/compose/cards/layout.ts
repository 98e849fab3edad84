import { countGraphemes } from '../graphemes.js';
import type { CardContent } from '../content.js';

/** What a card layout sees; documented in docs/templates.md. Printed values are escaped by the engine. */
export interface CardView {
  readonly conference: string;
  readonly title: string;
  /** How wide the title is, in letters; a CJK character counts two. For choosing a size. */
  readonly titleWidth: number;
  /** `rtl` where the title begins with Arabic or Hebrew, else `ltr`. */
  readonly direction: 'ltr' | 'rtl';
  /** `keep-all` for Korean, which breaks lines between words, else `normal`. */
  readonly wordBreak: 'keep-all' | 'normal';
  /** As many as a card has room for. */
  readonly people: readonly string[];
  /** How many more there are. */
  readonly morePeople: number;
  readonly time: string;
  readonly room: string | null;
  readonly unit: string | null;
  /** 0 to 7, the same for every session of a unit: for choosing a colour. */
  readonly shade: number;
}

/** In letters: about two lines. */
const peopleWidth = 96;

/** The data of a card as its layout sees it. */
export function cardView(card: CardContent): CardView {
  const people = peopleThatFit(card.people);
  return {
    conference: card.conference,
    title: card.title,
    titleWidth: widthOf(card.title),
    direction: directionOf(card.title),
    wordBreak: /[\uac00-\ud7a3]/.test(card.title) ? 'keep-all' : 'normal',
    people,
    morePeople: card.people.length - people.length,
    time: card.time,
    room: card.room ?? null,
    unit: card.unit ?? null,
    shade: shadeOf(card.unit ?? card.conference),
  };
}

function peopleThatFit(people: readonly string[]): readonly string[] {
  let width = 0;
  const first = people.findIndex((name) => (width += widthOf(name) + 3) > peopleWidth);
  return first < 0 ? people : people.slice(0, Math.max(1, first));
}

const wide =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\u{1f300}-\u{1faff}\u{20000}-\u{3ffff}]/gu;

function widthOf(text: string): number {
  return countGraphemes(text) + (text.match(wide)?.length ?? 0);
}

/** By the first letter with a direction, as browsers do for `dir="auto"`. */
function directionOf(text: string): 'ltr' | 'rtl' {
  const first = /\p{L}/u.exec(text)?.[0] ?? '';
  return /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u.test(
    first,
  )
    ? 'rtl'
    : 'ltr';
}

function shadeOf(text: string): number {
  let sum = 0;
  for (const character of text) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 65_521;
  return sum % 8;
}
