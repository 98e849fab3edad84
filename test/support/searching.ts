import { catalogOf } from '../../src/program/calendar/catalog.js';
import { lookup } from '../../src/program/lookup.js';
import type { Program } from '../../src/program/model.js';
import type { MarkedText } from '../../src/program/search/marks.js';
import {
  createSearch,
  type ProgramSearch,
  type SearchResult,
} from '../../src/program/search/search.js';
import { buildProgram, type SessionSketch } from './programs.js';

/** The search over a program, in its own zone. */
export function searchOver(program: Program, unitLabel?: string): Promise<ProgramSearch> {
  return createSearch(
    catalogOf(lookup(program), program.zone),
    unitLabel === undefined ? {} : { unitLabel },
  );
}

/** The search over a program from sketches. */
export function searchIn(sketches: readonly SessionSketch[], unitLabel?: string) {
  return searchOver(buildProgram(sketches), unitLabel);
}

/** A text with its marks in square brackets. */
export function bracketed({ text, ranges }: MarkedText): string {
  let [said, at] = ['', 0];
  for (const [from, to] of ranges) {
    said += `${text.slice(at, from)}[${text.slice(from, to)}]`;
    at = to;
  }
  return said + text.slice(at);
}

/** The titles of everything that was found: what is in the program first, then people, rooms and the like. */
export function titles({ hits, things }: SearchResult): readonly string[] {
  return [...hits, ...things].map(({ title }) => title.text);
}
