import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

import { brokenPromises, codes, read, titled } from '../support/program-readings.js';
import { realPrograms } from '../support/real-programs.js';

const zone = 'America/Detroit';
const text = `event_key,active,name,event_start,event_end,event_type,description,venue,id,speakers,moderators
"1","Y","Midnight Mayhem","2026-05-05 00:00:00","2026-05-05 04:00:00","Mayhem","Talk &amp; sing","Hall","0123456789abcdef0123456789abcdef","",""
"2","Y","Late Show","2026-05-04 23:00:00","2026-05-05 01:00:00","Show","","Hall","1123456789abcdef0123456789abcdef","Ada ""Fish"" Roe,Bo Lind","Cy Marsh"
"3","Y","Some time","2026-05-04 TBA","2026-05-04 TBA","","","","2123456789abcdef0123456789abcdef","",""
"4","N","Hidden","2026-05-04 09:00:00","2026-05-04 10:00:00","","","","3123456789abcdef0123456789abcdef","",""
`;

describe('Sched’s export of sessions', () => {
  it('is read with local times, names joined by commas, and entities', () => {
    const { program, report } = read(text, { zone });
    expect(report.format).toBe('sched-csv');
    expect(report.counts).toMatchObject({ sessions: 2, people: 3, rooms: 1, types: 2 });
    const show = titled(program, 'Late Show');
    expect([show.startsAt, show.endsAt].map((at) => new Date(at).toISOString())).toEqual([
      '2026-05-05T03:00:00.000Z',
      '2026-05-05T05:00:00.000Z',
    ]);
    expect(show.people.map(({ role }) => role)).toEqual(['moderator', 'presenter', 'presenter']);
    expect(titled(program, 'Midnight Mayhem').abstract).toBe('Talk & sing');
    expect(brokenPromises(program)).toEqual([]);
  });

  it('guesses no time that is still to be announced, and leaves out what is not active', () => {
    const { problems } = read(text, { zone }).report;
    expect(problems.map(({ severity, code, place }) => [severity, code, place])).toEqual([
      ['note', 'rows-left-out', 'row 5'],
      ['dropped', 'no-start', 'row 4'],
    ]);
  });

  it('knows a session by the id that Sched’s calendar gives it, too', () => {
    const calendar = `BEGIN:VCALENDAR
BEGIN:VEVENT
UID:0123456789abcdef0123456789abcdef
SUMMARY:Midnight Mayhem
DTSTART:20260505T040000Z
DTEND:20260505T080000Z
END:VEVENT
END:VCALENDAR`;
    const [fromCalendar] = read(calendar).program.sessions;
    expect(titled(read(text, { zone }).program, 'Midnight Mayhem').key).toBe(fromCalendar?.key);
  });
});

describe.skipIf(!realPrograms)('a real export of Sched', () => {
  it('holds 401 sessions in 26 venues with 238 speakers; the two without a time are dropped by name', () => {
    const bytes = readFileSync(join(realPrograms ?? '', 'penguicon2019.sched.csv'));
    const { program, report } = read(bytes, { zone });
    expect(report.format).toBe('sched-csv');
    const dropped = report.problems.filter(({ severity }) => severity === 'dropped');
    expect(dropped.map(({ code, place }) => [code, place])).toEqual([
      ['no-start', 'row 26'],
      ['no-start', 'row 290'],
    ]);
    expect(report.counts).toMatchObject({
      sessions: 401 - dropped.length,
      people: 238,
      rooms: 26,
      days: 3,
    });
    expect(report.firstStart).toBe('2019-05-03T16:00:00Z');
    const day = new Intl.DateTimeFormat('en-CA', { timeZone: zone });
    const late = program.sessions.filter(
      ({ startsAt, endsAt }) => day.format(startsAt) !== day.format(endsAt),
    );
    expect(late.length).toBe(24);
    expect(codes(report.problems)).toEqual(['no-start', 'no-start']);
    expect(brokenPromises(program)).toEqual([]);
    expect(program.people.map(({ name }) => name).filter((name) => /&\w+;|,/.test(name))).toEqual(
      [],
    );
  });
});
