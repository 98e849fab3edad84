import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { CallboardError } from '../../src/errors.js';
import type { Problems } from '../../src/program/problem.js';
import { monthNamed } from '../../src/program/table/calendar-words.js';
import { readClocks, readLength } from '../../src/program/table/clock.js';
import { settleDateOrder } from '../../src/program/table/date-order.js';
import { isoDay, readDay } from '../../src/program/table/day.js';
import { fieldsOf, withColumns } from '../../src/program/table/edit-mapping.js';
import { plainHeading } from '../../src/program/table/synonyms.js';
import { readWrittenMoment } from '../../src/program/table/written-moment.js';

const day = (text: string) => {
  const read = readDay(text);
  return read && isoDay(read, 'mdy', () => 2026);
};

describe('a day', () => {
  it.each([
    ['2026-04-23', '2026-04-23'],
    ['2026/4/3', '2026-04-03'],
    ['20260423', '2026-04-23'],
    ['2/24/2026', '2026-02-24'],
    ['2/24/26', '2026-02-24'],
    ['April 23', '2026-04-23'],
    ['23 April', '2026-04-23'],
    ['Apr 23rd, 2027', '2027-04-23'],
    ['Thu, April 23', '2026-04-23'],
    ['23. März 2026', '2026-03-23'],
    ['mar. 24 févr. 2026', '2026-02-24'],
    ['jueves 23 de abril de 2026', '2026-04-23'],
    ['23-Apr-26', '2026-04-23'],
    ['2026年4月23日(木)', '2026-04-23'],
    ['46135', '2026-04-23'],
    ['4/23/2026 (Thursday)', '2026-04-23'],
  ])('is read from %s', (text, expected) => {
    expect(day(text)).toBe(expected);
  });

  it.each([
    '',
    'Thursday',
    'April',
    '31/31/2026',
    '2026-02-30',
    '30 February',
    '9:00',
    'TBA',
    '12345',
    '1.2.3.4',
  ])('is not read from %s', (text) => {
    expect(day(text)).toBeUndefined();
  });

  it('has a month by its name in each language, and none by a word that means two', () => {
    expect(
      ['January', 'Jänner', 'marzo', 'août', 'wrz', 'kesäkuuta', 'Mittwoch'].map(monthNamed),
    ).toEqual([1, undefined, 3, 8, 9, 6, undefined]);
  });

  it('is read back from every way of writing it', () => {
    const days = fc.date({
      min: new Date('1990-01-01'),
      max: new Date('2100-01-01'),
      noInvalidDate: true,
    });
    const ways = fc.constantFrom('en-US', 'en-GB', 'de', 'fr', 'es', 'nl', 'it', 'pt', 'sv', 'pl');
    const styles = fc.constantFrom('full', 'long', 'medium');
    fc.assert(
      fc.property(days, ways, styles, (date, locale, dateStyle) => {
        const text = new Intl.DateTimeFormat(locale, { dateStyle, timeZone: 'UTC' }).format(date);
        const read = readDay(text);
        const order = locale === 'en-US' ? 'mdy' : 'dmy';
        expect([text, read && isoDay(read, order, () => undefined)]).toEqual([
          text,
          date.toISOString().slice(0, 10),
        ]);
      }),
    );
  });
});

describe('the order of day and month', () => {
  const settled = (texts: readonly string[], given?: 'dmy' | 'mdy') => {
    const problems: Problems = [];
    const days = texts.flatMap((text) => readDay(text) ?? []);
    const order = settleDateOrder(days, { given, place: 'talks.csv', problems });
    return [order, ...problems.map(({ severity, code }) => `${severity} ${code}`)];
  };

  it('is seen from one day that can be read in no other way', () => {
    expect(settled(['3/4/2026', '4/4/2026', '2/24/2026'])).toEqual(['mdy', 'note date-order']);
    expect(settled(['3/4/2026', '24/2/2026'])).toEqual(['dmy', 'note date-order']);
  });

  it('is the one in which the days lie close together, which is said to be a guess', () => {
    expect(settled(['3/4/2026', '4/4/2026', '5/4/2026'])).toEqual(['dmy', 'repaired date-order']);
    expect(settled(['4/3/2026', '4/4/2026', '4/5/2026'])).toEqual(['mdy', 'repaired date-order']);
  });

  it('is day first where days have dots, and does not matter where both are the same', () => {
    expect(settled(['03.04.2026', '04.05.2026'])).toEqual(['dmy']);
    expect(settled(['4/4/2026'])).toEqual(['dmy']);
  });

  it('is what most days need where some contradict', () => {
    expect(settled(['24/2/2026', '25/2/2026', '2/26/2026'])).toEqual([
      'dmy',
      'repaired date-order-mixed',
    ]);
  });

  it('is asked for where nothing tells, and taken as given', () => {
    expect(() => settled(['3/4/2026'])).toThrow(
      'talks.csv: days such as 3/4/2026 may begin with the day or with the month. Say it in the config: dateOrder: dmy (day first) or dateOrder: mdy, below program.',
    );
    expect(settled(['3/4/2026'], 'mdy')).toEqual(['mdy']);
  });

  it('is asked for on the command line where the program came from there', () => {
    const days = ['3/4/2026'].flatMap((text) => readDay(text) ?? []);
    expect(() =>
      settleDateOrder(days, { replaced: true, place: 'talks.csv', problems: [] }),
    ).toThrow('Say it with --date-order dmy (day first) or --date-order mdy.');
  });
});

describe('a time of the clock', () => {
  it.each([
    ['09:00', 540, undefined, ''],
    ['9:00 AM', 540, undefined, ''],
    ['12am', 0, undefined, ''],
    ['12:30 p.m.', 750, undefined, ''],
    ['14h30', 870, undefined, ''],
    ['14h', 840, undefined, ''],
    ['14.30 Uhr', 870, undefined, ''],
    ['24:00', 1440, undefined, ''],
    ['noon', 720, undefined, ''],
    ['0.375', 540, undefined, ''],
    ['9:00–10:30', 540, 630, ''],
    ['9-10 Uhr', 540, 600, ''],
    ['8:00 to 9:30am', 480, 570, ''],
    ['11 to 1pm', 660, 780, ''],
    ['11:30am - 1pm', 690, 780, ''],
    ['Thu, April 23, 8:00 to 9:30am', 480, 570, 'Thu, April 23'],
    ['24.02.2026 14.30', 870, undefined, '24.02.2026'],
  ])('is read from %s', (text, start, end, rest) => {
    expect(readClocks(text)).toEqual({ start, ...(end !== undefined && { end }), rest });
  });

  it.each(['', '9', '25:00', '9:75', '24.02.2026', '2026-04-23', '13pm', 'Room 4'])(
    'is not read from %s',
    (text) => {
      expect(readClocks(text)).toBeUndefined();
    },
  );

  it('is read back from every minute of the day, in 12 hours and in 24', () => {
    for (let minute = 0; minute < 1440; minute++) {
      const date = new Date(minute * 60_000);
      for (const locale of ['en-US', 'de', 'fr', 'da']) {
        const text = date.toLocaleTimeString(locale, { timeStyle: 'short', timeZone: 'UTC' });
        expect([text, readClocks(text)?.start]).toEqual([text, minute]);
      }
    }
  });

  it.each([
    ['90', 90],
    ['1:30', 90],
    ['01:30:00', 90],
    ['1h30', 90],
    ['1.5 h', 90],
    ['1,5', 90],
    ['90 min', 90],
    ['PT1H30M', 90],
    ['0.0625', 90],
    ['0', 0],
  ])('lasts as long as %s says', (text, minutes) => {
    expect(readLength(text)).toBe(minutes * 60_000);
  });

  it.each(['', 'long', '-5', 'h'])('has no length in %s', (text) => {
    expect(readLength(text)).toBeUndefined();
  });
});

describe('a moment in a cell', () => {
  it('is a day, a clock, both, or a point in time', () => {
    expect(readWrittenMoment('2026-04-23T09:00:00-05:00')).toEqual({
      at: { at: Date.parse('2026-04-23T14:00:00Z'), offset: -300 },
    });
    expect(readWrittenMoment('2026-04-23 09:00')).toEqual({
      day: { year: 2026, month: 4, day: 23 },
      clock: 540,
    });
    expect(readWrittenMoment('46135.375')).toEqual({
      day: { year: 2026, month: 4, day: 23 },
      clock: 540,
    });
    expect(readWrittenMoment('April 23 at 9:00 AM CDT')).toEqual({
      day: { month: 4, day: 23 },
      clock: 540,
      zone: 'CDT',
    });
    expect(readWrittenMoment('23 APR')).toEqual({ day: { month: 4, day: 23 } });
    expect(readWrittenMoment('2026-04-23 TBA')).toEqual({ day: { year: 2026, month: 4, day: 23 } });
  });

  it('never throws, whatever stands there', () => {
    const signs = fc.constantFrom(...'0123456789:.-/ apmhTZ,()–'.split(''));
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(signs).map((all) => all.join('')),
        ),
        (text) => {
          readWrittenMoment(text);
          readLength(text);
        },
      ),
    );
  });
});

describe('a mapping', () => {
  it('is changed field by field, in presentations too', () => {
    const mapping = withColumns({ title: 'Name' }, 'presentation.title', ['Paper']);
    expect(mapping).toEqual({ title: 'Name', presentation: { title: 'Paper' } });
    const both = withColumns(mapping, 'start', ['Day', 'Time']);
    expect(fieldsOf(both)).toEqual([
      { field: 'title', columns: ['Name'] },
      { field: 'start', columns: ['Day', 'Time'] },
      { field: 'presentation.title', columns: ['Paper'] },
    ]);
    expect(withColumns(both, 'presentation.title', [])).toEqual({
      title: 'Name',
      start: ['Day', 'Time'],
    });
  });

  it('compares headings without case, accents, signs and what stands in parentheses', () => {
    expect(
      ['Session_Start (local)', 'SessionTitle', 'Début', ' Author(s) '].map(plainHeading),
    ).toEqual(['session start', 'session title', 'debut', 'author']);
  });
});

it('tells what cannot be settled as an error of the program', () => {
  try {
    settleDateOrder([{ first: 3, second: 4, dotted: false }], { place: 'x', problems: [] });
    expect.unreachable();
  } catch (thrown) {
    expect(thrown instanceof CallboardError && thrown.exit).toBe('program');
  }
});
