import fc from 'fast-check';
import { XMLParser } from 'fast-xml-parser';
import { expect, it } from 'vitest';
import { writeFrabJson } from '../../../src/program/exports/frab-json.js';
import { writeFrabXml } from '../../../src/program/exports/frab-xml.js';
import { keyNumbers, keyUuid } from '../../../src/program/exports/permanent-id.js';
import { lookup } from '../../../src/program/lookup.js';
import { anyProgram } from '../../support/any-program.js';
import { about } from './carried.js';

interface XmlEvent {
  readonly '@_guid': string;
  readonly '@_id': string;
  readonly date: string;
  readonly start: string;
  readonly duration: string;
  readonly slug: string;
  readonly url: string;
}
const list = new Set(['day', 'room', 'event']);
const parser = new XMLParser({
  ignoreAttributes: false,
  parseTagValue: false,
  isArray: (name, path) => list.has(name) && !String(path).endsWith('event.room'),
});

it('keeps the rules of the XML schema: ids unique, times with offset, lengths by the clock', () => {
  fc.assert(
    fc.property(anyProgram, (program) => {
      const text = writeFrabXml(lookup(program), program.sessions, about);
      const { schedule } = parser.parse(text) as {
        schedule: { day: { '@_index': string; room: { event: XmlEvent[] }[] }[] };
      };
      const events = schedule.day.flatMap(({ room }) => room.flatMap(({ event }) => event));
      expect(events).toHaveLength(program.sessions.length);
      for (const field of ['@_guid', '@_id', 'slug'] as const) {
        expect(new Set(events.map((one) => one[field])).size).toBe(events.length);
      }
      for (const event of events) {
        expect(event['@_guid']).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
        expect(event['@_id']).toMatch(/^[1-9]\d{0,9}$/);
        expect(event.date).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$/);
        expect(event.start).toMatch(/^[0-2]\d:[0-5]\d$/);
        expect(event.duration).toMatch(/^\d\d:\d\d(:\d\d)?$/);
        expect(event.url).toMatch(/^https?:\/\//);
      }
      expect(schedule.day.map((day) => day['@_index'])).toEqual(
        schedule.day.map((_, index) => String(index + 1)),
      );
    }),
    { numRuns: 40, endOnFailure: true },
  );
});

it('has in JSON whatever the schema asks for, and an acronym of plain letters', () => {
  const [program] = fc.sample(anyProgram, { numRuns: 1, seed: 11 });
  if (!program) throw new Error('no program');
  const { schedule } = JSON.parse(
    writeFrabJson(lookup(program), program.sessions, {
      ...about,
      conference: 'Böhmelt & Søn 2026',
    }),
  ) as { schedule: { version: string; base_url: string; conference: Record<string, unknown> } };
  expect([schedule.version, schedule.base_url]).toEqual(['2026-05-01 12:00', about.site]);
  expect(schedule.conference).toMatchObject({
    acronym: 'bohmelt-s-n-2026',
    title: 'Böhmelt & Søn 2026',
    daysCount: (schedule.conference.days as unknown[]).length,
    timeslot_duration: '00:05',
    time_zone_name: program.zone,
  });
});

it('numbers keys by themselves, each with a number of its own whatever else is there', () => {
  const keys = Array.from({ length: 5_000 }, (_, index) => `key${index}`);
  const numbers = keyNumbers(keys);
  expect(new Set(numbers.values()).size).toBe(keys.length);
  expect(Math.min(...numbers.values())).toBeGreaterThan(0);
  expect(Math.max(...numbers.values())).toBeLessThan(2 ** 31);
  const [first = 0] = numbers.values();
  expect(keyNumbers(['key0'], new Set([numbers.get('key0') ?? first])).get('key0')).toBe(
    (numbers.get('key0') ?? 0) + 1,
  );
  expect(keyUuid('key0')).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-/);
});
