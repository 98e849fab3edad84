import { parse } from 'tldts';

/** Where a link stands in a text, in UTF-16 units. */
export interface LinkSpan {
  readonly start: number;
  readonly end: number;
}

const word = 'A-Za-z0-9\\u00c0-\\u024f';
const letter = '\\p{L}\\p{N}';
/** With a protocol a domain may be in any script; bare, only in Latin letters, whatever stands before it. */
const candidate = new RegExp(
  `(?<![A-Za-z0-9@＠$#＃])(?:(https?://)([${letter}][${letter}_.-]*)|([${word}][${word}_.-]*))`,
  'giu',
);
const label = new RegExp(`^[${letter}](?:[${letter}_-]*[${letter}])?$`, 'u');
const after =
  /(?::\d+)?(\/(?:\([\w/=&.-]*\)|[\w\u00c0-\u024f\u0400-\u04ff!*';:=+,.$/%#[\]\u2013~@|&-])*)?(\?[\w!*'@();:&=+$/%#[\].,~|-]*)?/y;
/** What a path or query may not end with: it belongs to the sentence. */
const trailing = /[!*';:,.$%[\]\u2013~@|&?(]+$/;

/** X leaves out bare two-letter domains and those behind a slash or dash; a strict reader takes every domain. */
export type LinkReader = 'X' | 'strict';

/**
 * The parts of a text that X turns into links, and counts as such: addresses with a protocol, and bare domains of a
 * real top-level domain. A bare two-letter domain (`lobste.rs`) is one only with a sub-domain or path, `.co` and `.tv`
 * excepted. Rules: https://github.com/twitter/twitter-text/tree/master/js/src/regexp
 *
 * @example findXLinks('see ASP.NET or node.js') // [{ start: 4, end: 11 }]
 */
export function findXLinks(text: string, reader: LinkReader = 'X'): LinkSpan[] {
  if (!text.includes('.')) return [];
  const strict = reader === 'strict';
  const spans: LinkSpan[] = [];
  let end = 0;
  for (const match of text.matchAll(candidate)) {
    if (match.index < end) continue;
    const [, protocol = '', hostWithProtocol, bareHost] = match;
    if (!strict && protocol === '' && /[-_./]/.test(text.charAt(match.index - 1))) continue;
    const host = hostWithProtocol ?? bareHost ?? '';
    const domain = domainIn(host);
    if (domain === undefined) continue;
    const hostEnd = match.index + protocol.length + domain.length;
    if (/[\w@+-]/.test(text.charAt(hostEnd))) continue;
    const tail = tailAt(text, hostEnd);
    if (!strict && protocol === '' && tail.path === '' && isShort(domain)) continue;
    end = hostEnd + tail.length;
    spans.push({ start: match.index, end });
  }
  return spans;
}

/** The longest beginning of a dotted run that is a domain of a real top-level domain. */
function domainIn(run: string): string | undefined {
  // A domain name has at most 127 labels.
  const labels = run.split('.', 127);
  while (labels.length > 1) {
    const last = labels.at(-1) ?? '';
    if (labels.every((each) => label.test(each)) && isTopLevel(last)) return labels.join('.');
    labels.pop();
  }
  return undefined;
}

function isTopLevel(name: string): boolean {
  return name.length > 1 && !/^\d+$/.test(name) && parse(`a.${name}`).isIcann === true;
}

function isShort(domain: string): boolean {
  return /^[^.]+\.(?!co$|tv$)[a-z]{2}$/i.test(domain);
}

function tailAt(text: string, start: number): { length: number; path: string } {
  after.lastIndex = start;
  const [tail = '', path = ''] = after.exec(text) ?? [];
  return { length: tail.replace(trailing, '').length, path };
}
