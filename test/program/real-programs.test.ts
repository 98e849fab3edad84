import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { programChanges } from '../../src/program/changes.js';
import { aliasesOf } from '../../src/program/identity.js';
import { brokenPromises, codes, read } from '../support/program-readings.js';
import { mpsaProgram } from '../support/mpsa.js';
import { realPrograms } from '../support/real-programs.js';

const bytes = (name: string) => readFileSync(join(realPrograms ?? '', name));

describe.skipIf(!realPrograms)('real programs', () => {
  it('reads the frab JSON of a congress whole', () => {
    const { program, report } = read(bytes('39c3.frab.json'));
    expect(report.format).toBe('frab-json');
    expect(report.counts).toEqual({
      sessions: 895,
      presentations: 0,
      people: 709,
      rooms: 58,
      units: 9,
      types: 25,
      days: 5,
      cancelled: 0,
    });
    expect(report.zone).toEqual({ name: 'Europe/Berlin', origin: 'source' });
    expect(report.firstStart).toBe('2025-12-27T09:30:00Z');
    expect(report.problems.filter(({ severity }) => severity !== 'note')).toEqual([]);
    expect(codes(report.problems)).toEqual(Array(15).fill('duplicate-id'));
    expect(brokenPromises(program)).toEqual([]);
  });

  it('gives the sessions of one congress the same keys in JSON and in XML', () => {
    const json = read(bytes('39c3.frab.json')).program;
    const xml = read(bytes('39c3.frab.xml'));
    expect(xml.report.counts).toMatchObject({ sessions: 895, people: 709, rooms: 58 });
    expect(brokenPromises(xml.program)).toEqual([]);
    expect(xml.program.sessions.map(({ key }) => key)).toEqual(json.sessions.map(({ key }) => key));
    expect(programChanges(json, xml.program).filter(({ kind }) => kind !== 'new-room')).toEqual([]);
  });

  it('reads a Pentabarf XML whole, and no tag survives in it', () => {
    const { program, report } = read(bytes('fosdem2024.frab.xml'));
    expect(report.counts).toMatchObject({ sessions: 876, people: 945, rooms: 29, units: 65 });
    expect(report.zone).toEqual({ name: 'Europe/Brussels', origin: 'source' });
    expect(report.problems).toEqual([]);
    expect(brokenPromises(program)).toEqual([]);
    const abstracts = program.sessions.map(({ abstract = '' }) => abstract);
    expect(
      abstracts.filter((text) => /<\/?(p|ul|li|a|br|strong|em|h\d)\b[^>]*>/i.test(text)),
    ).toEqual([]);
    expect(abstracts.filter((text) => /&(amp|lt|gt|quot|nbsp|#\d+);/.test(text))).toEqual([]);
    expect(abstracts.filter((text) => text.includes('\n\n')).length).toBeGreaterThan(400);
  });

  it('follows two versions of one calendar', () => {
    const before = read(bytes('jococruise2023-v1.sched.ics'));
    const after = read(bytes('jococruise2023-v2.sched.ics'), {
      aliases: aliasesOf(before.program),
    });
    expect(before.report.counts).toMatchObject({ sessions: 411, presentations: 0 });
    expect(after.report.counts.sessions).toBe(424);
    expect(before.report.zone).toEqual({ name: 'UTC', origin: 'source' });
    expect(brokenPromises(after.program)).toEqual([]);
    const changes = programChanges(before.program, after.program);
    const count = (kind: string) => changes.filter((change) => change.kind === kind).length;
    expect({
      added: count('added'),
      vanished: count('vanished'),
      moved: count('moved'),
      rooms: count('new-room'),
      retitled: count('retitled'),
    }).toEqual({ added: 21, vanished: 8, moved: 20, rooms: 7, retitled: 9 });
  });

  it('meets the density of an academic meeting through our own format', () => {
    const file = mpsaProgram(readFileSync(join(realPrograms ?? '', 'mpsa2026.json'), 'utf8'));
    const { program, report } = read(JSON.stringify(file));
    expect(report.counts).toMatchObject({
      sessions: 1099,
      presentations: 4112,
      people: 5520,
      rooms: 1,
      units: 83,
      types: 8,
      days: 4,
    });
    expect(codes(report.problems)).toEqual(['control-characters']);
    expect(brokenPromises(program)).toEqual([]);
    const starts = new Map<number, (typeof program.sessions)[number][]>();
    for (const one of program.sessions)
      starts.set(one.startsAt, [...(starts.get(one.startsAt) ?? []), one]);
    const together = [...starts.values()];
    expect(Math.max(...together.map((sessions) => sessions.length))).toBe(62);
    expect(
      Math.max(
        ...together.map(
          (sessions) => sessions.flatMap(({ presentations }) => presentations).length,
        ),
      ),
    ).toBe(233);
  });

  it('says of other formats that it does not know them, in one sentence', () => {
    expect(() => read(bytes('pyconfr2025.pretalx-rest.json'))).toThrow(/format is not recognized/);
  });
});
