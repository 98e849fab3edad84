import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readProgram } from '../../src/program/import.js';
import { lookup } from '../../src/program/lookup.js';
import { toIso } from '../../src/program/time.js';
import { brokenPromises, codes, read, titled } from '../support/program-readings.js';

const zone = 'Europe/Lisbon';
const context = 'https://schema.org';
const script = (value: unknown) =>
  `<script type="application/ld+json">${typeof value === 'string' ? value : JSON.stringify(value)}</script>`;
const html = (...values: unknown[]) =>
  `<!DOCTYPE html><html><head><title>Page</title>${values.map(script).join('\n')}</head><body><h1>Talks</h1></body></html>`;
const event = (name: string, start: string, more: object = {}) => ({
  '@type': 'Event',
  name,
  startDate: start,
  ...more,
});
const person = (name: string, more: object = {}) => ({ '@type': 'Person', name, ...more });
const shape = (source: string) => {
  const { program } = read(source, { zone });
  return {
    title: program.title,
    sessions: program.sessions.map(({ title, presentations }) => [
      title,
      ...presentations.map((one) => one.title),
    ]),
  };
};

/** A meeting of two days: the days hold sessions, one of them holds talks. */
const meeting = {
  '@context': context,
  '@type': 'BusinessEvent',
  '@id': 'https://h.example/#meeting',
  name: 'Harbour Days &amp; Nights',
  url: 'https://h.example/',
  inLanguage: 'en',
  startDate: '2026-06-15',
  endDate: '2026-06-16',
  location: 'Quay House',
  subEvent: [
    {
      '@type': 'Event',
      name: 'Day 1',
      startDate: '2026-06-15T09:00:00+01:00',
      endDate: '2026-06-15T18:00:00+01:00',
      subEvent: [
        {
          '@type': 'EducationEvent',
          '@id': 'https://h.example/#s1',
          identifier: { '@type': 'PropertyValue', value: 'S1' },
          name: 'Ropes',
          alternateName: 'and knots',
          description: '<p>On ropes.</p><p>R&amp;D</p>',
          startDate: '2026-06-15T09:00:00+01:00',
          endDate: '2026-06-15T10:30:00+01:00',
          url: 'https://h.example/s1',
          inLanguage: [{ '@type': 'Language', name: 'Portuguese', alternateName: 'pt' }, 'en'],
          recordedIn: { '@type': 'VideoObject', url: 'https://v.example/1' },
          eventAttendanceMode: 'https://schema.org/MixedEventAttendanceMode',
          location: [
            {
              '@type': 'Place',
              name: 'Room 5',
              floorLevel: '2',
              containedInPlace: { '@type': 'Place', name: 'Quay House' },
            },
            { '@type': 'VirtualLocation', url: 'https://v.example/live' },
          ],
          organizer: [
            person('Olga Pier', { affiliation: { '@type': 'Organization', name: 'Pier School' } }),
            { '@type': 'Organization', name: 'Harbour Society' },
          ],
          performer: {
            '@type': 'PerformanceRole',
            roleName: 'Session Chair',
            performer: { '@id': 'https://h.example/#ada' },
          },
          attendee: person('Secret Guest'),
          subEvent: [
            event('Hemp', '2026-06-15T09:00:00+01:00', {
              duration: 'PT20M',
              performer: [{ '@id': 'https://h.example/#ada' }, person('Bo Keel')],
            }),
            event('Wire', '2026-06-15T09:20:00+01:00', { endDate: '2026-06-15T09:40:00+01:00' }),
          ],
        },
        event('Opening', '2026-06-15T11:00', { endDate: '2026-06-15T12:00' }),
      ],
    },
    event('Farewell', '2026-06-16T17:00:00+01:00', {
      duration: 'PT1H30M',
      eventStatus: { '@id': 'schema:EventCancelled' },
    }),
  ],
};
const ada = person('Ada North', {
  '@id': 'https://h.example/#ada',
  affiliation: 'Sand University',
  sameAs: ['https://bsky.app/profile/ada.example.org', 'https://x.com/ada'],
});

describe('schema.org', () => {
  const { program, report } = read(html({ '@context': context, '@graph': [meeting, ada] }), {
    zone,
  });
  const at = (title: string) => {
    const { startsAt, endsAt } = titled(program, title);
    return [toIso(startsAt), toIso(endsAt)];
  };

  it('reads a program of days, sessions and presentations', () => {
    expect(report.format).toBe('schema-org');
    expect(brokenPromises(program)).toEqual([]);
    expect(codes(report.problems)).toEqual(['no-id', 'no-id']);
    expect([program.title, program.url, program.language]).toEqual([
      'Harbour Days & Nights',
      'https://h.example/',
      'en',
    ]);
    expect(program.sessions.map(({ title }) => title)).toEqual(['Ropes', 'Opening', 'Farewell']);
    expect(at('Ropes')).toEqual(['2026-06-15T08:00:00Z', '2026-06-15T09:30:00Z']);
    expect(at('Opening')).toEqual(['2026-06-15T10:00:00Z', '2026-06-15T11:00:00Z']);
    expect(at('Farewell')).toEqual(['2026-06-16T16:00:00Z', '2026-06-16T17:30:00Z']);
    expect(program.sessions.map(({ cancelled }) => cancelled)).toEqual([false, false, true]);
  });

  it('reads everything that a session says', () => {
    const session = titled(program, 'Ropes');
    const found = lookup(program);
    expect(session).toMatchObject({
      aliases: ['id:https://h.example/#s1', 'identifier:S1', 'url:https://h.example/s1'],
      subtitle: 'and knots',
      abstract: 'On ropes.\n\nR&D',
      languages: ['pt', 'en'],
      url: 'https://h.example/s1',
      recording: 'https://v.example/1',
      stream: 'https://v.example/live',
    });
    expect(session.type).toBeUndefined();
    expect(found.room(session.room)).toMatchObject({
      name: 'Room 5',
      floor: '2',
      building: 'Quay House',
    });
    const said = (people: typeof session.people) =>
      people.map(({ person: key, role }) => [
        role,
        found.person(key)?.name,
        found.person(key)?.affiliation,
      ]);
    expect(said(session.people)).toEqual([
      ['chair', 'Ada North', 'Sand University'],
      ['organizer', 'Olga Pier', 'Pier School'],
    ]);
    expect(
      session.presentations.map(({ title, startsAt = 0, endsAt = 0, people }) => [
        title,
        toIso(startsAt),
        toIso(endsAt),
        said(people),
      ]),
    ).toEqual([
      [
        'Hemp',
        '2026-06-15T08:00:00Z',
        '2026-06-15T08:20:00Z',
        [
          ['presenter', 'Ada North', 'Sand University'],
          ['presenter', 'Bo Keel', undefined],
        ],
      ],
      ['Wire', '2026-06-15T08:20:00Z', '2026-06-15T08:40:00Z', []],
    ]);
    const adas = program.people.filter(({ name }) => name === 'Ada North');
    expect(adas.map(({ handles }) => handles)).toEqual([{ bluesky: 'ada.example.org', x: 'ada' }]);
    expect(JSON.stringify(program)).not.toContain('Secret Guest');
  });

  it('reads bare JSON-LD, and events that are tied by references from either side, in several scripts', () => {
    const flat = [
      {
        '@context': context,
        '@type': 'Event',
        '@id': '#all',
        name: 'All',
        startDate: '2026-06-15',
        endDate: '2026-06-17',
      },
      event('One', '2026-06-15T09:00', { '@id': '#one', superEvent: { '@id': '#all' } }),
      { '@type': 'Event', '@id': '#all', subEvent: [{ '@id': '#two' }] },
      event('Two', '2026-06-16T09:00', { '@id': '#two' }),
    ];
    const expected = { title: 'All', sessions: [['One'], ['Two']] };
    expect(shape(JSON.stringify({ '@context': context, '@graph': flat }))).toEqual(expected);
    expect(shape(html(...flat))).toEqual(expected);
  });

  it('makes one program of a super-event that every session only mentions', () => {
    const mention = { '@type': 'Event', name: 'Harbour Days' };
    expect(
      shape(
        html([
          event('One', '2026-06-15T09:00', { superEvent: mention }),
          event('Two', '2026-06-15T10:00', { superEvent: mention }),
        ]),
      ),
    ).toEqual({ title: 'Harbour Days', sessions: [['One'], ['Two']] });
  });

  it('takes the only event with parts for the program, however short, and parts of a day for sessions', () => {
    const day = (end: string, parts: object[]) =>
      event('Day', '2026-06-15T09:00', {
        endDate: `2026-06-15T${end}`,
        location: 'Hall',
        subEvent: parts,
      });
    const talks = [
      event('A', '2026-06-15T09:00', { endDate: '2026-06-15T10:00' }),
      event('B', '2026-06-15T10:00', { endDate: '2026-06-15T11:00' }),
    ];
    expect(shape(html(day('12:00', talks)))).toEqual({ title: 'Day', sessions: [['A'], ['B']] });
    const meetingOf = (part: object) =>
      html(event('Meeting', '2026-06-15', { endDate: '2026-06-18', subEvent: [part] }));
    // Half a day with parts inside is a session, and so is a whole one in one place, one part after the other.
    expect(shape(meetingOf(day('12:00', talks))).sessions).toEqual([['Day', 'A', 'B']]);
    expect(shape(meetingOf(day('18:00', talks))).sessions).toEqual([['Day', 'A', 'B']]);
    // A day with parts side by side, in several places, or outside of it holds sessions.
    const aside = event('C', '2026-06-15T09:30', { endDate: '2026-06-15T11:00' });
    expect(shape(meetingOf(day('18:00', [...talks, aside]))).sessions).toEqual([
      ['A'],
      ['C'],
      ['B'],
    ]);
    const late = event('D', '2026-06-15T20:00');
    expect(shape(meetingOf(day('12:00', [...talks, late]))).sessions).toEqual([
      ['A'],
      ['B'],
      ['D'],
    ]);
    const rooms = talks.map((talk, index) => ({ ...talk, location: `Room ${index}` }));
    expect(shape(meetingOf(day('18:00', rooms))).sessions).toEqual([['A'], ['B']]);
  });

  it('takes, of events that are not tied, the one that spans the others for the program', () => {
    expect(
      shape(
        html(
          event('All', '2026-06-15', { endDate: '2026-06-17' }),
          event('One', '2026-06-15T09:00'),
          event('Two', '2026-06-17T09:00'),
        ),
      ),
    ).toEqual({ title: 'All', sessions: [['One'], ['Two']] });
  });

  it('says what a day without a time, a postponed event and an address that all share mean', () => {
    const url = 'https://h.example/program';
    const { program: found, report: said } = read(
      html(
        event('Whole day', '2026-06-15', { url }),
        event('Later', '2026-06-15T09:00', {
          url,
          endDate: '2026-06-15',
          eventStatus: 'EventPostponed',
        }),
        event('Moved', '2026-06-15T10:00', {
          url,
          duration: 'PT1H',
          eventStatus: `${context}/EventRescheduled`,
        }),
      ),
      { zone },
    );
    expect(found.sessions.map(({ title, cancelled }) => [title, cancelled])).toEqual([
      ['Whole day', false],
      ['Later', true],
      ['Moved', false],
    ]);
    expect(codes(said.problems).filter((code) => code !== 'no-id')).toEqual([
      'day-without-time',
      'postponed',
      'no-end',
    ]);
    expect(found.sessions.flatMap(({ aliases }) => aliases).join()).not.toContain('url:');
    expect(titled(found, 'Whole day').endsAt - titled(found, 'Whole day').startsAt).toBe(
      86_400_000,
    );
  });

  it('keeps pages apart that give their events the same relative id', () => {
    const bytes = (name: string) =>
      new TextEncoder().encode(html(event(name, '2026-06-15T09:00', { '@id': '#event' })));
    const documents = ['A', 'B'].map((name) => ({ name: `${name}.html`, bytes: bytes(name) }));
    const { counts } = readProgram(documents, { address: 'folder', edition: 'test', zone }).report;
    expect(counts.sessions).toBe(2);
  });

  it('goes on past a broken script, and mends line ends in texts', () => {
    const mended = `{"@context":"${context}","@type":"Event","name":"A","startDate":"2026-06-15T09:00","description":"two\nlines","endDate":"2026-06-15T10:00"}`;
    const { program: found, report: said } = read(html('{"@type":', mended), { zone });
    expect(found.sessions.map(({ title, abstract }) => [title, abstract])).toEqual([
      ['A', 'two lines'],
    ]);
    expect(codes(said.problems)).toEqual(['json-ld-malformed', 'json-ld-mended', 'no-id']);
  });

  it('does not take pages without events for its own', () => {
    expect(() => read(html({ '@context': context, '@type': 'Organization', name: 'X' }))).toThrow(
      /web page, not a program/,
    );
    expect(() => read(html('{"@type": "Event", '))).toThrow(/no event that can be read/);
    expect(() => read('{"type":"Event","name":"X"}')).toThrow(/not recognized/);
  });

  it('ends, and keeps the promises of the model, whatever the graph says', () => {
    const deep = `${'['.repeat(20_000)}{"@type":"Event","name":"A","startDate":"2026-06-15T09:00","endDate":"2026-06-15T10:00"}${']'.repeat(20_000)}`;
    expect(read(html(deep), { zone }).program.sessions).toHaveLength(1);
    const id = fc.constantFrom('#a', '#b', '#c', '#d');
    const when = fc.constantFrom(
      '2026-06-15',
      '2026-06-15T09:00',
      '2026-06-15T12:00+02:00',
      'soon',
      7,
    );
    const node = fc.record(
      {
        '@type': fc.constantFrom('Event', ['Event', 'Thing'], 'Person', 7),
        '@id': id,
        name: fc.oneof(fc.string(), fc.constant(null), fc.constant({ '@value': 'N' })),
        startDate: when,
        endDate: when,
        duration: fc.constantFrom('PT1H', 'P1Y', 'x'),
        subEvent: fc.oneof(
          id,
          id.map((one) => ({ '@id': one })),
          fc.array(id.map((one) => ({ '@id': one }))),
        ),
        superEvent: id.map((one) => ({ '@id': one })),
        performer: fc.anything(),
        location: fc.anything(),
      },
      { requiredKeys: ['@type'] },
    );
    fc.assert(
      fc.property(fc.array(node, { minLength: 1, maxLength: 8 }), (graph) => {
        try {
          const source = JSON.stringify({ '@context': context, '@graph': graph });
          expect(brokenPromises(read(source, { zone, format: 'schema-org' }).program)).toEqual([]);
        } catch (thrown) {
          expect(thrown).toMatchObject({ exit: 'program' });
        }
      }),
      { numRuns: 300 },
    );
  });
});
