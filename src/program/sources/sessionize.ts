import { sourceId } from '../identity.js';
import { excerpt, report, unreadable, type Problems } from '../problem.js';
import type { Source, SourcePerson, SourceRoom, SourceSession } from '../source.js';
import { parseJson } from './json-text.js';
import { listOf, objectOf, objectsOf, textOf, type JsonObject } from './json-values.js';
import { sessionizePerson } from './sessionize-people.js';
import {
  isMarkedUtc,
  sessionizeSession,
  type SessionizeCategory,
  type SessionizeContext,
} from './sessionize-session.js';

/**
 * Sessionize's API views (https://sessionize.com/playbook/api): `GridSmart`, `Sessions` or `All`, and beside them `Speakers`, joined by id. Its times are the
 * venue's wall clock.
 */
export const sessionize: Source = {
  name: 'sessionize',
  title: 'Sessionize',
  from: 'https://sessionize.com/api/v2/<id>/view/GridSmart (or All), the endpoint’s format being JSON',
  carries: [
    'sessions',
    'people with handles',
    'rooms',
    'tracks, types and languages from categories',
    'streams and recordings',
  ],
  lacks: [
    'a time zone',
    'the conference’s name',
    'presentations inside sessions',
    'pages of sessions',
  ],
  recognizes: (head) =>
    /^[[{]/.test(head) &&
    (/"isServiceSession"\s*:/.test(head) ||
      (/"fullName"\s*:/.test(head) && /"(?:isTopSpeaker|tagLine)"\s*:/.test(head)) ||
      (/"rooms"\s*:/.test(head) && /"timeSlots"\s*:/.test(head)) ||
      (/"sessions"\s*:/.test(head) &&
        /"questions"\s*:/.test(head) &&
        /"categories"\s*:/.test(head))),
  read(documents, { address }) {
    const problems: Problems = [];
    const views: Views = { sessions: [], speakers: [], rooms: [], questions: [], categories: [] };
    for (const document of documents) {
      const alone = documents.length === 1;
      const body = parseJson(document.text, alone ? address : document.name);
      sortOut(body, alone ? '' : `${document.name} `, views);
    }
    if (views.sessions.length === 0 && views.speakers.length > 0) {
      throw unreadable(
        'program-empty',
        address,
        'it holds speakers only, and no session',
        'Give the address of the view GridSmart or All, or put its answer beside this one in a folder',
      );
    }
    const people = peopleOf(views);
    const rooms = roomsOf(views);
    return {
      program: {
        markup: 'plain',
        sessions: sessionsOf(views, { people, rooms }, problems),
        people: [...people.values()],
        rooms: [...rooms.values()],
      },
      problems,
    };
  },
};

/** What the documents hold, whichever view gave it. */
interface Views {
  readonly sessions: { readonly fields: JsonObject; readonly place: string }[];
  readonly speakers: JsonObject[];
  readonly rooms: JsonObject[];
  readonly questions: JsonObject[];
  readonly categories: JsonObject[];
}

function sortOut(body: unknown, at: string, views: Views): void {
  const all = objectOf(body);
  if (all) {
    addSessions(all.sessions, `${at}sessions`, views);
    views.speakers.push(...objectsOf(all.speakers));
    views.rooms.push(...objectsOf(all.rooms));
    views.questions.push(...objectsOf(all.questions));
    views.categories.push(...objectsOf(all.categories));
    return;
  }
  objectsOf(body).forEach((entry, index) => {
    const place = `${at}[${index}]`;
    if (Array.isArray(entry.rooms)) {
      // Of the grid, `timeSlots` says the same once more.
      objectsOf(entry.rooms).forEach((room, number) => {
        views.rooms.push(room);
        addSessions(room.sessions, `${place}.rooms[${number}].sessions`, views);
      });
    } else if ('fullName' in entry || 'firstName' in entry) {
      views.speakers.push(entry);
    } else if (Array.isArray(entry.sessions)) {
      addSessions(entry.sessions, `${place}.sessions`, views);
    } else {
      addSessions([entry], place, views, true);
    }
  });
}

function addSessions(raw: unknown, place: string, views: Views, alone = false): void {
  listOf(raw).forEach((one, index) => {
    views.sessions.push({
      fields: objectOf(one) ?? {},
      place: alone ? place : `${place}[${index}]`,
    });
  });
}

function sessionsOf(
  views: Views,
  cast: Pick<SessionizeContext, 'people' | 'rooms'>,
  problems: Problems,
): readonly SourceSession[] {
  const unknown = new Set<string>();
  const context = {
    ...cast,
    items: itemsOf(views),
    unknownSpeaker: (id: string) => void unknown.add(id),
  };
  const seen = new Set<string>();
  let marked = 0;
  let unconfirmed = 0;
  let declined = 0;
  const sessions = views.sessions.flatMap(({ fields, place }): SourceSession[] => {
    const session = sessionizeSession(fields, place, context);
    // A plenum session stands once for every room, and in two views given together.
    const mark = JSON.stringify([session.ids[0], fields.startsAt, fields.endsAt]);
    if (session.ids.length > 0 && seen.has(mark)) return [];
    seen.add(mark);
    if (session.cancelled && session.start === undefined) {
      declined += 1;
      return [];
    }
    if (isMarkedUtc(fields.startsAt)) marked += 1;
    if (fields.isConfirmed === false && fields.isServiceSession !== true) unconfirmed += 1;
    return [session];
  });
  if (marked > 0) reportMarked(marked, sessions, problems);
  if (declined > 0) {
    report(problems, 'note', 'not-on-program', {
      place: 'sessions',
      problem: `${declined} sessions are declined and without a time, so they are left out`,
      remedy: 'Nothing, where that is so; else accept them in Sessionize',
    });
  }
  if (unconfirmed > 0) {
    report(problems, 'note', 'unconfirmed', {
      place: 'sessions',
      problem: `${unconfirmed} sessions are not confirmed by their speakers; they are read like the others`,
      remedy: 'Ask the speakers to confirm, or take the sessions off the schedule in Sessionize',
    });
  }
  if (unknown.size > 0) {
    report(problems, 'dropped', 'unresolved-reference', {
      place: 'speakers',
      problem: `sessions name ${unknown.size} speakers by id (such as ${excerpt([...unknown][0] ?? '')}) that no document describes`,
      remedy: 'Give the view All whole, or the view Speakers beside it in a folder',
    });
  }
  return sessions;
}

function reportMarked(
  marked: number,
  sessions: readonly SourceSession[],
  problems: Problems,
): void {
  const start = sessions.find((session) => session.start !== undefined)?.start;
  const example = start !== undefined && 'wall' in start ? start.wall : '';
  report(problems, 'repaired', 'utc-mark-ignored', {
    place: 'startsAt',
    problem: `${marked} times end in Z, which means UTC, but Sessionize writes the clock of the venue; so ${example}Z is read as ${example.slice(11, 16)} there`,
    remedy:
      'Nothing, where that is right; where UTC is really meant, read it with the zone UTC (program.zone or --zone)',
  });
}

function peopleOf({ speakers, questions }: Views): ReadonlyMap<string, SourcePerson> {
  const texts = new Map(
    questions.map(({ id, question }) => [textOf(id) ?? '', textOf(question) ?? '']),
  );
  const people = new Map<string, SourcePerson>();
  speakers.forEach((speaker, index) => {
    const id = textOf(speaker.id) ?? `\n${index}`;
    if (!people.has(id)) people.set(id, sessionizePerson(speaker, texts));
  });
  return people;
}

function roomsOf({ rooms }: Views): ReadonlyMap<string, SourceRoom> {
  return new Map(
    rooms.map((room, index) => {
      const id = textOf(room.id);
      return [id ?? `\n${index}`, { ids: sourceId('id', id), name: textOf(room.name) }];
    }),
  );
}

function itemsOf({ categories }: Views): ReadonlyMap<string, SessionizeCategory> {
  return new Map(
    categories.flatMap((category) =>
      objectsOf(category.items).map(({ id, name }): [string, SessionizeCategory] => [
        textOf(id) ?? '',
        { title: textOf(category.title) ?? '', item: textOf(name) ?? '' },
      ]),
    ),
  );
}
