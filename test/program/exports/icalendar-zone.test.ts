import fc from 'fast-check';
import ICAL from 'ical.js';
import { expect, it } from 'vitest';
import { writtenIn } from '../../../src/program/exports/icalendar-moment.js';
import { calendarZone } from '../../../src/program/exports/icalendar-zone.js';
import { inZone } from '../../../src/program/time.js';

const zones = [
  'Europe/Berlin',
  'Europe/Dublin',
  'America/Chicago',
  'America/St_Johns',
  'America/Sao_Paulo',
  'Africa/Casablanca',
  'Asia/Kolkata',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Antarctica/Troll',
];

it('says the right offset for every wall clock from the first to the last moment, by its own definition alone', () => {
  const seconds = fc.integer({ min: Date.UTC(1990, 0) / 1000, max: Date.UTC(2036, 0) / 1000 });
  const span = fc.integer({ min: 0, max: 2 * 366 * 86_400 });
  fc.assert(
    fc.property(
      fc.constantFrom(...zones),
      seconds,
      span,
      fc.nat(1000),
      (zone, from, length, part) => {
        const at = (from + Math.floor((length * part) / 1000)) * 1000;
        const written = writtenIn(at, zone);
        if (written.isUtc) return;
        const definition = calendarZone(zone, { from: from * 1000, to: (from + length) * 1000 });
        const text = ICAL.stringify(['vcalendar', [], [definition]]);
        const [component] = new ICAL.Component(ICAL.parse(text) as unknown[]).getAllSubcomponents(
          'vtimezone',
        );
        if (!component) throw new Error(text);
        const read = new ICAL.Timezone(component);
        const offset = read.utcOffset(ICAL.Time.fromDateTimeString(written.wall));
        expect(offset).toBe(inZone(at, zone).offsetNanoseconds / 1e9);
      },
    ),
    { numRuns: 300 },
  );
});

it('names summer time as such and defines each change once', () => {
  const definition = calendarZone('Europe/Berlin', {
    from: Date.UTC(2026, 8, 1),
    to: Date.UTC(2026, 10, 1),
  });
  expect(
    ICAL.stringify(definition as never[])
      .trimEnd()
      .split('\r\n'),
  ).toEqual([
    'BEGIN:VTIMEZONE',
    'TZID:Europe/Berlin',
    'X-LIC-LOCATION:Europe/Berlin',
    'BEGIN:DAYLIGHT',
    'DTSTART:20260329T020000',
    'TZOFFSETFROM:+0100',
    'TZOFFSETTO:+0200',
    'TZNAME:CEST',
    'END:DAYLIGHT',
    'BEGIN:STANDARD',
    'DTSTART:20261025T030000',
    'TZOFFSETFROM:+0200',
    'TZOFFSETTO:+0100',
    'TZNAME:CET',
    'END:STANDARD',
    'END:VTIMEZONE',
  ]);
});

it('writes the hour that comes twice in UTC, and UTC itself as UTC', () => {
  const first = Date.UTC(2026, 9, 25, 0, 30);
  expect(writtenIn(first - 3_600_000, 'Europe/Berlin')).toEqual({
    wall: '2026-10-25T01:30:00',
    isUtc: false,
  });
  expect(writtenIn(first, 'Europe/Berlin')).toEqual({ wall: '2026-10-25T00:30:00', isUtc: true });
  expect(writtenIn(first + 3_600_000, 'Europe/Berlin')).toEqual({
    wall: '2026-10-25T01:30:00',
    isUtc: true,
  });
  expect(writtenIn(first, 'Etc/UTC')).toEqual({ wall: '2026-10-25T00:30:00', isUtc: true });
  expect(calendarZone('Etc/UTC', { from: first, to: first })).toBeUndefined();
});
