import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { Ajv } from 'ajv';
import fc from 'fast-check';
import { format, resolveConfig } from 'prettier';
import { describe, expect, it } from 'vitest';

import { roles, type Key, type Program } from '../../src/program/model.js';
import { toLine, toPlainText } from '../../src/program/plain-text.js';
import { programSchema } from '../../src/program/sources/callboard-shape.js';
import { programFile, writeProgram } from '../../src/program/write-json.js';
import { brokenPromises, codes, read, titled } from '../support/program-readings.js';

const json = (path: string) =>
  JSON.parse(readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')) as object;
const schema = json('config/program.schema.json');
const validate = new Ajv({ allErrors: true }).compile(schema);

const program = (fields: object) =>
  read(
    JSON.stringify({
      format: 'callboard-program',
      version: 1,
      title: 'T',
      zone: 'Europe/Lisbon',
      sessions: [],
      ...fields,
    }),
  );
const slot = { start: '2026-09-03T09:00', end: '2026-09-03T10:00' };

describe('our own format', () => {
  it('has its JSON Schema in config, up to date (npm run schemas)', async () => {
    const path = fileURLToPath(new URL('../../config/program.schema.json', import.meta.url));
    const style = await resolveConfig(path);
    const text = await format(JSON.stringify(programSchema()), { ...style, filepath: path });
    await expect(text).toMatchFileSnapshot(path);
  });

  it('finds rooms, units and people by their ids, or makes them of a name', () => {
    const { program: found, report } = program({
      rooms: [{ id: 1, name: 'Aula', building: 'Main', floor: '2' }, { name: 'Unused' }],
      units: [{ id: 'u', name: 'History' }],
      people: [{ id: 'ada', name: 'Ada Example', affiliation: 'Institute, Linz' }],
      sessions: [
        {
          id: 'a',
          title: 'A',
          ...slot,
          room: 1,
          unit: 'u',
          people: [
            { person: 'ada', role: 'chair' },
            { name: 'Bo Example', affiliation: 'Elsewhere' },
          ],
        },
        {
          id: 'b',
          title: 'B',
          ...slot,
          room: 'Aula',
          unit: 'Physics',
          people: [{ person: 'ada', affiliation: 'Guest' }],
        },
      ],
    });
    expect(report.problems).toEqual([]);
    const [a, b] = [titled(found, 'A'), titled(found, 'B')];
    expect(a.room).toBe(b.room);
    expect(found.rooms.map(({ name, building, floor }) => [name, building, floor])).toEqual([
      ['Aula', 'Main', '2'],
      ['Unused', undefined, undefined],
    ]);
    expect(found.units.map(({ name }) => name)).toEqual(['History', 'Physics']);
    expect(found.people.map(({ name }) => name)).toEqual(['Ada Example', 'Bo Example']);
    expect(a.people.map(({ role }) => role)).toEqual(['chair', 'presenter']);
    expect(b.people).toEqual([
      { person: found.people[0]?.key, role: 'presenter', affiliation: 'Guest' },
    ]);
  });

  it('loses only what is broken, and says where', () => {
    const { program: found, report } = program({
      extra: true,
      rooms: [{ id: 'r' }],
      sessions: [
        {
          id: 'a',
          title: 'A',
          ...slot,
          colour: 'red',
          people: [{ person: 'nobody' }, { name: 'Bo', role: 'Juggler' }, 5],
        },
        { id: 'b', title: 7, ...slot },
        { id: 'c', title: 'C', start: 'soon' },
        {
          title: 'D',
          ...slot,
          presentations: [
            { id: 'p', title: 'P', start: '2026-09-03T12:00' },
            { id: 'q' },
            { id: 'r', title: 'R', start: '2026-09-03T09:10', end: '2026-09-03T11:00' },
          ],
        },
      ],
    });
    expect(found.sessions.map(({ title }) => title).sort()).toEqual(['A', 'D']);
    expect(report.problems.map(({ code, place }) => `${code} ${place}`)).toEqual([
      'unknown-field the file',
      'malformed rooms[0]',
      'unknown-field sessions[0]',
      'malformed sessions[0].people[0]',
      'unknown-role sessions[0].people[1]',
      'malformed sessions[0].people[2]',
      'malformed sessions[1]',
      'malformed sessions[3].presentations[1]',
      'no-start sessions[2]',
      'no-id sessions[3]',
      'presentation-outside-session sessions[3].presentations[0]',
      'presentation-outside-session sessions[3].presentations[2]',
    ]);
    const [p, r] = titled(found, 'D').presentations;
    expect(p?.startsAt).toBeUndefined();
    expect(r?.startsAt).toBe(Date.parse('2026-09-03T08:10:00Z'));
    expect(r?.endsAt).toBeUndefined();
    expect(brokenPromises(found)).toEqual([]);
  });

  it('reads wall clocks that a clock change skips or doubles', () => {
    const { program: found } = program({
      sessions: [
        { id: 'a', title: 'Skipped', start: '2026-03-29T01:30', end: '2026-03-29T03:00' },
        { id: 'b', title: 'Doubled', start: '2026-10-25T01:30', end: '2026-10-25T03:00' },
      ],
    });
    expect(titled(found, 'Skipped').startsAt).toBe(Date.parse('2026-03-29T01:30:00Z'));
    expect(titled(found, 'Doubled').startsAt).toBe(Date.parse('2026-10-25T00:30:00Z'));
  });
});

describe('the sample conference', () => {
  const sample = json('config/sample-conference.json');
  const { program: found, report } = read(JSON.stringify(sample), { edition: 'sample' });

  it('follows the schema and reads without a problem', () => {
    expect(validate(sample), JSON.stringify(validate.errors)).toBe(true);
    expect(report.problems).toEqual([]);
    expect(brokenPromises(found)).toEqual([]);
    expect(report.counts).toMatchObject({
      sessions: 45,
      presentations: 36,
      people: 60,
      rooms: 10,
      units: 6,
      cancelled: 1,
    });
    expect(report.zone).toEqual({ name: 'Europe/Lisbon', origin: 'source' });
  });

  it('is lively in its first hour, and has what a program can have', () => {
    const first = found.sessions[0]?.startsAt ?? 0;
    const minutes = found.sessions.map(({ startsAt }) => (startsAt - first) / 60_000);
    expect(minutes.filter((at) => at === 25).length).toBe(8);
    expect(new Set(minutes.filter((at) => at <= 75)).size).toBeGreaterThanOrEqual(14);
    expect(Math.max(...minutes)).toBeLessThan(36 * 60);
    const day = (at: number) => new Date(at + 3_600_000).toISOString().slice(0, 10);
    expect(found.sessions.filter((one) => day(one.startsAt) !== day(one.endsAt)).length).toBe(1);
    expect(found.sessions.filter((one) => one.room === undefined).length).toBe(1);
    expect(
      found.sessions.some(
        ({ people }) => people.filter(({ role }) => role === 'panelist').length === 9,
      ),
    ).toBe(true);
    expect(found.sessions.some(({ title }) => title.length > 200)).toBe(true);
    expect(found.sessions.some(({ title }) => /\p{Extended_Pictographic}/u.test(title))).toBe(true);
    const buildings = new Set(found.rooms.map(({ building }) => building));
    expect(buildings.size).toBe(2);
  });
});

const key = fc
  .array(fc.constantFrom(...Array.from('abcdefghijklmnopqrstuvwxyz234567')), {
    minLength: 12,
    maxLength: 12,
  })
  .map((letters) => letters.join(''));
const line = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 40 })
  .map((text) => toLine(text, 'plain').text)
  .filter((text) => text !== '');
const paragraphs = fc
  .array(line, { minLength: 1, maxLength: 3 })
  .map((lines) => toPlainText(lines.join('\n\n'), 'plain'))
  .filter((text) => text !== '');
const url = fc.webUrl().map((address) => new URL(address).href);
const links = fc.uniqueArray(fc.record({ url, title: line }, { requiredKeys: ['url'] }), {
  selector: (link) => link.url,
  maxLength: 2,
});
const optional = <T extends object>(fields: { [K in keyof T]: fc.Arbitrary<T[K]> }) =>
  fc.record(fields, { requiredKeys: [] });

/** Any program that keeps the promises of the model, in any zone. */
const anyProgram: fc.Arbitrary<Program> = fc
  .record({
    keys: fc.uniqueArray(key, { minLength: 40, maxLength: 40 }),
    zone: fc.constantFrom(
      'Europe/Lisbon',
      'America/St_Johns',
      'Asia/Kathmandu',
      'UTC',
      'Pacific/Apia',
    ),
    title: line,
    more: optional({ url, unitLabel: line, language: fc.constantFrom('en', 'pt-BR') }),
    names: fc.array(line, { minLength: 8, maxLength: 8 }),
    sessions: fc.array(
      fc.record({
        title: line,
        startsAt: fc.integer({ min: 0, max: Date.UTC(2150, 0) }),
        length: fc.nat({ max: 1e8 }),
        more: optional({
          subtitle: line,
          type: line,
          abstract: paragraphs,
          url,
          recording: url,
          stream: url,
        }),
        languages: fc.uniqueArray(fc.constantFrom('en', 'de', 'ja', 'sr-Latn'), { maxLength: 3 }),
        links,
        cancelled: fc.boolean(),
        room: fc.option(fc.nat({ max: 2 })),
        unit: fc.option(fc.nat({ max: 1 })),
        people: fc.uniqueArray(
          fc.record({
            person: fc.nat({ max: 2 }),
            role: fc.constantFrom(...roles),
            affiliation: fc.option(line),
          }),
          { selector: ({ person, role }) => `${person} ${role}`, maxLength: 3 },
        ),
        presentations: fc.array(
          fc.record({
            title: line,
            at: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
            links,
            more: optional({ abstract: paragraphs }),
          }),
          { maxLength: 2 },
        ),
      }),
      { minLength: 1, maxLength: 5 },
    ),
  })
  .map(({ keys, zone, title, more, names, sessions }) => {
    const left = [...keys];
    const next = (): Key => left.pop() ?? '';
    const people = names
      .slice(0, 3)
      .map((name, index) => ({ key: next(), aliases: [`id:${index}`], name }));
    const rooms = names.slice(3, 6).map((name) => ({ key: next(), name, building: name }));
    const units = names.slice(6, 8).map((name) => ({ key: next(), name }));
    return {
      title,
      zone,
      ...more,
      people,
      rooms,
      units,
      sessions: sessions
        .map((one) => {
          const room = one.room === null ? undefined : rooms[one.room];
          const unit = one.unit === null ? undefined : units[one.unit];
          return {
            key: next(),
            aliases: [`guid:${next()}`, 'code:X'],
            title: one.title,
            startsAt: one.startsAt,
            endsAt: one.startsAt + one.length,
            ...one.more,
            languages: one.languages,
            links: one.links,
            cancelled: one.cancelled,
            ...(room && { room: room.key }),
            ...(unit && { unit: unit.key }),
            people: one.people.map(({ person, role, affiliation }) => ({
              person: people[person]?.key ?? '',
              role,
              ...(affiliation !== null && { affiliation }),
            })),
            presentations: one.presentations.map((presentation) => ({
              key: next(),
              aliases: [],
              title: presentation.title,
              ...(presentation.at !== null && {
                startsAt: one.startsAt + Math.floor(one.length * presentation.at),
              }),
              ...presentation.more,
              people: [],
              links: presentation.links,
              cancelled: false,
            })),
          };
        })
        .sort((a, b) => a.startsAt - b.startsAt || (a.key < b.key ? -1 : 1)),
    };
  });

describe('writing our own format', () => {
  it('reads back equal, in any edition, and follows the schema', () => {
    fc.assert(
      fc.property(anyProgram, fc.constantFrom('one', 'two'), (written, edition) => {
        expect(brokenPromises(written)).toEqual([]);
        const again = read(writeProgram(written), { edition });
        expect(again.program).toEqual(written);
        // Notes doubt the program, not the reading of it: one of sessions without length, say.
        const flaws = again.report.problems.filter(({ severity }) => severity !== 'note');
        expect(codes(flaws).filter((code) => code !== 'duplicate-id')).toEqual([]);
        expect(validate(programFile(written)), JSON.stringify(validate.errors)).toBe(true);
      }),
      { numRuns: 150 },
    );
  });
});
