import { isTag, isText, type AnyNode, type Document, type Element } from 'domhandler';
import { academicAddress, type AcademicPlace } from '../all-academic-address.js';
import type { SourceDocument } from '../document.js';
import { readDay, type WrittenDay } from './clock-span.js';
import { elementsIn, firstIn, lineIn, paragraphsIn, parsePage } from './html-page.js';

/** A heading of a page with the lists and texts below it. */
export interface AcademicSection {
  readonly heading: string;
  readonly blocks: readonly Element[];
}

/** What one page of an All Academic program shows. */
export interface AcademicPage {
  /** File name or address, for problems. */
  readonly name: string;
  readonly place: AcademicPlace;
  /** Direct link, where the page says one. */
  readonly address?: string;
  /** Address of the program. */
  readonly home?: string;
  /** The conference as the page is headed. */
  readonly conference?: string;
  readonly title: string;
  /** Lines between the title and the first heading, among them the times. */
  readonly lines: readonly string[];
  readonly type?: string;
  readonly sections: readonly AcademicSection[];
  /** Days that a list writes with their year. */
  readonly days: readonly WrittenDay[];
  /** Why it holds no part of the program. */
  readonly absence?: string;
}

const typeLabel = /^(?:session )?submission type\s*:\s*/i;

/**
 * Reads what stands on a page, whatever it is.
 *
 * @throws RangeError where it is no page of sensible size
 */
export function readAcademicPage(document: SourceDocument): AcademicPage {
  const root = parsePage(document.text);
  const facts = factsOf(root, document);
  const heading = headingOf(root);
  const { lines, type, sections } = heading ? contentOf(heading) : emptyContent;
  const isSession =
    facts.place.kind === 'session' || (facts.place.kind === 'other' && type !== undefined);
  const shown = isSession || facts.place.kind === 'presentation';
  const days = shown ? [] : daysIn(root);
  const place = !shown && days.length > 0 ? ({ kind: 'list' } as const) : facts.place;
  return {
    name: document.name,
    ...facts,
    place,
    title: lineIn(heading),
    lines,
    ...(type !== undefined && { type }),
    sections,
    days,
    ...(!(shown && heading) && { absence: absenceOf(root, place) }),
  };
}

type Facts = Pick<AcademicPage, 'place' | 'address' | 'home' | 'conference'>;

/** What the page says of itself: in its head, in the field with its direct link, or else by the address that it was fetched from. */
function factsOf(root: Document, { name }: SourceDocument): Facts {
  const addresses: string[] = [];
  let conference: string | undefined;
  let marked: AcademicPlace | undefined;
  for (const { name: element, attribs } of elementsIn(root)) {
    if (element === 'link' && attribs.rel === 'canonical') addresses.unshift(attribs.href ?? '');
    if (element === 'meta' && attribs.property === 'og:url') addresses.push(attribs.content ?? '');
    if (element === 'meta' && attribs.property === 'og:site_name') conference ??= attribs.content;
    if (element === 'input' && attribs.value?.includes('online_program_direct_link') === true) {
      addresses.push(attribs.value);
    }
    const id = /^#?(\d{1,12})$/.exec(attribs.href ?? '')?.[1];
    if (attribs.id === 'add_personal_schedule' && id !== undefined) {
      const kind = attribs.submission_type === 'session' ? 'session' : 'presentation';
      marked ??= { kind, id };
    }
  }
  for (const address of [...addresses, name]) {
    const url = /^https?:/i.test(address) && URL.canParse(address) ? new URL(address) : undefined;
    const found = url && academicAddress(url);
    if (!found || found.place.kind === 'other') continue;
    return {
      place: found.place,
      home: `${found.meeting}/`,
      ...('id' in found.place && addresses.includes(address) && { address }),
      ...(conference !== undefined && { conference }),
    };
  }
  return {
    place: marked ?? { kind: 'other' },
    ...(conference !== undefined && { conference }),
  };
}

const aside = (element: Element) =>
  /^(?:panel|header|footer|popup|navbar)$/.test(element.attribs['data-role'] ?? '');

function headingOf(root: Document): Element | undefined {
  for (const element of elementsIn(root, (one) => !aside(one))) {
    if (element.name === 'h3' && !aside(element)) return element;
  }
  return undefined;
}

type Content = Pick<AcademicPage, 'lines' | 'type' | 'sections'>;
const emptyContent: Content = { lines: [], sections: [] };
const leaves = new Set(['h4', 'ul', 'ol', 'p', 'strong', 'b', 'blockquote', 'table']);

/** Everything behind the title in the part of the page that it stands in. */
function contentOf(title: Element): Content {
  const lines: string[] = [];
  const sections: { readonly heading: string; readonly blocks: Element[] }[] = [];
  let type: string | undefined;
  let begun = false;
  const enter = (one: Element) => one !== title && !aside(one) && !leaves.has(one.name);
  for (const element of elementsIn(partAround(title), enter)) {
    if (element === title) begun = true;
    if (!begun || !leaves.has(element.name)) continue;
    const section = sections.at(-1);
    if (element.name === 'h4') sections.push({ heading: headed(element), blocks: [] });
    else if (section) section.blocks.push(element);
    else {
      for (const line of paragraphsIn([element]).split('\n')) {
        if (typeLabel.test(line)) type ??= line.replace(typeLabel, '').trim();
        else if (line !== '') lines.push(line);
      }
    }
  }
  return { lines, sections, ...(type !== undefined && type !== '' && { type }) };
}

function headed(element: Element): string {
  return lineIn(element).replace(/\s*:$/, '');
}

function partAround(title: Element): AnyNode {
  for (let up: AnyNode | null = title.parent; up; up = up.parent) {
    if (isTag(up) && up.attribs['data-role'] === 'content') return up;
  }
  return title.parent ?? title;
}

function daysIn(root: Document): readonly WrittenDay[] {
  const days: WrittenDay[] = [];
  for (const element of elementsIn(root)) {
    if (element.attribs['data-role'] !== 'list-divider' && !/^h[1-4]$/.test(element.name)) continue;
    const read = readDay(lineIn(element).slice(0, 200));
    if (read?.day.year !== undefined) days.push(read.day);
  }
  return days;
}

/** In words that fit behind "it is". */
function absenceOf(root: Document, { kind }: AcademicPlace): string {
  for (const { name, attribs } of elementsIn(root)) {
    if (name === 'input' && attribs.type?.toLowerCase() === 'password') {
      return 'a page on which to sign in';
    }
  }
  const title = firstIn(root, 'title');
  const said = `${title ? titleText(title) : ''} ${paragraphsIn([root]).slice(0, 5000)}`;
  if (/\b(?:maintenance|temporarily (?:down|unavailable)|not (?:yet )?available)\b/i.test(said)) {
    return 'a page that says that the program is not available';
  }
  if (kind === 'list') return 'a list of sessions';
  if (/\bsearch results?\b|\bno results\b/i.test(said)) return 'a page of search results';
  return 'a page of the system without a session';
}

function titleText(title: Element): string {
  const [text] = title.children;
  return text && isText(text) ? text.data : '';
}
