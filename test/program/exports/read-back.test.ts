import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { writeFrabJson } from '../../../src/program/exports/frab-json.js';
import { writeFrabXml } from '../../../src/program/exports/frab-xml.js';
import { writeCalendar } from '../../../src/program/exports/icalendar.js';
import { writeLinkedData } from '../../../src/program/exports/linked-data.js';
import { lookup } from '../../../src/program/lookup.js';
import type { Program } from '../../../src/program/model.js';
import { writeProgram } from '../../../src/program/write-json.js';
import { anyProgram } from '../../support/any-program.js';
import { mpsaProgram } from '../../support/mpsa.js';
import { read } from '../../support/program-readings.js';
import { realPrograms } from '../../support/real-programs.js';
import { about, inCalendar, inFrab, inLinkedData, said, type SaidSession } from './carried.js';

type Write = (program: Program) => string;
const formats: readonly (readonly [
  name: string,
  write: Write,
  carried: (program: Program) => readonly SaidSession[],
])[] = [
  ['iCalendar', (program) => writeCalendar(lookup(program), program.sessions, about), inCalendar],
  [
    'frab JSON',
    (program) => writeFrabJson(lookup(program), program.sessions, about),
    (program) => inFrab(program, 'whole'),
  ],
  [
    'frab XML',
    (program) => writeFrabXml(lookup(program), program.sessions, about),
    (program) => inFrab(program, 'names'),
  ],
  ['JSON-LD', (program) => writeLinkedData(lookup(program), program.sessions, about), inLinkedData],
];

describe.each(formats)('%s', (_name, write, carried) => {
  it('is read back by our own importer with all that it can carry, whatever the texts and times', () => {
    fc.assert(
      fc.property(anyProgram, (program) => {
        const { program: again } = read(write(program), { zone: program.zone });
        expect(said(again)).toEqual(carried(program));
      }),
      { numRuns: 60, endOnFailure: true },
    );
  });

  describe.skipIf(realPrograms === undefined)('of a real program', () => {
    it.each(real())('loses nothing of %s that it can carry', (name) => {
      const program = realProgram(name);
      const { program: again } = read(write(program), { zone: program.zone });
      expect(said(again)).toEqual(carried(program));
    });
  });

  it('is the same bytes for the same program', () => {
    const [program] = fc.sample(anyProgram, { numRuns: 1, seed: 7 }) as [Program];
    expect(write(program)).toBe(write(structuredClone(program)));
  });
});

test('our own JSON gives the very same program, keys and ids included', () => {
  fc.assert(
    fc.property(anyProgram, (program) => {
      expect(read(writeProgram(program)).program).toEqual(program);
    }),
    { numRuns: 30, endOnFailure: true },
  );
});

test.skipIf(realPrograms === undefined)(
  'a frab program that comes back as frab is the same to its keys',
  () => {
    const program = realProgram('39c3.frab.json');
    const again = read(writeFrabJson(lookup(program), program.sessions, about)).program;
    expect(again.sessions.map(({ key }) => key)).toEqual(program.sessions.map(({ key }) => key));
  },
);

function real(): readonly string[] {
  return ['39c3.frab.json', 'fosdem2024.frab.xml', 'jococruise2023-v2.sched.ics', 'mpsa2026.json'];
}

function realProgram(name: string): Program {
  const bytes = readFileSync(join(realPrograms ?? '', name));
  if (name !== 'mpsa2026.json') return read(bytes).program;
  return read(JSON.stringify(mpsaProgram(bytes.toString('utf8')))).program;
}
