import { roles, type Role } from '../model.js';
import {
  columnsOf,
  holdsAddresses,
  holdsClocks,
  holdsDays,
  holdsMidnights,
  isInWords,
  repeats,
  samplesOf,
  type Column,
} from './column-values.js';
import { textFields, type Columns, type TableMapping } from './mapping.js';
import type { Sheet } from './sheet.js';
import { fieldHeadings, plainHeading, presentationHeadings, roleHeadings } from './synonyms.js';
import { tableIn, type Table } from './table.js';

/** A column that a mapping would take, and why. */
export interface ProposedColumn {
  /** `title`, `chair`, `presentation.title`. */
  readonly field: string;
  readonly column: string;
  /** Its heading says so, or only its values look like it. */
  readonly by: 'heading' | 'values';
  readonly samples: readonly string[];
}

/** A mapping as headings and values suggest it. */
export interface Proposal {
  readonly mapping: TableMapping;
  readonly taken: readonly ProposedColumn[];
  /** Columns that nothing takes. */
  readonly left: readonly { readonly column: string; readonly samples: readonly string[] }[];
  /** What every session needs and no column seems to hold. */
  readonly missing: readonly ('title' | 'start' | 'date')[];
}

const known = new Set([
  ...Object.values(fieldHeadings).flat(),
  ...Object.values(roleHeadings).flat(),
  ...Object.values(presentationHeadings).flat(),
]);

/** Whether a heading is one of those that spreadsheets of programs usually have. */
export function isKnownHeading(heading: string): boolean {
  const plain = plainHeading(heading);
  return known.has(plain) || known.has(plain.replace(/\s?\d+$/, ''));
}

/**
 * Proposes which columns of a spreadsheet are what: by their headings, in several languages, and by their values where those are days or times. A second
 * sheet that names sessions and titles holds presentations.
 */
export function proposeMapping(sheets: readonly Sheet[]): Proposal {
  const tables = sheets.flatMap(
    (sheet) => tableIn(sheet, isKnownHeading, sheets.length === 1) ?? [],
  );
  const tried = tables.map((table) => ({ table, proposal: proposeFor(table) }));
  const chosen = tried.find(({ proposal }) => proposal.missing.length === 0) ?? tried[0];
  if (!chosen) return { mapping: {}, taken: [], left: [], missing: ['title', 'start'] };
  const { table, proposal } = chosen;
  const named = tables.length > 1 ? { sheet: table.name } : {};
  if (proposal.mapping.presentation !== undefined)
    return { ...proposal, mapping: { ...named, ...proposal.mapping } };
  const others = tables.filter((other) => other !== table);
  const second = others.flatMap((other) => presentationsIn(other) ?? [])[0];
  if (!second) return { ...proposal, mapping: { ...named, ...proposal.mapping } };
  return {
    ...proposal,
    mapping: { ...named, ...proposal.mapping, presentation: second.mapping },
    taken: [...proposal.taken, ...second.taken],
  };
}

/** Columns as they are being given away. */
class Taking {
  readonly taken: ProposedColumn[] = [];
  private readonly free: Set<Column>;

  constructor(readonly all: readonly Column[]) {
    this.free = new Set(all);
  }

  /** The first free column with one of the headings, the clearest heading first. */
  find(headings: readonly string[], fits: (column: Column) => boolean = () => true) {
    const plain = [...this.free].map((column) => [plainHeading(column.name), column] as const);
    for (const heading of headings) {
      const found = plain.find(([name, column]) => name === heading && fits(column));
      if (found) return found[1];
    }
    return undefined;
  }

  /** All free columns with one of the headings, and those numbered after it: `Chair 1`, `Chair 2`. */
  findAll(headings: readonly string[]): readonly Column[] {
    return [...this.free].filter(({ name }) =>
      headings.includes(plainHeading(name).replace(/\s?\d+$/, '')),
    );
  }

  findBy(fits: (column: Column) => boolean): Column | undefined {
    const found = [...this.free].filter(fits);
    return found.length === 1 ? found[0] : undefined;
  }

  take(field: string, columns: readonly Column[], by: 'heading' | 'values' = 'heading'): Columns {
    for (const column of columns) {
      this.free.delete(column);
      this.taken.push({ field, column: column.name, by, samples: samplesOf(column) });
    }
    const [only = '', ...others] = columns.map(({ name }) => name);
    return others.length === 0 ? only : [only, ...others];
  }

  get left(): Proposal['left'] {
    return [...this.free].map((column) => ({ column: column.name, samples: samplesOf(column) }));
  }
}

type Draft = { -readonly [Field in keyof TableMapping]: TableMapping[Field] };
type PresentationDraft = {
  -readonly [Field in keyof NonNullable<TableMapping['presentation']>]: NonNullable<
    TableMapping['presentation']
  >[Field];
};

const values: Partial<Record<(typeof textFields)[number], (column: Column) => boolean>> = {
  stream: holdsAddresses,
  recording: holdsAddresses,
  url: holdsAddresses,
  start: (column) => holdsClocks(column),
  end: (column) => holdsClocks(column),
  date: (column) => holdsDays(column),
  cancelled: (column) => plainHeading(column.name) !== 'status' || isInWords(column),
};

function proposeFor(table: Table): Proposal {
  const columns = columnsOf(table);
  const taking = new Taking(columns);
  const draft: Draft = {};
  const presentation: PresentationDraft = {};
  const isSplit = takeTitles(taking, draft, presentation);
  for (const field of textFields) {
    if (field === 'title') continue;
    const headings = isSplit ? ofSessions(field) : fieldHeadings[field];
    const found = taking.find(headings, values[field]);
    if (found) draft[field] = taking.take(field, [found]);
  }
  takeTimes(taking, draft, columns);
  takePeople(taking, draft, presentation, isSplit);
  if (isSplit) takePresentationFields(taking, presentation);
  return {
    mapping: isSplit ? { ...draft, presentation } : draft,
    taken: taking.taken,
    left: taking.left,
    missing: missingIn(draft, columns),
  };
}

/** Where sessions and presentations have titles of their own, a row is a presentation. */
function takeTitles(taking: Taking, draft: Draft, presentation: PresentationDraft): boolean {
  const session = taking.find(sessionWords.filter((word) => fieldHeadings.title.includes(word)));
  const own = taking.find(presentationHeadings.title, (column) => column !== session);
  if (session && own && (repeats(session) || own.values.length > session.values.length)) {
    draft.title = taking.take('title', [session]);
    presentation.title = taking.take('presentation.title', [own]);
    return true;
  }
  const title = taking.find(fieldHeadings.title);
  if (title) draft.title = taking.take('title', [title]);
  return false;
}

/** Headings that name the session itself, as against its presentations. */
const sessionWords: readonly string[] = fieldHeadings.title.filter((heading) =>
  /^(?:.*\b(?:session|panel|sesion|sessione)\b.*|sitzung.*|.*sitzung|sessao)$/.test(heading),
);

/** In rows of presentations, what both may have belongs to the presentation unless the heading says session. */
function ofSessions(field: (typeof textFields)[number]): readonly string[] {
  const shared = ['id', 'abstract'];
  const headings = fieldHeadings[field];
  return shared.includes(field)
    ? headings.filter((heading) => /session|sitzung|sesion/.test(heading))
    : headings;
}

function takeTimes(taking: Taking, draft: Draft, columns: readonly Column[]): void {
  const named = (column: Columns | undefined) => columns.find(({ name }) => name === column);
  const date = named(draft.date);
  if (draft.start === undefined && date && holdsClocks(date) && !holdsMidnights(date)) {
    draft.start = draft.date;
    draft.date = undefined;
    const at = taking.taken.findIndex(({ field }) => field === 'date');
    const entry = taking.taken[at];
    if (entry) taking.taken[at] = { ...entry, field: 'start' };
  }
  if (draft.start === undefined) {
    const found = taking.findBy(
      (column) => holdsClocks(column, 'nearly all') && !holdsMidnights(column),
    );
    if (found) draft.start = taking.take('start', [found], 'values');
  }
  const start = named(draft.start);
  if (draft.date === undefined && start && !holdsDays(start)) {
    const found = taking.findBy((column) => holdsDays(column, 'nearly all'));
    if (found) draft.date = taking.take('date', [found], 'values');
  }
}

function takePeople(
  taking: Taking,
  draft: Draft,
  presentation: PresentationDraft,
  isSplit: boolean,
): void {
  const ofPresentations: readonly Role[] = ['presenter', 'author', 'lecturer'];
  for (const role of roles) {
    const found = taking.findAll(roleHeadings[role] ?? []);
    if (found.length === 0) continue;
    const isOwn = isSplit && ofPresentations.includes(role);
    const columns = taking.take(isOwn ? `presentation.${role}` : role, found);
    if (isOwn) presentation[role] = columns;
    else draft[role] = columns;
  }
}

function takePresentationFields(taking: Taking, presentation: PresentationDraft): void {
  for (const field of ['id', 'abstract', 'start', 'end'] as const) {
    const found = taking.find(presentationHeadings[field], values[field]);
    if (found) presentation[field] = taking.take(`presentation.${field}`, [found]);
  }
}

function presentationsIn(
  table: Table,
): { readonly mapping: PresentationDraft; readonly taken: readonly ProposedColumn[] } | undefined {
  const taking = new Taking(columnsOf(table));
  const session = taking.find(presentationHeadings.session);
  const title = taking.find(presentationHeadings.title, (column) => column !== session);
  if (!session || !title) return undefined;
  const mapping: PresentationDraft = {
    sheet: table.name,
    session: taking.take('presentation.session', [session]),
    title: taking.take('presentation.title', [title]),
  };
  takePeople(taking, {}, mapping, true);
  takePresentationFields(taking, mapping);
  return { mapping, taken: taking.taken };
}

function missingIn(draft: Draft, columns: readonly Column[]): Proposal['missing'] {
  const start = columns.find(({ name }) => name === draft.start);
  return [
    ...(draft.title === undefined ? (['title'] as const) : []),
    ...(draft.start === undefined ? (['start'] as const) : []),
    ...(start && draft.date === undefined && !holdsDays(start) ? (['date'] as const) : []),
  ];
}
