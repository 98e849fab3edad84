import { decodeHTMLStrict } from 'entities';

import type { Markup } from './source.js';
import { createLayout, laidOutLines, lineBreaks, onOneLine, spaced } from './text-layout.js';

/** Elements that HTML has or had; `<T>` or `<stdio.h>` in a title is no tag. */
const elements = new Set(
  `a abbr acronym address applet area article aside audio b base bdi bdo big blink blockquote body br button canvas caption center
  cite code col colgroup data datalist dd del details dfn dialog dir div dl dt em embed fieldset figcaption figure font footer
  form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe img input ins kbd label legend li link main map mark
  marquee math menu meta meter nav noframes noscript object ol optgroup option output p param picture pre progress q rp rt ruby s
  samp script search section select slot small source span strike strong style sub summary sup svg table tbody td template
  textarea tfoot th thead time title tr track tt u ul var video wbr`.split(/\s+/),
);
// Lengths are bounded so that a hostile text costs no more than its size.
const tags =
  /<(\/?)([a-zA-Z][a-zA-Z0-9]*)(?:[\s/](?:"[^"]{0,500}"|'[^']{0,500}'|[^'"<>]){0,300})?>/g;
const controls = /[^\P{Cc}\n]|[\p{Cs}\uFEFF\u202D\u202E\u2028\u2029]/u;
const allControls = new RegExp(controls.source, 'gu');
const blanks = /[\t\v\f]/;
const ragged = /[^\S\n]{2}|[^\S \n]|^ | $|\n{3}/m;
const suspect = /[<&\p{Cc}\p{Cs}\p{Cf}]|[^\S ]|\s\s|^\s|\s$|^$/u;

/** One line of plain text, with what had to be taken out of it. */
export interface Line {
  /** May be empty. */
  readonly text: string;
  readonly hadTags: boolean;
  readonly hadControls: boolean;
}

/**
 * Makes one line of plain text: no tags, no control characters, single spaces. Entities are decoded once, in `html` only.
 *
 * @example toLine('Safe <b>by</b> design &amp; default', 'html').text // 'Safe by design & default'
 */
export function toLine(raw: string, markup: Markup): Line {
  if (!suspect.test(raw)) {
    return { text: raw, hadTags: false, hadControls: false };
  }
  const bare = withoutTags(withoutControls(raw), () => ' ');
  const decoded =
    markup === 'html' && bare.text.includes('&') ? decodeHTMLStrict(bare.text) : bare.text;
  const again = withoutTags(withoutControls(decoded), () => ' ');
  const hadControls = [raw, decoded].some((text) => controls.test(text.replace(/[\t\r]/g, ' ')));
  return { text: visible(spaced(again.text)), hadTags: bare.found || again.found, hadControls };
}

/**
 * Makes plain text whose paragraphs are parted by an empty line: no tags, no control characters. In a text with block elements line
 * ends are spaces, as in HTML, and lists and tables are laid out; in one without they are kept. Entities are decoded once, in `html` only.
 *
 * @example toPlainText('<p>One &amp; two.</p><ul><li>three</li></ul>', 'html') // 'One & two.\n• three'
 * @example toPlainText('<ol><li>one</li><li>two</li></ol>', 'html') // '1. one\n2. two'
 */
export function toPlainText(raw: string, markup: Markup): string {
  const bare = withoutControls(raw);
  const laidOut = hasLayout(bare);
  let text = flowing(bare, laidOut);
  if (markup === 'html' && text.includes('&')) {
    const decoded = withoutControls(decodeHTMLStrict(text));
    // Tags that were written as entities lay nothing out where real ones did: a text may speak of HTML.
    text = flowing(decoded, !laidOut && hasLayout(decoded));
  }
  if (ragged.test(text)) {
    text = text
      .split('\n')
      .map(spaced)
      .join('\n')
      .replace(/\n{3,}/g, '\n\n');
  }
  return visible(text.trim());
}

/** What `toLine` makes of it; undefined where nothing is left. */
export function line(raw: string | undefined, markup: Markup): string | undefined {
  return raw === undefined ? undefined : toLine(raw, markup).text || undefined;
}

/** What `toPlainText` makes of it; undefined where nothing is left. */
export function paragraphs(raw: string | undefined, markup: Markup): string | undefined {
  return raw === undefined ? undefined : toPlainText(raw, markup) || undefined;
}

/** Line ends of any kind become `\n`, other control characters a space or nothing. */
function withoutControls(text: string): string {
  const lines = /[\r\u0085\u2028\u2029]/.test(text)
    ? text.replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n')
    : text;
  if (!controls.test(lines)) return lines;
  return lines.replace(allControls, (control) => (blanks.test(control) ? ' ' : ''));
}

function hasLayout(text: string): boolean {
  return /<(?:p|br|div|li|ul|ol|h[1-6]|table|tr|blockquote|pre|dl)[\s/>]/i.test(text);
}

function flowing(text: string, laidOut: boolean): string {
  if (!text.includes('<')) return text;
  if (!laidOut) return withoutTags(text, lineBreaks).text;
  return laidOutLines(withoutTags(onOneLine(text), createLayout()).text);
}

/** What a tag becomes. */
type Replacement = (name: string, closing: boolean, tag: string) => string;

/** Takes tags and comments out until none is left: taking one out may join the halves of another. */
function withoutTags(text: string, replacement: Replacement): { text: string; found: boolean } {
  let left = text;
  for (let round = 0; round < 10 && left.includes('<'); round++) {
    const next = stripped(withoutComments(left), replacement);
    if (next === left) return { text: left, found: round > 0 };
    left = next;
  }
  // Nested so deep it is an attack: no bracket, no tag.
  return { text: left.replaceAll('<', ' '), found: left !== text };
}

function withoutComments(text: string): string {
  let kept = '';
  let from = 0;
  for (let at = text.indexOf('<!--'); at !== -1; at = text.indexOf('<!--', from)) {
    const end = text.indexOf('-->', at + 4);
    if (end === -1) break;
    kept += text.slice(from, at);
    from = end + 3;
  }
  return from === 0 ? text : kept + text.slice(from);
}

function stripped(text: string, replacement: Replacement): string {
  let kept = '';
  let from = 0;
  let inside: string | undefined;
  const lower = text.toLowerCase();
  const lastClosing = {
    script: lower.lastIndexOf('</script'),
    style: lower.lastIndexOf('</style'),
  };
  for (const tag of text.matchAll(tags)) {
    const name = tag[2]?.toLowerCase() ?? '';
    const closing = tag[1] === '/';
    const end = tag.index + tag[0].length;
    if (inside !== undefined) {
      if (!closing || name !== inside) continue;
      inside = undefined;
      from = end;
      continue;
    }
    if (!elements.has(name)) continue;
    const instead = replacement(name, closing, tag[0]);
    kept += text.slice(from, tag.index) + (inline(name) && instead === ' ' ? '' : instead);
    from = end;
    if (!closing && isUnseen(name) && lastClosing[name] > tag.index) inside = name;
  }
  return from === 0 ? text : kept + text.slice(from);
}

/** Whether an element's content is not text for people either. */
function isUnseen(name: string): name is 'script' | 'style' {
  return name === 'script' || name === 'style';
}

function inline(name: string): boolean {
  return lineBreaks(name) === '';
}

/** Format characters alone show nothing: such a text is empty. */
function visible(text: string): string {
  return /[^\s\p{Cf}]/u.test(text) ? text : '';
}
