import fc from 'fast-check';
import ICAL from 'ical.js';
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
      'dropped malformed line 92',
      'dropped malformed line 97',
      'note recurrence line 85',
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

/** A calendar of events, each given as its lines. */
const calendar = (...events: readonly (readonly string[])[]) =>
  [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    ...events.flatMap((lines) => ['BEGIN:VEVENT', ...lines, 'END:VEVENT']),
    'END:VCALENDAR',
  ].join('\r\n');
const morning = [
  'UID:yoga',
  'SUMMARY:Yoga',
  'DTSTART;TZID=Europe/Berlin:20260327T090000',
  'DTEND;TZID=Europe/Berlin:20260327T093000',
];
const startsOf = (text: string) =>
  read(text, { zone: 'Europe/Berlin' }).program.sessions.map(({ startsAt }) => toIso(startsAt));

describe('recurring events', () => {
  it('are a session for each occurrence, at the same hour through a clock change, each with a lasting key', () => {
    const { program, report } = read(calendar([...morning, 'RRULE:FREQ=DAILY;COUNT=4']));
    expect(
      program.sessions.map(({ startsAt, endsAt }) => [toIso(startsAt), toIso(endsAt)]),
    ).toEqual([
      ['2026-03-27T08:00:00Z', '2026-03-27T08:30:00Z'],
      ['2026-03-28T08:00:00Z', '2026-03-28T08:30:00Z'],
      ['2026-03-29T07:00:00Z', '2026-03-29T07:30:00Z'],
      ['2026-03-30T07:00:00Z', '2026-03-30T07:30:00Z'],
    ]);
    expect(program.sessions.map(({ aliases }) => aliases)).toEqual(
      [27, 28, 29, 30].map((day) => [`recurrence:yoga/2026-03-${day}T09:00:00`]),
    );
    expect(codes(report.problems)).toEqual(['recurrence']);
    const longer = read(calendar([...morning, 'RRULE:FREQ=DAILY;COUNT=6'])).program;
    expect(longer.sessions.slice(0, 4).map(({ key }) => key)).toEqual(
      program.sessions.map(({ key }) => key),
    );
    expect(brokenPromises(longer)).toEqual([]);
  });

  it('leave out what is excepted and add single dates, whatever clock these are written on', () => {
    expect(
      startsOf(
        calendar([
          ...morning,
          'RRULE:FREQ=DAILY;UNTIL=20260331T070000Z',
          'EXDATE;TZID=Europe/Berlin:20260328T090000',
          'EXDATE:20260329T070000Z',
          'EXDATE;VALUE=DATE:20260330',
          'RDATE:20260402T080000Z',
        ]),
      ),
    ).toEqual(['2026-03-27T08:00:00Z', '2026-03-31T07:00:00Z', '2026-04-02T08:00:00Z']);
  });

  it('take changed and cancelled occurrences in place of the usual ones', () => {
    const { program, report } = read(
      calendar(
        [
          'UID:yoga',
          'RECURRENCE-ID:20260328T080000Z',
          'DTSTART;TZID=Europe/Berlin:20260328T110000',
          'LOCATION:Garden',
        ],
        [...morning, 'LOCATION:Hall', 'RRULE:FREQ=DAILY;COUNT=3'],
        ['UID:yoga', 'RECURRENCE-ID;TZID=Europe/Berlin:20260329T090000', 'STATUS:CANCELLED'],
      ),
    );
    const rooms = new Map(program.rooms.map(({ key, name }) => [key, name]));
    expect(
      program.sessions.map(({ title, startsAt, endsAt, room, cancelled }) => [
        title,
        toIso(startsAt),
        (endsAt - startsAt) / 60_000,
        rooms.get(room ?? ''),
        cancelled,
      ]),
    ).toEqual([
      ['Yoga', '2026-03-27T08:00:00Z', 30, 'Hall', false],
      ['Yoga', '2026-03-28T10:00:00Z', 30, 'Garden', false],
      ['Yoga', '2026-03-29T07:00:00Z', 30, 'Hall', true],
    ]);
    expect(program.sessions[1]?.aliases).toEqual(['recurrence:yoga/2026-03-28T09:00:00']);
    expect(codes(report.problems)).not.toContain('duplicate-id');
  });

  it('follow a change that is meant for all later ones, until the next such change', () => {
    const { program } = read(
      calendar(
        [...morning, 'LOCATION:Hall', 'RRULE:FREQ=DAILY;COUNT=6'],
        [
          'UID:yoga',
          'RECURRENCE-ID;RANGE=THISANDFUTURE:20260328T080000Z',
          'DTSTART;TZID=Europe/Berlin:20260328T110000',
          'LOCATION:Garden',
        ],
        ['UID:yoga', 'RECURRENCE-ID;TZID=Europe/Berlin:20260330T090000', 'LOCATION:Roof'],
        [
          'UID:yoga',
          'RECURRENCE-ID;TZID=Europe/Berlin;RANGE=THISANDFUTURE:20260401T090000',
          'STATUS:CANCELLED',
        ],
      ),
    );
    const rooms = new Map(program.rooms.map(({ key, name }) => [key, name]));
    expect(
      program.sessions.map(({ startsAt, room, cancelled }) => [
        toIso(startsAt),
        rooms.get(room ?? ''),
        cancelled,
      ]),
    ).toEqual([
      ['2026-03-27T08:00:00Z', 'Hall', false],
      ['2026-03-28T10:00:00Z', 'Garden', false],
      ['2026-03-29T09:00:00Z', 'Garden', false],
      ['2026-03-30T09:00:00Z', 'Roof', false],
      ['2026-03-31T09:00:00Z', 'Garden', false],
      ['2026-04-01T07:00:00Z', 'Hall', true],
    ]);
  });

  it('are read alone where only a changed occurrence is in the file', () => {
    const { program } = read(
      calendar([
        'UID:yoga',
        'SUMMARY:Yoga',
        'RECURRENCE-ID:20260328T080000Z',
        'DTSTART:20260328T090000Z',
        'DURATION:PT1H',
      ]),
    );
    expect(program.sessions[0]?.aliases).toEqual(['recurrence:yoga/2026-03-28T08:00:00Z']);
  });

  it.each([
    ['an endless one', 'RRULE:FREQ=DAILY', 500, 'recurrence-cut'],
    ['one into the far future', 'RRULE:FREQ=YEARLY;COUNT=50', 3, 'recurrence-cut'],
    ['one by the second', 'RRULE:FREQ=SECONDLY', 1, 'recurrence-unread'],
    ['one by weeks of the year', 'RRULE:FREQ=YEARLY;BYWEEKNO=3', 1, 'recurrence-unread'],
    [
      'one on a day that never comes',
      'RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30',
      1,
      'recurrence-cut',
    ],
  ])('are bounded and reported: %s', (_what, rule, count, code) => {
    const { program, report } = read(calendar([...morning, rule]));
    expect(program.sessions).toHaveLength(count);
    expect(codes(report.problems)).toContain(code);
  });

  it('of a hostile calendar come to an end', { timeout: 60_000 }, () => {
    const events = Array.from({ length: 400 }, (_, at) => [
      `UID:${at}`,
      `SUMMARY:Event ${at}`,
      'DTSTART:20260101T000000Z',
      'DTEND:20260101T010000Z',
      'RRULE:FREQ=DAILY;BYHOUR=0,1,2,3,4,5,6,7,8,9;BYMINUTE=0,10,20,30,40,50',
    ]);
    expect(read(calendar(...events)).program.sessions.length).toBeLessThanOrEqual(20_400);
  });

  it('occur when ical.js says they do', () => {
    const weekdays = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];
    const some = <T>(values: readonly T[]) =>
      fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: 3 });
    // Rules that name their own start, a Monday in June: of others RFC 5545 says nothing.
    const rule = fc
      .record(
        {
          freq: fc.constantFrom('DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'),
          interval: fc.integer({ min: 1, max: 3 }),
          count: fc.integer({ min: 1, max: 12 }),
          byday: some(weekdays).map((days) => [...new Set(['MO', ...days])]),
          bymonth: some([1, 3, 7, 12]).map((months) => [6, ...months].sort((a, b) => a - b)),
        },
        { requiredKeys: ['freq', 'interval', 'count'] },
      )
      // Where ical.js itself strays: weekdays of a year, and months of a monthly rule.
      .filter(({ freq, byday }) => freq !== 'YEARLY' || byday === undefined)
      .filter(({ freq, bymonth }) => freq !== 'MONTHLY' || bymonth === undefined);
    fc.assert(
      fc.property(rule, ({ freq, interval, count, byday, bymonth }) => {
        const text = [
          `FREQ=${freq};INTERVAL=${interval};COUNT=${count}`,
          ...(byday ? [`BYDAY=${byday.join()}`] : []),
          ...(bymonth ? [`BYMONTH=${bymonth.join()}`] : []),
        ].join(';');
        const start = ICAL.Time.fromData(
          { year: 2026, month: 6, day: 15, hour: 9, minute: 0, second: 0 },
          ICAL.Timezone.utcTimezone,
        );
        const iterator = ICAL.Recur.fromString(text).iterator(start);
        const expected: string[] = [];
        while (expected.length < count) expected.push(iterator.next().toString());
        const found = startsOf(
          calendar([
            'UID:1',
            'SUMMARY:X',
            'DTSTART:20260615T090000Z',
            'DURATION:PT1H',
            `RRULE:${text}`,
          ]),
        );
        expect(found).toEqual(expected.filter((at) => at < '2028-06-17'));
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    ['FREQ=MONTHLY;BYDAY=-1FR;COUNT=3', ['2026-06-26', '2026-07-31', '2026-08-28']],
    ['FREQ=MONTHLY;BYDAY=2TU;COUNT=3', ['2026-06-26', '2026-07-14', '2026-08-11']],
    ['FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=3', ['2026-06-26', '2026-06-30', '2026-07-31']],
    [
      'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=3',
      ['2026-06-26', '2026-06-30', '2026-07-31'],
    ],
    [
      'FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,FR;WKST=MO;COUNT=4',
      ['2026-06-26', '2026-06-28', '2026-07-10', '2026-07-12'],
    ],
    [
      'FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,FR;WKST=SU;COUNT=4',
      ['2026-06-26', '2026-07-05', '2026-07-10', '2026-07-19'],
    ],
    ['FREQ=MONTHLY;BYDAY=FR;BYMONTH=1,6;COUNT=3', ['2026-06-26', '2027-01-01', '2027-01-08']],
    ['FREQ=YEARLY;COUNT=2', ['2026-06-26', '2027-06-26']],
  ])('follow %s', (rule, days) => {
    const found = startsOf(
      calendar([
        'UID:1',
        'SUMMARY:X',
        'DTSTART:20260626T090000Z',
        'DURATION:PT1H',
        `RRULE:${rule}`,
      ]),
    );
    expect(found).toEqual(days.map((day) => `${day}T09:00:00Z`));
  });
});

describe('names of zones', () => {
  const startIn = (tzid: string) => {
    const { program, report } = read(
      calendar([
        'UID:1',
        'SUMMARY:X',
        `DTSTART;TZID=${tzid}:20260703T090000`,
        `DTEND;TZID=${tzid}:20260703T100000`,
      ]),
    );
    const [session] = program.sessions;
    return [session && toIso(session.startsAt), report.zone.name, ...codes(report.problems)];
  };

  it.each([
    ['EST5EDT', '2026-07-03T13:00:00Z', 'EST5EDT', []],
    ['Eastern Standard Time', '2026-07-03T13:00:00Z', 'America/New_York', []],
    ['"(UTC-05:00) Eastern Time (US & Canada)"', '2026-07-03T13:00:00Z', 'America/New_York', []],
    ['W. Europe Standard Time', '2026-07-03T07:00:00Z', 'Europe/Berlin', []],
    ['America/Sao Paulo', '2026-07-03T12:00:00Z', 'America/Sao_Paulo', []],
    ['EST', '2026-07-03T13:00:00Z', 'America/New_York', ['zone-abbreviation']],
    ['BST', '2026-07-03T08:00:00Z', 'Europe/London', ['zone-abbreviation']],
    ['CEST', '2026-07-03T07:00:00Z', 'Europe/Berlin', ['zone-abbreviation']],
    ['UTC', '2026-07-03T09:00:00Z', 'UTC', ['zone-missing']],
  ])('read %s as people mean it', (tzid, start, zone, problems) => {
    expect(startIn(tzid)).toEqual([start, zone, ...problems]);
  });

  it('take a calendar’s own definition where the name means several zones', () => {
    const zone = [
      'BEGIN:VTIMEZONE',
      'TZID:CST',
      'BEGIN:STANDARD',
      'DTSTART:19700101T000000',
      'TZOFFSETFROM:+0800',
      'TZOFFSETTO:+0800',
      'END:STANDARD',
      'END:VTIMEZONE',
    ];
    const event = ['UID:1', 'SUMMARY:X', 'DTSTART;TZID=CST:20260703T090000', 'DURATION:PT1H'];
    const text = calendar(event).replace('BEGIN:VEVENT', [...zone, 'BEGIN:VEVENT'].join('\r\n'));
    expect(startsOf(text)).toEqual(['2026-07-03T01:00:00Z']);
    const located = text.replace('TZID:CST', 'TZID:CST\r\nX-LIC-LOCATION:Asia/Shanghai');
    expect(read(located).report.zone.name).toBe('Asia/Shanghai');
  });
});

describe('several versions of one event', () => {
  const event = (start: string, title: string, ...more: readonly string[]) => [
    'UID:1',
    `SUMMARY:${title}`,
    `DTSTART:${start}`,
    'DURATION:PT1H',
    ...more,
  ];

  it('are one, the newest', () => {
    const { program, report } = read(
      calendar(
        event('20260703T090000Z', 'Opening', 'SEQUENCE:1'),
        event('20260703T110000Z', 'Opening', 'SEQUENCE:2'),
        event('20260703T080000Z', 'Opening'),
      ),
    );
    expect(program.sessions.map(({ startsAt }) => toIso(startsAt))).toEqual([
      '2026-07-03T11:00:00Z',
    ]);
    expect(codes(report.problems)).toEqual(['superseded', 'superseded', 'zone-missing']);
  });

  it('are told apart by their last change where nothing counts them', () => {
    const { program } = read(
      calendar(
        event('20260703T090000Z', 'Opening, now with tea', 'LAST-MODIFIED:20260602T000000Z'),
        event('20260703T090000Z', 'Opening', 'LAST-MODIFIED:20260601T000000Z'),
      ),
    );
    expect(program.sessions.map(({ title }) => title)).toEqual(['Opening, now with tea']);
  });

  it('are not assumed of different sessions that share a UID', () => {
    const { program } = read(
      calendar(
        event('20260703T090000Z', 'Opening', 'SEQUENCE:1'),
        event('20260703T110000Z', 'Closing', 'SEQUENCE:2'),
      ),
    );
    expect(program.sessions).toHaveLength(2);
  });
});
