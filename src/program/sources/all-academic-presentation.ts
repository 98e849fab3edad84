import { itemsIn, type AcademicPerson } from './all-academic-item.js';
import type { AcademicPage, AcademicSection } from './all-academic-page.js';
import { paragraphsIn } from './html-page.js';
import { roleNamed } from './role-words.js';

/** What the page of a presentation adds to what its session's page says of it. */
export interface AcademicPresentation {
  /** File name or address. */
  readonly name: string;
  readonly address?: string;
  readonly abstract?: string;
  /** With their ids, which the session's page leaves out. */
  readonly people: readonly AcademicPerson[];
  /** Set once a session has it. */
  used: boolean;
}

const textual = /\b(?:abstract|overview|description|summary)\b/i;

/** Reads the page of a presentation. */
export function readAcademicPresentation(page: AcademicPage): AcademicPresentation {
  const abstract = abstractOf(page.sections);
  const people = page.sections
    .filter(({ heading }) => roleNamed(heading) !== undefined)
    .flatMap(({ blocks }) => itemsIn(blocks).flatMap((item) => item.people));
  return {
    name: page.name,
    ...(page.address !== undefined && { address: page.address }),
    ...(abstract !== undefined && { abstract }),
    people,
    used: false,
  };
}

/** The texts below the headings that announce one: abstract, brief overview, session description. */
export function abstractOf(sections: readonly AcademicSection[]): string | undefined {
  const text = sections
    .filter(isAbstract)
    .map(({ blocks }) => paragraphsIn(blocks))
    .filter((one) => one !== '')
    .join('\n\n');
  return text === '' ? undefined : text;
}

/** Whether a heading announces a text on the whole. */
export function isAbstract({ heading }: AcademicSection): boolean {
  return textual.test(heading);
}
