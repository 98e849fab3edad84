import jsonld from 'jsonld';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  linkedDataScript,
  sessionLinkedData,
  writeLinkedData,
} from '../../../src/program/exports/linked-data.js';
import { lookup } from '../../../src/program/lookup.js';
import { anyProgram } from '../../support/any-program.js';
import { about } from './carried.js';
import { program, session, now } from '../../site/web-fixture.js';

const term = (name: string) => `https://schema.org/${name}`;

/** Expands by a processor of its own, with a context that knows no more than the vocabulary; nothing is fetched. */
const expanded = (document: unknown) =>
  jsonld.expand(document as jsonld.JsonLdDocument, {
    documentLoader: (url) =>
      Promise.resolve({
        documentUrl: url,
        document: { '@context': { '@vocab': 'https://schema.org/' } },
      }),
  });

const moved = about.history;
const withMove = {
  ...about,
  history: () => ({ sequence: 1, modifiedAt: now, previousStart: now }),
};

it('is a graph of the conference, its sessions and their presentations for an independent processor', async () => {
  const one = session({
    room: 'r1',
    stream: 'https://stream.example/1',
    presentations: [
      { key: 'a', aliases: [], title: 'First', people: [], links: [], cancelled: false },
    ],
    people: [{ person: 'p1', role: 'chair' }],
  });
  const text = writeLinkedData(lookup(program([one])), [one], withMove);
  const [conference] = await expanded(JSON.parse(text));
  expect(conference).toMatchObject({
    '@id': 'https://meet.example/#conference',
    '@type': [term('Event')],
    [term('name')]: [{ '@value': 'Northern Meeting' }],
    [term('subEvent')]: [
      {
        '@id': 'https://meet.example/sessions/s1',
        '@type': [term('EducationEvent')],
        [term('eventStatus')]: [{ '@value': 'https://schema.org/EventRescheduled' }],
        [term('previousStartDate')]: [{ '@value': '2026-11-24T14:00:00+01:00' }],
        [term('startDate')]: [{ '@value': '2026-11-24T14:15:00+01:00' }],
        [term('location')]: [
          { '@type': [term('MeetingRoom')], [term('name')]: [{ '@value': 'Hall 2' }] },
          { '@type': [term('VirtualLocation')] },
        ],
        [term('performer')]: [
          { '@type': [term('Role')], [term('roleName')]: [{ '@value': 'chair' }] },
        ],
        [term('subEvent')]: [{ [term('name')]: [{ '@value': 'First' }] }],
      },
    ],
  });
});

it('says of a session alone what it is part of, and that it is cancelled rather than moved', async () => {
  const one = session({ cancelled: true });
  const [event] = await expanded(sessionLinkedData(lookup(program([one])), one, withMove));
  expect(event).toMatchObject({
    [term('eventStatus')]: [{ '@value': 'https://schema.org/EventCancelled' }],
    [term('superEvent')]: [{ '@id': 'https://meet.example/#conference' }],
  });
  expect(event).not.toHaveProperty([term('previousStartDate')]);
});

it('can be expanded whatever the texts, with every session', async () => {
  await fc.assert(
    fc.asyncProperty(anyProgram, async (any) => {
      const text = writeLinkedData(lookup(any), any.sessions, { ...about, history: moved });
      const [conference] = (await expanded(JSON.parse(text))) as [Record<string, unknown[]>];
      expect(conference[term('subEvent')]).toHaveLength(any.sessions.length);
    }),
    { numRuns: 20, endOnFailure: true },
  );
});

it('ends no script element that it stands in', () => {
  const one = session({ title: '</script><script>alert(1)</script>' });
  const text = linkedDataScript(sessionLinkedData(lookup(program([one])), one, about));
  expect(text).not.toContain('<');
  expect(JSON.parse(text)).toMatchObject({ name: one.title });
});
