import { sourceId } from '../identity.js';
import { excerpt, report } from '../problem.js';
import type {
  SourceParticipation,
  SourcePresentation,
  SourceSession,
  SourceUnit,
} from '../source.js';
import { itemsIn, type AcademicItem, type AcademicPerson } from './all-academic-item.js';
import type { AcademicPage, AcademicSection } from './all-academic-page.js';
import { abstractOf, isAbstract, type AcademicPresentation } from './all-academic-presentation.js';
import { noteOnce, type AcademicReading } from './all-academic-reading.js';
import { academicTimes, type AcademicTimes } from './all-academic-times.js';
import { roomAt } from './all-academic-room.js';
import { roleNamed } from './role-words.js';

/** A session for every date of the page. */
export function readAcademicSession(
  page: AcademicPage,
  around: AcademicReading,
): { readonly sessions: readonly SourceSession[]; readonly unitLabel: string | undefined } {
  const dates = academicTimes(page, around);
  const parts = partsOf(page, around);
  const id = 'id' in page.place ? page.place.id : undefined;
  const sessions = (dates.length > 0 ? dates : [undefined]).map((date, index): SourceSession => {
    const nth = index === 0 ? '' : `/${index + 1}`;
    return {
      place: page.name,
      ids: [
        ...(index === 0 ? [] : sourceId('allacademic', id && id + nth)),
        ...sourceId('allacademic', id),
      ],
      title: page.title,
      start: date?.start,
      end: date?.end,
      room: date && roomAt(date.place),
      unit: parts.unit,
      type: page.type,
      abstract: abstractOf(page.sections),
      url: page.address,
      cancelled: /^[\s*([]{0,5}cancell?ed\b/i.test(page.title),
      people: parts.people,
      presentations: parts.presentations.map((one) => presentationOf(one, { date, nth, page })),
    };
  });
  if (dates.length > 1) {
    report(around.problems, 'note', 'several-dates', {
      place: page.name,
      problem: `"${excerpt(page.title)}" is there on ${dates.length} dates; each is a session of its own`,
      remedy: 'Nothing, where each is to be announced',
    });
  }
  return { sessions, unitLabel: parts.unitLabel };
}

interface Parts {
  readonly people: readonly SourceParticipation[];
  readonly presentations: readonly PresentedItem[];
  readonly unit: SourceUnit | undefined;
  readonly unitLabel: string | undefined;
}

interface PresentedItem extends AcademicItem {
  readonly page?: AcademicPresentation;
  readonly text?: string;
}

/** Headings are told by what their entries link to, then by their words: every conference has its own. */
function partsOf(page: AcademicPage, around: AcademicReading): Parts {
  const people: (readonly SourceParticipation[])[] = [];
  const presentations: PresentedItem[] = [];
  const units: { readonly unit: SourceUnit; readonly label: string }[] = [];
  for (const section of page.sections) {
    const { heading } = section;
    if (isAbstract(section)) continue;
    const items = itemsIn(section.blocks);
    if (items.some(({ unit }) => unit !== undefined)) {
      if (/^co-?\s?sponsor/i.test(heading)) continue;
      for (const { unit, title } of items) {
        units.push({ unit: { ids: sourceId('allacademic', unit), name: title }, label: heading });
      }
    } else if (items.some(({ presentation }) => presentation !== undefined)) {
      for (const item of items) presentations.push(presented(item, around));
    } else if (/^audience participation$/i.test(heading)) {
      for (const item of items) presentations.push({ ...item, title: heading, text: item.title });
    } else {
      people.push(peopleOf(section, items, page, around));
    }
  }
  const [first, second] = units;
  if (second) {
    noteOnce(around, page.name, 'note', 'several-units', {
      place: page.name,
      problem: `"${excerpt(page.title)}" names ${units.length} units; the first is taken, "${excerpt(first?.unit.name ?? '')}"`,
      remedy: 'Nothing, or let the system name the unit first under which it is to be announced',
    });
  }
  for (const item of presentations) {
    for (const person of item.people) sayDoubled(person, page, around);
  }
  return {
    people: people.flat(),
    presentations,
    unit: first?.unit,
    unitLabel: first && singular(first.label),
  };
}

function presented(item: AcademicItem, { presentations }: AcademicReading): PresentedItem {
  const page = item.presentation === undefined ? undefined : presentations.get(item.presentation);
  if (!page) return item;
  page.used = true;
  const ids = new Map(page.people.map(({ name, id }) => [name.toLowerCase(), id]));
  const people = item.people.map((person): AcademicPerson => {
    const id = person.id ?? ids.get(person.name.toLowerCase());
    return id === undefined ? person : { ...person, id };
  });
  return { ...item, page, people: people.length > 0 ? people : page.people };
}

function peopleOf(
  { heading }: AcademicSection,
  items: readonly AcademicItem[],
  page: AcademicPage,
  around: AcademicReading,
): readonly SourceParticipation[] {
  const role = roleNamed(heading);
  const linked = items.some(({ people }) => people.some(({ id }) => id !== undefined));
  if (role === undefined) {
    noteOnce(around, heading, 'note', linked ? 'role-unknown' : 'heading-unknown', {
      place: page.name,
      problem: linked
        ? `what people do under the heading "${excerpt(heading)}" is not known, so they are participants`
        : `what stands under the heading "${excerpt(heading)}" is left out, in "${excerpt(page.title)}" and elsewhere`,
      remedy: 'Nothing, where that is meant',
    });
    if (!linked) return [];
  }
  return items.flatMap(({ people }) =>
    people.map((person): SourceParticipation => {
      sayDoubled(person, page, around);
      return partOf(person, role ?? 'participant');
    }),
  );
}

function presentationOf(
  item: PresentedItem,
  {
    date,
    nth,
    page,
  }: {
    readonly date: AcademicTimes | undefined;
    readonly nth: string;
    readonly page: AcademicPage;
  },
): SourcePresentation {
  const id = item.presentation;
  const address = item.page?.address;
  return {
    place: `${page.name}, "${excerpt(item.title)}"`,
    ids: sourceId('allacademic', id && id + nth),
    title: item.title,
    start: item.clock === undefined ? undefined : date?.within(item.clock),
    abstract: item.page?.abstract ?? item.text,
    people: item.people.map((person) => partOf(person, 'author')),
    links: address === undefined ? [] : [{ url: address }],
    cancelled: false,
  };
}

function partOf(
  { id, name, affiliation }: AcademicPerson,
  role: SourceParticipation['role'],
): SourceParticipation {
  return { person: { ids: sourceId('allacademic', id), name, affiliation }, role, affiliation };
}

function singular(label: string): string | undefined {
  if (/^(?:sub[- ]?)?units?$/i.test(label)) return undefined;
  return label
    .replace(/\(s\)$/i, '')
    .replace(/ies$/i, 'y')
    .replace(/([^s])s$/i, '$1')
    .trim();
}

function sayDoubled(
  { doubled, name }: AcademicPerson,
  page: AcademicPage,
  around: AcademicReading,
): void {
  if (!doubled) return;
  noteOnce(around, name, 'repaired', 'name-doubled', {
    place: page.name,
    problem: `the surname of ${excerpt(name)} is written twice, once as a middle name; one was taken out`,
    remedy: 'Correct the name in the system',
  });
}
