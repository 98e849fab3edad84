import { findXLinks } from '../../compose/x-links.js';

/** What X tells of a link in a post: the short address that stands in the text, and what it stands for. */
export interface XLinkEntity {
  readonly url?: string | null | undefined;
  readonly expanded_url?: string | null | undefined;
}

/** X puts an address of its own behind the text of a post with a picture. */
const ofPicture = /\/status\/\d+\/(?:photo|video)\/\d+$/;

/**
 * Whether the text of a post on X is one that was sent: X wraps every link with t.co, escapes `&`, `<` and `>`, puts an address behind posts with a picture,
 * adds a protocol to a bare domain, and writes letters in NFC. https://docs.x.com/x-api/fundamentals/data-dictionary
 *
 * @example isSameText('Room A &amp; B https://t.co/x', [{ url: 'https://t.co/x', expanded_url: 'https://a.org/' }], 'Room A & B https://a.org') // true
 */
export function isSameText(onX: string, links: readonly XLinkEntity[], sent: string): boolean {
  return comparable(expanded(onX, links)) === comparable(sent);
}

function expanded(text: string, links: readonly XLinkEntity[]): string {
  const meanings = new Map<string, string>();
  for (const { url, expanded_url: meaning } of links) {
    if (url && meaning) meanings.set(url, ofPicture.test(meaning) ? '' : meaning);
  }
  const unescaped = text.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&');
  return unescaped.replace(/https?:\/\/t\.co\/\w+/g, (short) => meanings.get(short) ?? short);
}

function comparable(text: string): string {
  const normal = text.normalize('NFC').replace(/\r\n?/g, '\n');
  let plain = '';
  let from = 0;
  for (const { start, end } of findXLinks(normal)) {
    plain += normal.slice(from, start) + bare(normal.slice(start, end));
    from = end;
  }
  return (plain + normal.slice(from)).replace(/[ \t]+(?=\n|$)/g, '').trim();
}

/** Without what X adds to an address: the protocol, and a slash behind the domain. */
function bare(link: string): string {
  const [, host = '', rest = ''] = /^(?:https?:\/\/)?([^/?#]*)(.*)$/i.exec(link) ?? [];
  return host.toLowerCase() + (rest === '/' ? '' : rest);
}
