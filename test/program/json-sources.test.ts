import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { CallboardError } from '../../src/errors.js';
import { handlesInAnswer } from '../../src/program/sources/handle-questions.js';
import { languagesNamed } from '../../src/program/sources/language-names.js';
import { brokenPromises, read } from '../support/program-readings.js';

/** Fields that any of the JSON sources looks at, so that generated objects are met by their readers. */
const names =
  `code title name speakers submission_type track state slots slot room room_id start end submission answers
  question answer variant resource url color capacity results next sessions rooms timeSlots categories categoryItems items
  questionAnswers links linkType fullName id isServiceSession startsAt endsAt status event_key event_start event_end active venue
  contributions startDate endDate date time tz conveners session duration subContributions folders attachments timezone schedule talks`.split(
    /\s+/,
  );
const leaf = fc.oneof(
  fc.constantFrom(
    null,
    true,
    0,
    7,
    -1,
    1e300,
    '',
    'ABC',
    '2026-05-01T09:00:00+02:00',
    '2026-05-01 09:00',
    '2026-05-01',
    '09:00:00',
    'Europe/Berlin',
    'confirmed',
    '@ada',
    '__proto__',
  ),
  fc.string({ maxLength: 8 }),
);
const { anything } = fc.letrec((tie) => ({
  anything: fc.oneof(
    { maxDepth: 5, depthSize: 'medium' },
    leaf,
    fc.array(tie('anything'), { maxLength: 4 }),
    fc.dictionary(fc.constantFrom(...names), tie('anything'), { maxKeys: 8 }),
  ),
}));
const entry = fc.dictionary(fc.constantFrom(...names), anything, { minKeys: 3, maxKeys: 14 });
/** One that surely becomes a session, so that what stands around it is read to its end. */
const sound: Readonly<Record<string, (others: readonly unknown[]) => unknown>> = {
  'pretalx-rest': (others) => ({
    results: [
      ...others,
      // Ids that no generated text is: another slot of the same id may well say another time.
      {
        code: 'SOUND-987654',
        title: 'Sound',
        slots: [{ id: 987_654, room: 987_654, start: '2026-05-01T09:00:00Z' }],
      },
    ],
  }),
  sessionize: (others) => ({
    sessions: [...others, { id: 'sound-987654', title: 'Sound', startsAt: '2026-05-01T09:00:00' }],
    speakers: others,
    rooms: others,
    categories: others,
    questions: others,
  }),
  'sched-api': (others) => [
    ...others,
    { event_key: 'sound-987654', name: 'Sound', event_start: '2026-05-01 09:00' },
  ],
  indico: (others) => ({
    results: [
      {
        sessions: others,
        contributions: [
          ...others,
          {
            id: 'sound-987654',
            title: 'Sound',
            startDate: { date: '2026-05-01', time: '09:00:00', tz: 'UTC' },
          },
        ],
      },
    ],
  }),
};

describe.each(Object.keys(sound))('%s', (format) => {
  it('keeps the promises of the model whatever stands around a sound session', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(entry, anything), { maxLength: 4 }), (others) => {
        const { program } = read(JSON.stringify(sound[format]?.(others)), { format });
        expect(program.sessions.some(({ title }) => title === 'Sound')).toBe(true);
        expect(brokenPromises(program)).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  it('throws nothing but a sentence on a whole that cannot be read', () => {
    fc.assert(
      fc.property(fc.oneof(entry, anything), (body) => {
        try {
          read(JSON.stringify(body), { format });
        } catch (thrown) {
          expect(thrown).toBeInstanceOf(CallboardError);
          expect((thrown as CallboardError).exit).toBe('program');
        }
      }),
      { numRuns: 150 },
    );
  });
});

describe('a handle in an answer', () => {
  it.each([
    ['Bluesky', '@ada.example.org', { bluesky: 'ada.example.org' }],
    ['Your Twitter handle', 'ada', { x: 'ada' }],
    ['X / Twitter', '@ada', { x: 'ada' }],
    ['Threads account', 'ada.l', { threads: 'ada.l' }],
    ['YouTube channel', 'https://www.youtube.com/@ada', { youtube: 'ada' }],
    ['Social media', 'https://bsky.app/profile/ada.example.org', { bluesky: 'ada.example.org' }],
    ['Twitter or Bluesky handle', 'https://x.com/ada', { x: 'ada' }],
  ])('to “%s” is taken: %s', (question, answer, handles) => {
    expect(handlesInAnswer(question, answer)).toEqual(handles);
  });

  it.each([
    ['May we publish it on YouTube?', 'Yes'],
    ['Do you use threads in Python?', 'yes'],
    ['Twitter or Bluesky handle', '@ada'],
    ['Which talk on https://x.com made you think?', 'https://example.org/'],
    ['Mastodon', '@ada@example.social'],
    ['T-shirt size (X, L, M)', 'X'],
    ['Bluesky', 'I have none'],
  ])('to “%s” is none: %s', (question, answer) => {
    expect(handlesInAnswer(question, answer)).toEqual({});
  });
});

it('knows languages by tag and by name', () => {
  expect(languagesNamed('English, Deutsch')).toBe('en,de');
  expect(languagesNamed('Français / Italian')).toBe('fr,it');
  expect(languagesNamed('pt-BR')).toBe('pt-BR');
  expect(languagesNamed('Klingonese')).toBeUndefined();
});
