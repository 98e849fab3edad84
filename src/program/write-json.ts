import { given } from './given.js';
import type { Presentation, Program, Session } from './model.js';
import type { ProgramFile } from './sources/callboard-shape.js';
import { inZone, toIso, type EpochMs } from './time.js';

/** A program in our own JSON format, keys and aliases included, so that reading it back gives an equal program in any edition. */
export function writeProgram(program: Program): string {
  return `${JSON.stringify(programFile(program), null, 2)}\n`;
}

/** The same as a value. */
export function programFile(program: Program): ProgramFile {
  const { title, zone, language, url, unitLabel } = program;
  const at = (moment: EpochMs) => wallClock(moment, zone);
  return {
    format: 'callboard-program',
    version: 1,
    title,
    zone,
    ...given({ language, url, unitLabel }),
    rooms: program.rooms.map((room) => ({ ...room })),
    units: program.units.map((unit) => ({ ...unit })),
    people: program.people.map(({ aliases, ...person }) => ({ ...person, ids: [...aliases] })),
    sessions: program.sessions.map((session) => sessionFile(session, at)),
  };
}

type Said = (moment: EpochMs) => string;

function sessionFile(session: Session, at: Said): ProgramFile['sessions'][number] {
  const { aliases, startsAt, endsAt, languages, links, people, presentations, ...rest } = session;
  return {
    ...rest,
    ids: [...aliases],
    start: at(startsAt),
    end: at(endsAt),
    languages: [...languages],
    links: links.map((link) => ({ ...link })),
    people: people.map((one) => ({ ...one })),
    presentations: presentations.map((presentation) => presentationFile(presentation, at)),
  };
}

function presentationFile(presentation: Presentation, at: Said) {
  const { aliases, startsAt, endsAt, people, links, ...rest } = presentation;
  return {
    ...rest,
    ids: [...aliases],
    ...given({
      start: startsAt === undefined ? undefined : at(startsAt),
      end: endsAt === undefined ? undefined : at(endsAt),
    }),
    people: people.map((one) => ({ ...one })),
    links: links.map((link) => ({ ...link })),
  };
}

/** With the zone's offset for people; in UTC where that offset has seconds, which ISO 8601 cannot say. */
function wallClock(moment: EpochMs, zone: string): string {
  const local = inZone(moment, zone);
  return /^[+-]\d\d:\d\d$/.test(local.offset)
    ? `${local.toPlainDateTime().toString()}${local.offset}`
    : toIso(moment);
}
