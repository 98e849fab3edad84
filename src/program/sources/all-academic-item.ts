import { isTag, type AnyNode, type Element } from 'domhandler';
import { elementsIn, lineIn, textsIn } from './html-page.js';

/** Somebody as a list names them. */
export interface AcademicPerson {
  readonly id?: string;
  readonly name: string;
  readonly affiliation?: string;
  /** Whether the surname stood twice, which is how the system shows one that was also entered as the middle name. */
  readonly doubled: boolean;
}

/** One entry of a list below a heading. */
export interface AcademicItem {
  /** What its link leads to. */
  readonly presentation?: string;
  readonly unit?: string;
  /** Its own time of day, as written. */
  readonly clock?: string;
  /** What is set in bold. */
  readonly title: string;
  readonly people: readonly AcademicPerson[];
}

interface Piece {
  readonly as: 'strong' | 'name' | 'text';
  readonly text: string;
}

const clock = /^\d{1,2}(?::\d\d(?:\s?[ap]\.?m\.?)?|\s?[ap]\.?m\.?)$/i;

/** A page that shows more below one heading is no page of a session. */
const mostEntries = 5000;
const mostPeople = 2000;

/** The entries of the lists below a heading, so many at most; a text without a list is one entry. */
export function itemsIn(blocks: readonly Element[]): readonly AcademicItem[] {
  const entriesOf = (block: Element): readonly Element[] => {
    const entries = [...elementsIn(block, ({ name }) => name !== 'li')].filter(
      ({ name }) => name === 'li',
    );
    return entries.length > 0 ? entries : [block];
  };
  return blocks.flatMap(entriesOf).slice(0, mostEntries).map(itemOf);
}

function itemOf(entry: Element): AcademicItem {
  const links = [...elementsIn(entry)].flatMap(({ name, attribs }) =>
    name === 'a' && attribs.href !== undefined ? [attribs.href] : [],
  );
  const linked = (parameter: RegExp) =>
    links.map((link) => parameter.exec(link)?.[1]).find((id) => id !== undefined);
  const pieces = piecesOf(entry);
  const bold = pieces.flatMap((piece, index) => (piece.as === 'strong' ? [{ piece, index }] : []));
  const timed = bold.find(({ piece }) => clock.test(piece.text));
  const titled = bold.find((one) => one !== timed);
  const behind = pieces.slice(((titled ?? timed)?.index ?? -1) + 1);
  const person = linked(/[?&]selected_people_id=(\d{1,12})/);
  const people = peopleIn(behind, titled !== undefined);
  const [only] = people;
  const presentation = linked(/(?:[?&]selected_paper_id=|\/view_paper\/)(\d{1,12})/);
  const unit = linked(/[?&]selected_sub_unit_id=(\d{1,12})/);
  return {
    ...(presentation !== undefined && { presentation }),
    ...(unit !== undefined && { unit }),
    ...(timed && { clock: timed.piece.text }),
    title: titled?.piece.text ?? (people.length === 0 ? lineIn(entry) : ''),
    people:
      person !== undefined && only && people.length === 1 ? [{ ...only, id: person }] : people,
  };
}

/** The texts of an entry, those in bold and those of names apart; each element is a piece of its own. */
function piecesOf(entry: Element): readonly Piece[] {
  const pieces: { as: Piece['as']; text: string; of: AnyNode | undefined }[] = [];
  for (const { text, parent } of textsIn(entry)) {
    const { as, of } = settingOf(parent, entry);
    const last = pieces.at(-1);
    if (last?.as === as && last.of === of) last.text += text.data;
    else pieces.push({ as, text: text.data, of });
  }
  return pieces.map(({ as, text }) => {
    const line = text.replace(/\s+/g, ' ');
    return { as, text: as === 'text' ? line : line.trim() };
  });
}

function settingOf(
  parent: Element | undefined,
  entry: Element,
): { readonly as: Piece['as']; readonly of: AnyNode | undefined } {
  let name: Element | undefined;
  for (
    let up = parent;
    up && up !== entry;
    up = up.parent && isTag(up.parent) ? up.parent : undefined
  ) {
    if (up.name === 'strong' || up.name === 'b') return { as: 'strong', of: up };
    if (up.name === 'i') name = up;
  }
  return name ? { as: 'name', of: name } : { as: 'text', of: undefined };
}

/** People stand as `Given Family, Affiliation, Place; Given Family, Affiliation`, the names in italics. */
function peopleIn(pieces: readonly Piece[], behindTitle: boolean): readonly AcademicPerson[] {
  if (!pieces.some(({ as, text }) => as === 'name' && text !== '')) {
    const text = pieces
      .map((piece) => piece.text)
      .join('')
      .replace(/^[\s|]+/, '');
    return behindTitle && !/^\s*[-–—]\s/.test(text)
      ? []
      : plainPeople(text.replace(/^\s*[-–—]\s/, ''));
  }
  const people: { readonly names: string[]; said: string; next: 'name' | 'text' | 'person' }[] = [];
  for (const { as, text } of pieces) {
    const last = people.at(-1);
    if (as === 'name' && (last === undefined || last.next === 'person')) {
      people.push({ names: [text], said: '', next: 'name' });
      if (people.length > mostPeople) break;
    } else if (as === 'name' && last?.next === 'name') last.names.push(text);
    else if (last && text.trim() !== '') {
      last.said += text;
      last.next = /;\s*$/.test(text) ? 'person' : 'text';
    }
  }
  return people.map(({ names, said }) => personOf(names, said));
}

function plainPeople(text: string): readonly AcademicPerson[] {
  return text
    .split(';', mostPeople)
    .map((one) => one.trim())
    .filter((one) => one !== '')
    .map((one) => {
      const comma = one.indexOf(',');
      return comma === -1 ? personOf([one], '') : personOf([one.slice(0, comma)], one.slice(comma));
    });
}

function personOf(names: readonly string[], said: string): AcademicPerson {
  const words = names.map((name) => name.replace(/,$/, '').trim());
  const doubled =
    words.length > 2 &&
    (names.at(-2)?.endsWith(',') ?? false) &&
    words.at(-1)?.toLowerCase() === words.at(-2)?.toLowerCase();
  if (doubled) words.pop();
  const affiliation = said
    .replace(/^[\s,]+/, '')
    .replace(/;\s*$/, '')
    .trim();
  return {
    name: words.filter((word) => word !== '').join(' '),
    doubled,
    // The system shows two dashes where none is given.
    ...(/[\p{L}\p{N}]/u.test(affiliation) && { affiliation }),
  };
}
