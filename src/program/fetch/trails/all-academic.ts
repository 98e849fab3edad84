import { academicAddress, directAddress, isAcademicPage } from '../../all-academic-address.js';
import type { FetchedDocument } from '../../document.js';
import type { Trail } from '../follow.js';

const hour = 3_600_000;

/** Enough for any page's head and menu. */
const headBytes = 65_536;

/** A list of the largest meeting has some thousand. */
const mostLinks = 20_000;

/** What every address has that leads on. */
const telling = /program_focus=|selected_\w+_id=|online_program_direct_link/;

const links = /\bhref\s{0,9}=\s{0,9}(?:"([^"<>]{1,2000})"|'([^'<>]{1,2000})')/gi;

/**
 * From the home page, the calendar or a list of an All Academic program over its lists by day and by session type to every session, and from there to every presentation, at
 * one request a second. Pages of another meeting, people, rooms, searches, personal schedules, exhibitors, advertisements, settings and sign-in are not followed. The address of one
 * session or presentation begins no trail: it is that page.
 */
export const allAcademicTrail: Trail = {
  name: 'all-academic',
  paceMs: 1000,
  obeysRobots: true,
  begins(first, address) {
    const { kind } = academicAddress(address).place;
    return kind !== 'session' && kind !== 'presentation' && isAcademicPage(headOf(first));
  },
  next(document, address) {
    const { meeting, place } = academicAddress(address);
    if (place.kind === 'presentation') return [];
    const seen = new Set<string>();
    const lists: string[] = [];
    const entries: string[] = [];
    for (const [, double, single] of textOf(document).matchAll(links)) {
      const href = (double ?? single ?? '').replaceAll('&amp;', '&').trim();
      if (seen.has(href) || !telling.test(href) || !URL.canParse(href, address.href)) continue;
      if (seen.add(href).size > mostLinks) break;
      const url = new URL(href, address);
      const led = academicAddress(url);
      if (led.meeting !== meeting) continue;
      if (led.place.kind === 'list') lists.push(url.href);
      else if (led.place.kind !== 'other') entries.push(directAddress(meeting, led.place));
    }
    if (place.kind === 'session') return entries;
    // A calendar leads from day to day without end: it is left where a day holds nothing.
    const ends = entries.length === 0 && isOneDay(address);
    return ends ? [] : [...lists, ...entries];
  },
  identity(address) {
    const { meeting, place } = academicAddress(address);
    if (place.kind === 'session' || place.kind === 'presentation') {
      return directAddress(meeting, place);
    }
    const parameters = new URLSearchParams(address.search);
    parameters.delete('PHPSESSID');
    parameters.delete('click_key');
    parameters.sort();
    return `${meeting}/index.php?${parameters.toString()}`;
  },
  // Sessions move while the meeting lasts, abstracts hardly ever change.
  freshMs: (address) => (academicAddress(address).place.kind === 'presentation' ? 24 * hour : hour),
  slim: (document) => ({
    ...document,
    bytes: Buffer.from(withoutMenus(textOf(document)), 'latin1'),
  }),
};

function isOneDay({ searchParams }: URL): boolean {
  return [...searchParams.keys()].some((name) => /(?:^|_)(?:day|date)$/i.test(name));
}

/** Byte for character, so that nothing is lost whatever the encoding; addresses are ASCII. */
function textOf({ bytes }: FetchedDocument): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}

function headOf({ bytes, name }: FetchedDocument): string {
  return textOf({ name, bytes: bytes.subarray(0, headBytes) });
}

/** Scripts, styles and the side menu are two thirds of a page. */
function withoutMenus(text: string): string {
  let slim = text;
  for (const name of ['script', 'style']) slim = without(slim, `<${name}`, `</${name}>`);
  const panel = slim.indexOf('<div data-role="panel"');
  const inside = panel === -1 ? -1 : slim.indexOf('>', panel) + 1;
  const header = inside <= 0 ? -1 : slim.indexOf('<div data-role="header"', inside);
  return header === -1 ? slim : `${slim.slice(0, inside)}</div>${slim.slice(header)}`;
}

function without(text: string, open: string, close: string): string {
  let kept = '';
  let from = 0;
  for (let at = text.indexOf(open); at !== -1; at = text.indexOf(open, from)) {
    const end = text.indexOf(close, at);
    if (end === -1) break;
    kept += text.slice(from, at);
    from = end + close.length;
  }
  return kept + text.slice(from);
}
