import { reasonOf } from '../../errors.js';
import { isAcademicPage } from '../all-academic-address.js';
import type { SourceDocument } from '../document.js';
import { report, unreadable, type Problems } from '../problem.js';
import type { Source, SourceSession } from '../source.js';
import { readAcademicPage, type AcademicPage } from './all-academic-page.js';
import {
  readAcademicPresentation,
  type AcademicPresentation,
} from './all-academic-presentation.js';
import type { AcademicReading } from './all-academic-reading.js';
import { readAcademicSession } from './all-academic-session.js';
import { joinPeople } from './all-academic-people.js';
import { mostFrequent } from './most-frequent.js';
import { yearOfDays } from './year-of-days.js';

/**
 * All Academic (https://www.allacademic.com/): the pages of an online program, saved or followed. A session page is a session; a presentation page gives the abstract and
 * the people's ids of the presentation with its id; a list by day tells the year of its days. Parsed as HTML, by headings and links and not by the place of an element.
 */
export const allAcademic: Source = {
  name: 'all-academic',
  title: 'All Academic pages',
  from: 'the address of the online program, or session pages saved from it (HTML), one or a folder of them',
  carries: [
    'sessions',
    'presentations with their own times',
    'rooms with building and floor',
    'units',
    'types',
    'people with roles and affiliations',
    'abstracts',
  ],
  lacks: ['the year of the days', 'languages', 'cancellations', 'co-sponsoring units', 'handles'],
  recognizes: isAcademicPage,
  read(documents, { address, zone, year, asOf }) {
    const problems: Problems = [];
    const pages = readPages(documents, problems);
    const shown = sessionPages(pages, problems);
    if (shown.length === 0) throw withoutSession(pages, documents, address, problems);
    const days = yearOfDays({ year, asOf, proven: pages.flatMap((page) => page.days) });
    const presentations = presentationsOf(pages);
    const around: AcademicReading = { days, zone, presentations, problems, noted: new Set() };
    const read = shown.map((page) => readAcademicSession(page, around));
    days.reportTo(problems);
    reportUnused(presentations, problems);
    const sessions: readonly SourceSession[] = read.flatMap((one) => one.sessions);
    return {
      program: {
        markup: 'plain',
        title: mostFrequent(shown.map(({ conference }) => conference)),
        url: mostFrequent(shown.map(({ home }) => home)),
        unitLabel: mostFrequent(read.map(({ unitLabel }) => unitLabel)),
        sessions: joinPeople(sessions),
      },
      problems,
    };
  },
};

function readPages(documents: readonly SourceDocument[], problems: Problems) {
  return documents.flatMap((document): AcademicPage[] => {
    const { name } = document;
    if (!/<\/html\s*>/i.test(document.text.slice(-2000))) {
      report(problems, 'dropped', 'page-truncated', {
        place: name,
        problem: 'the page ends before its </html>, so what it says may be half',
        remedy: 'Save or fetch it again, whole',
      });
      return [];
    }
    try {
      return [readAcademicPage(document)];
    } catch (thrown) {
      if (!(thrown instanceof RangeError)) throw thrown;
      report(problems, 'dropped', 'page-unreadable', {
        place: name,
        problem: `the page cannot be read (${reasonOf(thrown)})`,
        remedy: 'Save it again as the system shows it',
      });
      return [];
    }
  });
}

/** Each session once: one page may be there under two names. */
function sessionPages(pages: readonly AcademicPage[], problems: Problems): readonly AcademicPage[] {
  const seen = new Set<string>();
  return pages.filter((page) => {
    const { place, name, absence } = page;
    if (place.kind === 'presentation' || place.kind === 'list') return false;
    if (absence !== undefined) {
      report(problems, 'note', 'page-without-session', {
        place: name,
        problem: `it is ${absence}, and was left out`,
        remedy: 'Nothing, where that is meant',
      });
      return false;
    }
    if (place.kind === 'other' || !seen.has(place.id)) {
      if (place.kind !== 'other') seen.add(place.id);
      return true;
    }
    report(problems, 'note', 'page-twice', {
      place: name,
      problem: `session ${place.id} is there on an earlier page already`,
      remedy: 'Nothing, unless the earlier page is the older one: then remove that one',
    });
    return false;
  });
}

function withoutSession(
  pages: readonly AcademicPage[],
  documents: readonly SourceDocument[],
  address: string,
  problems: Problems,
) {
  const [page] = pages;
  const [problem] = problems;
  if (page === undefined && problem !== undefined) {
    const cut = problem.code === 'page-truncated';
    return unreadable(
      cut ? 'program-truncated' : 'program-malformed',
      documents.length === 1 ? address : problem.place,
      problem.problem,
      problem.remedy,
    );
  }
  const what =
    page?.absence ?? 'a page of a presentation, whose time stands on that of its session';
  return unreadable(
    what.includes('sign in') ? 'program-is-a-page' : 'program-empty',
    address,
    pages.length > 1 ? `none of its ${pages.length} pages shows a session` : `it is ${what}`,
    'Give the address of the public online program, or the saved page of each session',
  );
}

function presentationsOf(pages: readonly AcademicPage[]) {
  const presentations = new Map<string, AcademicPresentation>();
  for (const page of pages) {
    const { place } = page;
    if (place.kind !== 'presentation' || presentations.has(place.id)) continue;
    presentations.set(place.id, readAcademicPresentation(page));
  }
  return presentations;
}

function reportUnused(
  presentations: ReadonlyMap<string, AcademicPresentation>,
  problems: Problems,
): void {
  const unused = [...presentations.values()].filter(({ used }) => !used);
  const [first] = unused;
  if (!first) return;
  report(problems, 'note', 'presentation-without-session', {
    place: first.name,
    problem: `${unused.length} pages show presentations of no session that is there`,
    remedy: 'Save the pages of their sessions, too',
  });
}
