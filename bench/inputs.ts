import writeWorkbook from 'write-excel-file/node';

/** Programs of one size in the formats for which no large real one may be had; all invented. */

const first = Date.UTC(2030, 4, 1, 7);
const slotMs = 5_400_000;

interface Entry {
  readonly id: number;
  readonly title: string;
  readonly start: string;
  readonly end: string;
  readonly room: string;
  readonly unit: string;
  readonly chair: string;
  readonly papers: readonly { readonly title: string; readonly author: string }[];
}

const abstract =
  'We ask what nobody had asked before, count what can be counted, and find it is less than was thought. ';

/** So many sessions, sixty at a time, with three presentations each. */
function entries(count: number): readonly Entry[] {
  return Array.from({ length: count }, (_, id) => {
    const at = first + Math.floor(id / 60) * slotMs;
    return {
      id,
      title: `Session ${String(id)} on the methods of topic ${String(id % 97)}`,
      start: new Date(at).toISOString(),
      end: new Date(at + slotMs).toISOString(),
      room: `Room ${String(id % 60)}`,
      unit: `Section ${String(id % 40)}`,
      chair: `Chair Person${String(id % 4_000)}`,
      papers: [0, 1, 2].map((paper) => ({
        title: `Paper ${String(id)}.${String(paper)} and what it found`,
        author: `Author Name${String((id * 3 + paper) % 20_000)}`,
      })),
    };
  });
}

/** Our own JSON: every session with a chair and three presentations with authors and abstracts; ids may begin and titles end with something. */
export function callboardJsonOf(count: number, idPrefix = '', titleSuffix = ''): string {
  const sessions = entries(count).map(({ papers, chair, id, title, ...session }) => ({
    ...session,
    title: `${title}${titleSuffix}`,
    id: `${idPrefix}${String(id)}`,
    abstract: abstract.repeat(3),
    people: [{ name: chair, role: 'chair', affiliation: 'University of the Coast' }],
    presentations: papers.map(({ title: name, author }, paper) => ({
      id: `${idPrefix}${String(id)}-${String(paper)}`,
      title: `${name}${titleSuffix}`,
      abstract: abstract.repeat(5),
      people: [{ name: author, role: 'author', affiliation: 'Institute of Tides, Harbour' }],
    })),
  }));
  const head = { format: 'callboard-program', version: 1, title: 'Large', zone: 'Europe/Lisbon' };
  return JSON.stringify({ ...head, sessions });
}

/** A sheet with a row per session. */
export function csvOf(count: number): string {
  const rows = entries(count).map(({ id, title, start, end, room, unit, chair }) =>
    [id, title, start, end, room, unit, chair, `"${abstract}"`].join(','),
  );
  return ['Id,Title,Start,End,Room,Track,Chair,Abstract', ...rows].join('\n');
}

/** A sheet with a row per presentation, in which the cells of the session come back: the first row is the headings. */
export function rowsOf(count: number): readonly (readonly string[])[] {
  const rows = entries(count).flatMap(({ id, title, start, end, room, unit, chair, papers }) =>
    papers.map((paper, index) => [
      `s${String(id)}`,
      title,
      start,
      end,
      room,
      unit,
      `${chair} (University of the Coast)`,
      `On ${String(id)}: ${abstract}`,
      `p${String(id)}-${String(index)}`,
      paper.title,
      `${paper.author} (Institute of Tides)`,
      `Of ${String(id)}.${String(index)}: ${abstract.repeat(2)}`,
    ]),
  );
  return [rowHeadings, ...rows];
}

const rowHeadings = [
  'Session Id',
  'Session Title',
  'Start',
  'End',
  'Room',
  'Track',
  'Chair',
  'Session Abstract',
  'Presentation Id',
  'Presentation Title',
  'Author',
  'Presentation Abstract',
];

/** The same rows as CSV. */
export function presentationsCsvOf(count: number): string {
  return rowsOf(count)
    .map((row) => row.map((cell) => `"${cell}"`).join(','))
    .join('\n');
}

/** ConfTool's export of sessions, a row each, with two papers in numbered columns. */
export function confToolOf(count: number): string {
  const headings = [
    ...['session_ID', 'session_short', 'session_title', 'session_start', 'session_end'],
    ...['session_room', 'session_type', 'chair1', 'chair1_organisation'],
    ...['p1_paperID', 'p1_title', 'p1_authors', 'p1_organisations', 'p1_abstract'],
    ...['p2_paperID', 'p2_title', 'p2_authors', 'p2_organisations', 'p2_abstract'],
  ];
  const rows = entries(count).map(({ id, title, start, end, room, chair, papers }) => [
    ...[String(id), `S${String(id)}`, title, start, end, room, 'Paper Session'],
    ...[chair, 'University of the Coast'],
    ...papers
      .slice(0, 2)
      .flatMap((paper, at) => [
        `${String(id)}${String(at)}`,
        paper.title,
        `${paper.author} (1)`,
        '1: Institute of Tides',
        abstract,
      ]),
  ]);
  return [headings, ...rows].map((row) => row.map((cell) => `"${cell}"`).join(',')).join('\n');
}

/** The same rows as a workbook; its starts and ends are dates. */
export async function workbookOf(count: number): Promise<Uint8Array> {
  const data = rowsOf(count).map((row, at) =>
    row.map((cell, column) =>
      at > 0 && (column === 2 || column === 3)
        ? { value: new Date(cell), type: Date, format: 'yyyy-mm-dd hh:mm' }
        : cell,
    ),
  );
  return new Uint8Array(await writeWorkbook([{ sheet: 'Program', data }]).toBuffer());
}

/** schema.org data in a page. */
export function jsonLdPageOf(count: number): string {
  const subEvent = entries(count).map(({ id, title, start, end, room, chair }) => ({
    '@type': 'EducationEvent',
    '@id': `https://example.org/sessions/${String(id)}`,
    name: title,
    startDate: start,
    endDate: end,
    location: { '@type': 'Place', name: room },
    performer: { '@type': 'Person', name: chair },
    description: abstract,
  }));
  const event = { '@context': 'https://schema.org', '@type': 'Event', name: 'Large', subEvent };
  return `<!doctype html><html><head><title>Large</title><script type="application/ld+json">${JSON.stringify(event)}</script></head><body></body></html>`;
}

/** Indico's contributions. */
export function indicoOf(count: number): string {
  const moment = (iso: string) => ({ date: iso.slice(0, 10), time: iso.slice(11, 19), tz: 'UTC' });
  const contributions = entries(count).map(({ id, title, start, end, room, chair }) => ({
    _type: 'Contribution',
    id: String(id),
    title,
    startDate: moment(start),
    endDate: moment(end),
    duration: 90,
    room,
    description: abstract,
    speakers: [{ first_name: 'Chair', last_name: chair, affiliation: 'University of the Coast' }],
  }));
  const event = { _type: 'Conference', id: '1', title: 'Large', timezone: 'UTC', contributions };
  return JSON.stringify({ count: 1, _type: 'HTTPAPIResult', results: [event] });
}

/** What Sched's API lists. */
export function schedOf(count: number): string {
  const wall = (iso: string) => iso.slice(0, 16).replace('T', ' ');
  return JSON.stringify(
    entries(count).map(({ id, title, start, end, room, unit, chair }) => ({
      event_key: String(id),
      name: title,
      event_start: wall(start),
      event_end: wall(end),
      event_type: unit,
      venue: room,
      speakers: chair,
      description: abstract,
      active: 'Y',
    })),
  );
}
