import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Program } from '../../../src/program/model.js';
import { atomsOf, placesOfRow } from '../../../src/program/search/atoms.js';
import { textFields } from '../../../src/program/search/documents.js';
import type { Hit } from '../../../src/program/search/hit.js';
import { quoted } from '../../../src/program/search/query.js';
import { buildProgram, type SessionSketch } from '../../support/programs.js';
import { searchOver } from '../../support/searching.js';

const words = fc.constantFrom(
  ...['climate', 'Climate', 'politics', 'Böhmelt', 'boehmelt', 'Łódź', 'the', 'of', "l'État"],
  ...[
    'U.S.',
    'COVID-19',
    '東京',
    '会議',
    'ประเทศไทย',
    'مُحَمَّد',
    '👩‍🚀',
    'e\u0301tat',
    '"quoted"',
    '(x)',
    '…',
  ],
);
const lines = fc
  .array(fc.oneof({ weight: 4, arbitrary: words }, fc.string({ unit: 'grapheme', maxLength: 8 })), {
    minLength: 1,
    maxLength: 6,
  })
  .map((all) => all.join(' ').replace(/\s+/g, ' ').trim())
  .filter((text) => text !== '');
const sketches: fc.Arbitrary<SessionSketch> = fc.record(
  {
    title: lines,
    start: fc.constantFrom('2030-09-14T07:00Z', '2030-09-14T12:00Z', '2030-09-15T20:00Z'),
    room: fc.constantFrom('Hall 2', 'Hall 20', 'Saal Ö', '…'),
    unit: fc.constantFrom('Methods', 'methods', 'Data'),
    type: fc.constantFrom('Panel', 'Round table'),
    abstract: lines,
    people: fc.subarray(['Ana Silva', 'Ana Silva Costa', 'Tobias Böhmelt', '早川 みなと']),
    presentations: fc.array(fc.record({ title: lines, people: fc.subarray(['Ana Silva']) }), {
      maxLength: 2,
    }),
  },
  { requiredKeys: ['title'] },
);
const programs = fc.array(sketches, { maxLength: 8 }).map((all) => buildProgram(all));
const runs = { numRuns: 60 };
const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** All texts of a hit, with those of its people, room, unit and type. */
function textsOf({ session, presentation, title }: Hit, program: Program): readonly string[] {
  const thing = presentation ?? session;
  const named = (key: string | undefined, all: readonly { key: string; name: string }[]) =>
    all.filter((one) => one.key === key).map(({ name }) => name);
  return [
    title.text,
    presentation ? undefined : session?.subtitle,
    thing?.abstract,
    ...(thing?.people ?? []).flatMap(({ person }) => named(person, program.people)),
    ...named(session?.room, program.rooms),
    ...named(session?.unit, program.units),
    session?.type,
  ].filter((text) => text !== undefined);
}

test('every session is found by its own title as a phrase', async () => {
  await fc.assert(
    fc.asyncProperty(programs, async (program) => {
      const search = await searchOver(program);
      for (const { key, title } of program.sessions) {
        if (atomsOf(title).length === 0) continue;
        const { hits } = search.search(quoted(title), { limit: 100 });
        expect(hits.map((hit) => hit.key)).toContain(key);
      }
    }),
    runs,
  );
});

test('what is taken out is in no hit', async () => {
  await fc.assert(
    fc.asyncProperty(programs, words, async (program, word) => {
      const unwanted = atomsOf(word);
      if (unwanted.length === 0) return;
      const search = await searchOver(program);
      const { hits } = search.search(`-${quoted(word)}`, { limit: 100 });
      for (const hit of hits) {
        for (const text of textsOf(hit, program)) {
          expect(placesOfRow(atomsOf(text), unwanted)).toEqual([]);
        }
      }
    }),
    runs,
  );
});

test('marks lie in the text, in order, and cut no letter', async () => {
  await fc.assert(
    fc.asyncProperty(programs, fc.array(words, { maxLength: 3 }), async (program, typed) => {
      const search = await searchOver(program);
      const { hits, things } = search.search(typed.join(' '), { limit: 100 });
      const marked = [...hits, ...things].flatMap(({ title, matched }) =>
        matched ? [title, matched] : [title],
      );
      for (const { text, ranges } of [
        ...marked,
        ...search.suggest(typed.join(' '), 8).map(({ title }) => title),
      ]) {
        const borders = new Set([
          ...Array.from(segmenter.segment(text), ({ index }) => index),
          text.length,
        ]);
        let last = 0;
        for (const [from, to] of ranges) {
          expect(from).toBeGreaterThanOrEqual(last);
          expect(to).toBeGreaterThan(from);
          expect(borders.has(from) && borders.has(to)).toBe(true);
          last = to;
        }
      }
    }),
    runs,
  );
});

test('a filter lets through what it names and nothing else, and a facet counts it', async () => {
  await fc.assert(
    fc.asyncProperty(programs, words, async (program, word) => {
      const search = await searchOver(program);
      const { facets, query } = search.search(word);
      for (const part of ['room', 'unit', 'type', 'day'] as const) {
        for (const { filter, name, count } of facets[part]) {
          const { hits, total } = search.search(`${query.text} ${filter}`, { limit: 100 });
          expect(total).toBe(count);
          for (const { session } of hits) {
            const value = {
              room: program.rooms.find(({ key }) => key === session?.room)?.name,
              unit: program.units.find(({ key }) => key === session?.unit)?.name,
              type: session?.type,
              day:
                session && search.catalog.days.find((day) => day.sessions.includes(session))?.name,
            }[part];
            expect(value).toBe(name);
          }
        }
      }
    }),
    runs,
  );
});

test('nothing that is typed makes the search throw, and what it offers instead finds something', async () => {
  const search = await searchOver(
    buildProgram([
      { title: 'Climate politics', room: 'Hall 2', people: ['Ana Silva'], abstract: 'On 東京' },
      { title: 'Public opinion', unit: 'Methods', type: 'Panel' },
    ]),
  );
  const pieces = fc.constantFrom(
    ...['climate', 'politisc', 'opinion', '"', '-', 'OR', ' ', ' ', 'person:', 'room:hall', 'day:'],
    ...['monday', 'after:', '12:00', '東京', 'silva', '(', '\u0000', '\ud800', '.*', 'unit:x'],
  );
  const texts = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.array(pieces, { maxLength: 14 }).map((all) => all.join('')),
  );
  fc.assert(
    fc.property(texts, (text) => {
      const { total, relaxations, hits, counts } = search.search(text, { limit: 100 });
      expect(hits.length).toBe(counts.session + counts.presentation);
      expect(total).toBeGreaterThanOrEqual(hits.length);
      for (const { text: other, count } of relaxations) {
        expect(search.search(other).total).toBe(count);
        expect(count).toBeGreaterThan(0);
      }
      search.suggest(text, 8);
    }),
    { numRuns: 300, examples: [['room:hall silva"12:00']] },
  );
});

test('what narrows a query is no part of a phrase that was left open', async () => {
  const search = await searchOver(buildProgram([{ title: 'Climate politics', unit: 'Methods' }]));
  const { query, facets } = search.search('"climate politics');
  const [facet] = facets.unit;
  expect(search.search(`${query.text} ${facet?.filter ?? ''}`).total).toBe(1);
});

test('the fields by which things are found are the ones that this file knows', () => {
  expect(textFields).toEqual(['title', 'subtitle', 'abstract', 'affiliation', 'building']);
});
