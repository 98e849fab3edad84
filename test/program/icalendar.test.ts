import { describe, expect, it } from 'vitest';

import { toIso } from '../../src/program/time.js';
import { brokenPromises, codes, fixture, read, titled } from '../support/program-readings.js';

describe('iCalendar', () => {
  const { program, report } = read(fixture('traps.ics'), { zone: 'Europe/Lisbon' });
  const times = (title: string) => {
    const { startsAt, endsAt } = titled(program, title);
    return [toIso(startsAt), toIso(endsAt)];
  };

  it('keeps every event that can be read and says what became of the others', () => {
    expect(brokenPromises(program)).toEqual([]);
    expect(program.title).toBe('Harbour Days, 2026');
    expect(
      report.problems.map(({ severity, code, place }) => `${severity} ${code} ${place}`),
    ).toEqual([
      'note zone-definition line 13',
      'repaired zone-unknown Nowhere',
      'note recurrence line 85',
      'dropped malformed line 92',
      'dropped malformed line 97',
      'repaired duplicate-id line 71',
    ]);
  });

  it('unfolds lines, ends by duration, and takes the first category as type and the second as unit', () => {
    const session = titled(program, 'In UTC, folded, with a comma');
    expect(times(session.title)).toEqual(['2026-07-03T08:00:00Z', '2026-07-03T09:30:00Z']);
    expect(session.type).toBe('Talk');
    expect(program.units.map(({ name }) => name)).toEqual(['Harbours']);
    expect(program.rooms.map(({ name }) => name)).toEqual(['Pier 1, Shed B']);
    expect(session.abstract).toBe('First line.\nSecond line.\n\nBold & plain.');
    expect(session.aliases).toEqual(['uid:utc@example', 'url:https://example.org/e/1']);
  });

  it('takes attendees by name only and never an address', () => {
    expect(program.people.map(({ name, aliases }) => [name, aliases])).toEqual([
      ['Kai Example', []],
    ]);
    expect(JSON.stringify(program)).not.toContain('secret@');
  });

  it('reads times in named zones, in zones of its own and floating ones in the zone of the config', () => {
    expect(times('Named zone')).toEqual(['2026-07-03T11:30:00Z', '2026-07-03T12:30:00Z']);
    expect(times('Zone behind a path')).toEqual(['2026-07-03T13:30:00Z', '2026-07-03T14:30:00Z']);
    expect(times('Zone of its own')).toEqual(['2026-07-03T06:00:00Z', '2026-07-03T07:00:00Z']);
    expect(times('Zone without a definition')).toEqual([
      '2026-07-03T08:00:00Z',
      '2026-07-03T09:00:00Z',
    ]);
    expect(times('Floating')).toEqual(['2026-07-03T12:00:00Z', '2026-07-03T13:00:00Z']);
    expect(times('The whole day')).toEqual(['2026-07-03T23:00:00Z', '2026-07-04T23:00:00Z']);
    expect(report.zone).toEqual({ name: 'Europe/Lisbon', origin: 'config' });
  });

  it('takes the zone that most times name where the calendar says none', () => {
    expect(read(fixture('traps.ics')).report.zone).toEqual({
      name: 'America/St_Johns',
      origin: 'source',
    });
  });

  it('marks what is cancelled', () => {
    expect(titled(program, 'Floating').cancelled).toBe(true);
    expect(report.counts.cancelled).toBe(1);
  });

  it('keeps two events under one UID apart', () => {
    const [a, b] = [titled(program, 'Twice A'), titled(program, 'Twice B')];
    expect(a.key).not.toBe(b.key);
  });

  it('assumes UTC where nothing says a zone, and never silently', () => {
    const { report: bare } = read(
      'BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nDTSTART:20260101T100000\nSUMMARY:X\nDTEND:20260101T110000\nEND:VEVENT\nEND:VCALENDAR',
    );
    expect(bare.zone).toEqual({ name: 'UTC', origin: 'default' });
    expect(codes(bare.problems)).toEqual(['zone-missing']);
  });

  it('refuses a calendar that breaks off', () => {
    const text = new TextDecoder().decode(fixture('traps.ics'));
    expect(() => read(text.slice(0, 1200))).toThrow(/ends before its END:VCALENDAR/);
  });
});
