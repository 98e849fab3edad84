import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { CallboardError } from '../../src/errors.js';
import { formats } from '../../src/program/formats.js';
import { brokenPromises, fixture, read, titled } from '../support/program-readings.js';

const session = (fields: object) => ({
  id: 'a',
  title: 'A',
  start: '2026-09-03T09:00:00+01:00',
  end: '2026-09-03T10:00:00+01:00',
  ...fields,
});
const file = (...sessions: object[]) =>
  JSON.stringify({
    format: 'callboard-program',
    version: 1,
    title: 'T',
    zone: 'Europe/Lisbon',
    sessions,
  });
const failure = (source: string | Uint8Array, hints = {}) => {
  try {
    read(source, hints);
  } catch (thrown) {
    if (thrown instanceof CallboardError) return thrown;
    throw thrown;
  }
  throw new Error('it was read');
};

describe('a source that cannot be read as a whole', () => {
  it.each<[string, string | Uint8Array, string, RegExp]>([
    ['an empty file', '', 'program-empty', /^program: it is empty\. /],
    ['a file of blanks', ' \n\t', 'program-empty', /^program: it is empty\. /],
    ['a program without sessions', file(), 'program-empty', /it holds no session/],
    ['only broken sessions', file({}, {}), 'program-empty', /none of its 0|holds no session/],
    [
      'truncated JSON',
      file(session({})).slice(0, 120),
      'program-truncated',
      /the JSON ends too early/,
    ],
    ['wrong JSON', '{"format": "callboard-program", nope}', 'program-malformed', /not valid JSON/],
    ['another JSON', '{"items": []}', 'program-format-unknown', /format is not recognized/],
    [
      'a text',
      'Dear all, the program is attached.',
      'program-format-unknown',
      /Callboard JSON, frab\/pretalx JSON, frab\/Pentabarf XML, iCalendar/,
    ],
    ['a login page', fixture('login.html'), 'program-is-a-page', /a web page that asks to log in/],
    [
      'any other page',
      '<html><body>Hello</body></html>',
      'program-is-a-page',
      /it is a web page, not a program/,
    ],
    ['gzip', new Uint8Array([0x1f, 0x8b, 8, 0]), 'program-malformed', /compressed/],
    [
      'another version of our format',
      file(session({})).replace('"version":1', '"version":2'),
      'program-malformed',
      /version is not as the format wants it/,
    ],
  ])('%s gets one sentence', (_what, source, code, message) => {
    const error = failure(source);
    expect(error.code).toBe(code);
    expect(error.message).toMatch(message);
    expect(error.message).not.toContain('\n');
    expect(error.exit).toBe('program');
  });

  it('names the formats when asked for one that there is not', () => {
    expect(failure('{}', { format: 'xlsx' }).message).toBe(
      `format xlsx: there is no such format. Choose one of ${formats.map(({ name }) => name).join(', ')}.`,
    );
  });

  it('refuses a zone of the config that is none', () => {
    expect(failure(file(session({})), { zone: 'Lisboa' }).code).toBe('program-zone-unknown');
  });
});

describe('reading', () => {
  it('recognizes UTF-16 and byte order marks', () => {
    const text = file(session({ title: 'Ångström' }));
    const utf16 = new Uint8Array(Buffer.from(`\uFEFF${text}`, 'utf16le'));
    expect(titled(read(utf16).program, 'Ångström').title).toBe('Ångström');
    expect(read(`\uFEFF${text}`).report.problems).toEqual([]);
  });

  it('reports bytes that are no characters', () => {
    const broken = Buffer.from(file(session({ title: 'A?' })));
    broken[broken.indexOf('?')] = 0xff;
    const { program, report } = read(broken);
    expect(program.sessions[0]?.title).toBe('A\uFFFD');
    expect(report.problems).toMatchObject([{ code: 'encoding', severity: 'repaired' }]);
  });

  it('lets the zone of the config win over the source’s, for wall clocks and for the program', () => {
    const { program, report } = read(file(session({ start: '2026-09-03T09:00' })), {
      zone: 'Asia/Tokyo',
    });
    expect(report.zone).toEqual({ name: 'Asia/Tokyo', origin: 'config' });
    expect(program.zone).toBe('Asia/Tokyo');
    expect(report.firstStart).toBe('2026-09-03T00:00:00Z');
  });

  it('moves every time by the shift and counts what it found', () => {
    const source = file(
      session({ presentations: [{ id: 'p', title: 'P', start: '2026-09-03T09:30:00+01:00' }] }),
    );
    const { program, report } = read(source, { shiftMs: 86_400_000 });
    expect(program.sessions[0]?.startsAt).toBe(Date.parse('2026-09-04T08:00:00Z'));
    expect(program.sessions[0]?.presentations[0]?.startsAt).toBe(
      Date.parse('2026-09-04T08:30:00Z'),
    );
    expect(report.firstStart).toBe('2026-09-04T08:00:00Z');
    expect(report.lastStart).toBe('2026-09-04T08:00:00Z');
    expect(report.counts).toEqual({
      sessions: 1,
      presentations: 1,
      people: 0,
      rooms: 0,
      units: 0,
      types: 0,
      days: 1,
      cancelled: 0,
    });
  });

  it('drops the copy of a session that stands twice to the letter', () => {
    const { program, report } = read(file(session({}), session({})));
    expect(program.sessions.length).toBe(1);
    expect(report.problems).toMatchObject([{ code: 'repeated-session', severity: 'dropped' }]);
  });

  it('puts sessions in the order of their start', () => {
    const { program } = read(
      file(
        session({ title: 'Late' }),
        session({ id: 'b', title: 'Early', start: '2026-09-03T08:00:00+01:00' }),
      ),
    );
    expect(program.sessions.map(({ title }) => title)).toEqual(['Early', 'Late']);
  });
});

describe('whatever the bytes', () => {
  const sources = ['traps.frab.json', 'traps.frab.xml', 'traps.ics', 'bomb.frab.xml'].map(fixture);
  const change = fc.record({
    at: fc.nat(),
    cut: fc.nat({ max: 30 }),
    put: fc.oneof(
      fc.uint8Array({ maxLength: 4 }),
      fc
        .constantFrom(
          '"',
          '{',
          '}',
          '[',
          ']',
          '<',
          '>',
          '&',
          'null',
          '0',
          '-1',
          '9999',
          '\n',
          ':',
          ';',
          '00:00',
          '\u0000',
          '1e999',
        )
        .map((text) => new TextEncoder().encode(text)),
    ),
  });
  const mutated = fc
    .tuple(fc.nat({ max: sources.length - 1 }), fc.array(change, { minLength: 1, maxLength: 6 }))
    .map(([which, changes]) => {
      let bytes = Buffer.from(sources[which] ?? []);
      for (const { at, cut, put } of changes) {
        const from = at % (bytes.length + 1);
        bytes = Buffer.concat([bytes.subarray(0, from), put, bytes.subarray(from + cut)]);
      }
      return new Uint8Array(bytes);
    });

  it('it answers with a sound program or a CallboardError, and nothing else', () => {
    let readable = 0;
    fc.assert(
      fc.property(mutated, (bytes) => {
        try {
          expect(brokenPromises(read(bytes).program)).toEqual([]);
          readable++;
        } catch (thrown) {
          if (!(thrown instanceof CallboardError)) throw thrown;
          expect(thrown.exit).toBe('program');
          expect(thrown.message).not.toContain('\n');
        }
      }),
      { numRuns: 800 },
    );
    expect(readable).toBeGreaterThan(100);
  });

  it('it gives the same program for the same bytes', () => {
    fc.assert(
      fc.property(fc.nat({ max: 2 }), (which) => {
        const bytes = sources[which] ?? new Uint8Array();
        expect(read(bytes)).toEqual(read(bytes));
      }),
      { numRuns: 6 },
    );
  });
});
