import type { ProgramLookup } from '../lookup.js';
import { roles, type Participation, type Presentation, type Session } from '../model.js';
import { roleName } from '../role-names.js';
import { inZone, type EpochMs } from '../time.js';

/**
 * All that there is to say about a session beside its title, time and room, as plain text whose paragraphs are parted by an empty line: for formats that have one
 * field for it.
 */
export function descriptionOf(
  program: ProgramLookup,
  session: Session,
  { unitLabel }: { readonly unitLabel: string },
): string {
  const unit = program.unit(session.unit);
  return [
    session.cancelled ? 'Cancelled.' : '',
    session.subtitle ?? '',
    lines([
      unit && `${unitLabel}: ${unit.name}`,
      session.type && `Type: ${session.type}`,
      ...castLines(program, session.people),
    ]),
    session.abstract ?? '',
    presentationsText(program, session),
    lines([
      session.stream && `Stream: ${session.stream}`,
      session.recording && `Recording: ${session.recording}`,
      ...session.links.map(({ url, title }) => (title === undefined ? url : `${title}: ${url}`)),
    ]),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

/** The presentations of a session, each with its people on a line, parted by empty lines; empty where there are none. */
export function presentationsText(program: ProgramLookup, session: Session): string {
  return session.presentations
    .map((presentation) =>
      lines([headOf(program, presentation), namesOf(program, presentation.people)]),
    )
    .join('\n\n');
}

/** Room, floor and building on one line; undefined where the session has no room. */
export function placeText(program: ProgramLookup, session: Session): string | undefined {
  const room = program.room(session.room);
  if (room === undefined) return undefined;
  const floor =
    room.floor === undefined || /\p{L}{2}/u.test(room.floor) ? room.floor : `Floor ${room.floor}`;
  return [room.name, floor, room.building].filter((part) => part !== undefined).join(', ');
}

function headOf({ program }: ProgramLookup, presentation: Presentation): string {
  const { startsAt, title, cancelled } = presentation;
  const start = startsAt === undefined ? '' : `${clock(startsAt, program.zone)} `;
  return `${start}${title}${cancelled ? ' (cancelled)' : ''}`;
}

function castLines(program: ProgramLookup, people: readonly Participation[]): readonly string[] {
  return roles.flatMap((role) => {
    const names = people.filter((one) => one.role === role);
    return names.length === 0
      ? []
      : [`${roleName(role, names.length)}: ${namesOf(program, names)}`];
  });
}

function namesOf(program: ProgramLookup, people: readonly Participation[]): string {
  return people
    .flatMap(({ person, affiliation }) => {
      const found = program.person(person);
      if (!found) return [];
      const from = affiliation ?? found.affiliation;
      return [from === undefined ? found.name : `${found.name} (${from})`];
    })
    .join('; ');
}

function clock(at: EpochMs, zone: string): string {
  return inZone(at, zone).toPlainTime().toString({ smallestUnit: 'minute' });
}

function lines(parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== '').join('\n');
}
