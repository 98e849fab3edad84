import { readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { readProgram } from '../../src/program/import.js';
import { writeProgram } from '../../src/program/write-json.js';
import type { Program, Session } from '../../src/program/model.js';

const sample = join(import.meta.dirname, '..', '..', 'config', 'sample-conference.json');

/** Reads a real program in any of our formats, or the sample conference. */
export function readWholeProgram(file = sample): Program {
  const bytes = new Uint8Array(readFileSync(file));
  const name = basename(file);
  return readProgram([{ name, bytes }], { address: name, edition: 'dense-hour' }).program;
}

/**
 * The sessions of a program that start closest together, so many of them. A program that has fewer gives them again and again, under keys of their own.
 */
export function densestSessions(program: Program, count: number): readonly Session[] {
  const going = program.sessions.filter(({ cancelled }) => !cancelled);
  const enough = Array.from({ length: Math.ceil(count / Math.max(1, going.length)) }, (_, copy) =>
    going.map((session) => (copy === 0 ? session : again(session, copy))),
  ).flat();
  const spans = enough.slice(0, enough.length - count + 1).map((first, at) => {
    const last = enough[at + count - 1] ?? first;
    return { at, ms: last.startsAt - first.startsAt };
  });
  const densest = spans.reduce((best, span) => (span.ms < best.ms ? span : best));
  return enough.slice(densest.at, densest.at + count);
}

function again(session: Session, copy: number): Session {
  const letter = 'abcdefghijklmnopqrstuvwxyz'.charAt(copy % 26);
  return {
    ...session,
    key: `${letter}${session.key.slice(1)}`,
    aliases: [`id:${session.key}-${String(copy)}`],
    title: `${session.title} (${String(copy + 1)})`,
    presentations: [],
  };
}

/**
 * Writes a program of these sessions alone, in which they start one after the other within a time that begins in 2030: an hour that takes seconds. All else stays
 * as the conference wrote it.
 */
export function writeDenseHour(
  file: string,
  program: Program,
  sessions: readonly Session[],
  overMs: number,
): void {
  const epoch = Date.UTC(2030, 0, 1);
  const step = sessions.length < 2 ? 0 : overMs / (sessions.length - 1);
  const compressed = sessions.map((session, at): Session => {
    const startsAt = epoch + Math.round(at * step);
    const presentations = session.presentations.map(
      ({ startsAt: _start, endsAt: _end, ...presentation }) => presentation,
    );
    return { ...session, startsAt, endsAt: startsAt + 30 * 60_000, presentations };
  });
  writeFileSync(file, writeProgram({ ...program, sessions: compressed }));
}
