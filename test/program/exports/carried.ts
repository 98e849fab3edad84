import { sessionAddress, type ExportAbout } from '../../../src/program/exports/about.js';
import {
  descriptionOf,
  placeText,
  presentationsText,
} from '../../../src/program/exports/description.js';
import { everybodyIn } from '../../../src/program/exports/frab-event.js';
import { lookup, type ProgramLookup } from '../../../src/program/lookup.js';
import type { Participation, Person, Program, Session } from '../../../src/program/model.js';
import { toLine, toPlainText } from '../../../src/program/plain-text.js';

/** What is said beside the sessions in these tests. */
export const about: ExportAbout = {
  title: 'Northern Meeting',
  site: 'https://meet.example',
  page: 'https://meet.example/sessions',
  conference: 'Northern Meeting',
  unitLabel: 'Section',
  history: () => ({ sequence: 3, modifiedAt: Date.UTC(2026, 4, 1, 12) }),
};

/** A session without keys and ids: everything by name, so that two readings can be compared. */
export type SaidSession = Readonly<Record<string, unknown>>;

/** Every session of a program as it is said, in an order that does not hang on keys. */
export function said(program: Program): readonly SaidSession[] {
  const things = lookup(program);
  return inOrder(program.sessions.map((session) => saidSession(things, session)));
}

/** Sessions in one order, whatever their keys. */
export function inOrder(sessions: readonly SaidSession[]): readonly SaidSession[] {
  const text = (one: SaidSession) => JSON.stringify(one, Object.keys(one).sort());
  return [...sessions].sort((a, b) => (text(a) < text(b) ? -1 : text(a) > text(b) ? 1 : 0));
}

function saidSession(program: ProgramLookup, session: Session): SaidSession {
  const { key: _key, aliases: _aliases, room, unit, people, presentations, ...rest } = session;
  const { key: _room, ...place } = program.room(room) ?? { key: '' };
  return {
    ...rest,
    room: room === undefined ? undefined : place,
    unit: program.unit(unit)?.name,
    people: people.map((part) => saidPart(program, part)),
    presentations: presentations.map((one) => {
      const { key: _own, aliases: _ids, ...presentation } = one;
      return { ...presentation, people: one.people.map((part) => saidPart(program, part)) };
    }),
  };
}

function saidPart(program: ProgramLookup, { person, role, affiliation }: Participation) {
  const { key: _key, aliases: _aliases, ...who } = program.person(person) as Person;
  return { ...who, role, affiliation: affiliation ?? who.affiliation };
}

/** Texts joined: halves of a comment or tag in two of them are taken out where they meet, as in every text that comes in. */
function joined(text: string): string {
  return toPlainText(text, 'plain');
}

/** What an iCalendar object can carry of the sessions, in the fields that it has. */
export function inCalendar(program: Program): readonly SaidSession[] {
  const things = lookup(program);
  return inOrder(
    program.sessions.map((session) => {
      const { startsAt, endsAt, title, languages, type, cancelled, key } = session;
      const unit = things.unit(session.unit)?.name;
      const description = joined(descriptionOf(things, session, about));
      const place = placeText(things, session);
      return {
        title,
        startsAt,
        endsAt,
        languages: languages.slice(0, 1),
        links: [],
        cancelled,
        people: [],
        presentations: [],
        ...(description !== '' && { abstract: description }),
        url: sessionAddress(about.site, key),
        room: place === undefined ? undefined : { name: toLine(place, 'plain').text },
        // The first category is the type, a second one the unit.
        ...(type === undefined ? unit !== undefined && { type: unit } : { type }),
        unit: type === undefined ? undefined : unit,
      };
    }),
  );
}

/** What frab's formats can carry; `rooms` says whether a room has more than its name. */
export function inFrab(program: Program, rooms: 'names' | 'whole'): readonly SaidSession[] {
  const things = lookup(program);
  return inOrder(
    program.sessions.map((session) => {
      const { subtitle, type, recording } = session;
      const { key: _key, ...room } = things.room(session.room) ?? { key: '', name: '' };
      const abstract = joined(
        [session.abstract ?? '', presentationsText(things, session)]
          .filter((part) => part !== '')
          .join('\n\n'),
      );
      return {
        title: session.title,
        startsAt: session.startsAt,
        endsAt: session.endsAt,
        languages: session.languages,
        links: session.links,
        cancelled: session.cancelled,
        people: everybodyIn(session).map((person) => ({
          name: things.person(person)?.name,
          role: 'presenter',
          affiliation: undefined,
        })),
        presentations: [],
        ...(subtitle !== undefined && { subtitle }),
        ...(type !== undefined && { type }),
        ...(recording !== undefined && { recording }),
        ...(abstract !== '' && { abstract }),
        url: session.url ?? sessionAddress(about.site, session.key),
        room:
          session.room === undefined ? undefined : rooms === 'whole' ? room : { name: room.name },
        unit: things.unit(session.unit)?.name,
      };
    }),
  );
}

/** What schema.org can carry: nearly all but links and the unit, which it has no word for. */
export function inLinkedData(program: Program): readonly SaidSession[] {
  const things = lookup(program);
  return inOrder(
    program.sessions.map((session) => {
      const { links: _links, ...whole } = saidSession(things, session);
      return {
        ...whole,
        links: [],
        unit: undefined,
        url: sessionAddress(about.site, session.key),
        presentations: (whole.presentations as object[]).map((one, index) => ({
          ...one,
          links: [
            { url: `${about.site}/presentations/${session.presentations[index]?.key ?? ''}` },
          ],
        })),
      };
    }),
  );
}
