import ts from 'typescript';
import { expect, it } from 'vitest';
import {
  conferenceLinkedData,
  presentationLinkedData,
  sessionLinkedData,
  writeLinkedData,
} from '../../../src/program/exports/linked-data.js';
import { lookup } from '../../../src/program/lookup.js';
import { now, program, session } from '../../site/web-fixture.js';
import { about } from './carried.js';

const virtual = new URL('virtual.ts', import.meta.url).pathname;
const options: ts.CompilerOptions = {
  strict: true,
  noEmit: true,
  skipLibCheck: true,
  types: [],
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
};

/** What the compiler says of values whose types are those of the vocabulary; nothing when they obey it. */
function complaints(values: readonly { readonly type: string; readonly value: unknown }[]) {
  const source = [
    `import type { EducationEvent, Event, WithContext } from 'schema-dts';`,
    ...values.map(
      ({ type, value }, n) =>
        `export const value${String(n)}: WithContext<${type}> = ${JSON.stringify(value)};`,
    ),
  ].join('\n');
  const files = ts.createCompilerHost(options);
  const host: ts.CompilerHost = {
    ...files,
    fileExists: (name) => name === virtual || files.fileExists(name),
    readFile: (name) => (name === virtual ? source : files.readFile(name)),
    getSourceFile: (name, ...rest) =>
      name === virtual
        ? ts.createSourceFile(name, source, ts.ScriptTarget.ES2022)
        : files.getSourceFile(name, ...rest),
  };
  return ts
    .getPreEmitDiagnostics(ts.createProgram([virtual], options, host))
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
}

const full = session({
  subtitle: 'With a subtitle',
  type: 'Panel',
  unit: 'u1',
  abstract: 'What it is about.',
  room: 'r1',
  stream: 'https://stream.example/1',
  recording: 'https://video.example/1',
  languages: ['en', 'cy'],
  url: 'https://meet.example/elsewhere',
  people: [
    { person: 'p1', role: 'chair' },
    { person: 'p1', role: 'discussant' },
  ],
  presentations: [
    {
      key: 'a',
      aliases: [],
      title: 'First',
      abstract: 'Words.',
      startsAt: now,
      endsAt: now + 1_200_000,
      people: [{ person: 'p1', role: 'author' }],
      links: [],
      cancelled: false,
    },
    { key: 'b', aliases: [], title: 'Second', people: [], links: [], cancelled: true },
  ],
});

it('obeys the types of the vocabulary, as its editors give them out', () => {
  const cancelled = session({ cancelled: true });
  const meeting = lookup(program([full, cancelled]));
  const moved = {
    ...about,
    history: () => ({ sequence: 1, modifiedAt: now, previousStart: now }),
  };
  const value: unknown = JSON.parse(writeLinkedData(meeting, [full, cancelled], moved));
  expect(
    complaints([
      { type: 'Event', value },
      { type: 'EducationEvent', value: sessionLinkedData(meeting, full, moved) },
      { type: 'EducationEvent', value: sessionLinkedData(meeting, cancelled, about) },
      ...full.presentations.map((presentation) => ({
        type: 'EducationEvent',
        value: presentationLinkedData(meeting, { presentation, session: full }, about),
      })),
      { type: 'Event', value: conferenceLinkedData(meeting, about) },
    ]),
  ).toEqual([]);
});

it('would be caught with a property or a value that is none', () => {
  const value = sessionLinkedData(lookup(program([full])), full, about);
  const wrong = [
    { ...value, startsAt: '2026-04-02' },
    { ...value, eventStatus: 'https://schema.org/EventMoved' },
  ];
  const said = complaints(wrong.map((one) => ({ type: 'EducationEvent', value: one })));
  expect(said).toHaveLength(wrong.length);
});
