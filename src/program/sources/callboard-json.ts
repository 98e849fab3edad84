import { z } from 'zod';

import { sourceId } from '../identity.js';
import { parseMoment } from '../moment.js';
import { excerpt, report, unreadable, type Problems } from '../problem.js';
import { onlyText } from '../single-document.js';
import type {
  Source,
  SourceParticipation,
  SourcePerson,
  SourceRoom,
  SourceSession,
  SourceThing,
  SourceUnit,
} from '../source.js';
import {
  participationShape,
  personShape,
  presentationShape,
  programShape,
  roomShape,
  sessionShape,
  unitShape,
} from './callboard-shape.js';
import { parseJson } from './json-text.js';

const anything = z.array(z.unknown()).optional();
const file = programShape.extend({
  rooms: anything,
  units: anything,
  people: anything,
  sessions: z.array(z.unknown()),
});
// Each is read by itself, so that a broken one costs only itself.
const session = sessionShape.extend({
  start: z.string(),
  end: z.string().optional(),
  people: anything,
  presentations: anything,
});
const presentation = presentationShape.extend({
  start: z.string().optional(),
  end: z.string().optional(),
  people: anything,
});
// A role in words that we do not know is still somebody who takes part.
const participation = participationShape.extend({ role: z.string().optional() });

/** Callboard's own JSON; see `docs/program-format.md`. */
export const callboardJson: Source = {
  name: 'callboard-json',
  title: 'Callboard JSON',
  from: 'any program that you write down yourself; docs/program-format.md',
  carries: ['everything'],
  lacks: [],
  recognizes: (head) => head.startsWith('{') && /"format"\s*:\s*"callboard-program"/.test(head),
  read(documents, { address }) {
    const text = onlyText(documents, address);
    const problems: Problems = [];
    const parsed = tolerant(file, parseJson(text, address), 'the file', problems);
    if (!parsed.ok) {
      throw unreadable(
        'program-malformed',
        address,
        parsed.why,
        'Correct it there; docs/program-format.md describes the format',
      );
    }
    const { rooms = [], units = [], people = [], sessions, ...program } = parsed.value;
    const cast: FileCast = {
      rooms: listed(rooms, 'rooms', roomShape, problems, (room) => room),
      units: listed(units, 'units', unitShape, problems, (unit) => unit),
      people: listed(people, 'people', personShape, problems, (person) => person),
      problems,
    };
    return {
      program: {
        markup: 'plain',
        title: program.title,
        zone: program.zone,
        language: program.language,
        url: program.url,
        unitLabel: program.unitLabel,
        rooms: [...new Set(cast.rooms.values())],
        units: [...new Set(cast.units.values())],
        people: [...new Set(cast.people.values())],
        sessions: sessions.flatMap((raw, index) => readSession(raw, `sessions[${index}]`, cast)),
      },
      problems,
    };
  },
};

interface FileCast {
  readonly rooms: Map<string, SourceRoom>;
  readonly units: Map<string, SourceUnit>;
  readonly people: Map<string, SourcePerson>;
  readonly problems: Problems;
}

function readSession(raw: unknown, place: string, cast: FileCast): readonly SourceSession[] {
  const { problems } = cast;
  const parsed = tolerant(session, raw, place, problems);
  if (!parsed.ok) return dropped(problems, place, parsed.why);
  const one = parsed.value;
  return [
    {
      place,
      ...idsOf(one),
      title: one.title,
      subtitle: one.subtitle,
      start: parseMoment(one.start),
      end: one.end === undefined ? undefined : parseMoment(one.end),
      room: referred(cast.rooms, one.room),
      unit: referred(cast.units, one.unit),
      type: one.type,
      abstract: one.abstract,
      languages: one.languages?.join(','),
      links: linksOf(one.links),
      url: one.url,
      recording: one.recording,
      stream: one.stream,
      cancelled: one.cancelled === true,
      people: readPeople(one.people, place, cast),
      presentations: (one.presentations ?? []).flatMap((entry, index) => {
        const where = `${place}.presentations[${index}]`;
        const read = tolerant(presentation, entry, where, problems);
        if (!read.ok) return dropped(problems, where, read.why);
        const { title, start, end, abstract, people, links, cancelled } = read.value;
        return [
          {
            place: where,
            ...idsOf(read.value),
            title,
            start: start === undefined ? undefined : parseMoment(start),
            end: end === undefined ? undefined : parseMoment(end),
            abstract,
            people: readPeople(people, where, cast),
            links: linksOf(links),
            cancelled: cancelled === true,
          },
        ];
      }),
    },
  ];
}

function readPeople(
  people: readonly unknown[] = [],
  place: string,
  cast: FileCast,
): readonly SourceParticipation[] {
  return people.flatMap((raw, index): SourceParticipation[] => {
    const where = `${place}.people[${index}]`;
    const read = tolerant(participation, raw, where, cast.problems);
    if (!read.ok) return dropped(cast.problems, where, read.why);
    const { person, name, affiliation } = read.value;
    const known = person === undefined ? undefined : cast.people.get(String(person));
    if (person !== undefined && known === undefined) {
      return dropped(
        cast.problems,
        where,
        `no person in people has the id "${excerpt(String(person))}"`,
      );
    }
    const role = participationShape.shape.role.safeParse(read.value.role);
    if (!role.success) {
      report(cast.problems, 'repaired', 'unknown-role', {
        place: where,
        problem: `the role "${excerpt(read.value.role ?? '')}" is unknown and read as participant`,
        remedy: 'Use a role of docs/program-format.md',
      });
    }
    return [
      {
        person: known ?? { ids: [], name, affiliation },
        role: role.success ? (role.data ?? 'presenter') : 'participant',
        affiliation,
      },
    ];
  });
}

/** Things of a list by id and by key; one without either under a name that no reference can have. */
function listed<S extends z.ZodType<FileThing>, T extends SourceThing>(
  entries: readonly unknown[],
  list: string,
  shape: S,
  problems: Problems,
  make: (thing: z.output<S> & SourceThing) => T,
): Map<string, T> {
  const things = new Map<string, T>();
  entries.forEach((raw, index) => {
    const place = `${list}[${index}]`;
    const read = tolerant(shape, raw, place, problems);
    if (!read.ok) {
      dropped(problems, place, read.why);
      return;
    }
    const thing = make({ ...read.value, ...idsOf(read.value) });
    const names = [read.value.id, read.value.key].flatMap((name) =>
      name === undefined ? [] : [String(name)],
    );
    for (const name of names.length > 0 ? names : [`\n${index}`]) {
      if (!things.has(name)) things.set(name, thing);
    }
  });
  return things;
}

interface FileThing {
  readonly id?: string | number | undefined;
  readonly ids?: readonly string[] | undefined;
  readonly key?: string | undefined;
}

function idsOf({ id, ids = [], key }: FileThing): SourceThing {
  const more = ids.flatMap((one) => {
    const colon = one.indexOf(':');
    return sourceId(one.slice(0, colon), one.slice(colon + 1));
  });
  return { ids: [...sourceId('id', id), ...more], key };
}

function referred<T extends SourceThing & { name?: string | undefined }>(
  things: Map<string, T>,
  reference: string | number | undefined,
): T | { ids: readonly string[]; name: string } | undefined {
  if (reference === undefined || reference === '') return undefined;
  const name = String(reference);
  return (
    things.get(name) ??
    [...things.values()].find((thing) => thing.name === name) ?? { ids: [], name }
  );
}

function linksOf(links: readonly { url: string; title?: string | undefined }[] = []) {
  return links.map(({ url, title }) => (title === undefined ? { url } : { url, title }));
}

/** Reads by the shape; a field that the format does not know is noted and left out instead of spoiling the whole. */
function tolerant<S extends z.ZodType>(
  shape: S,
  raw: unknown,
  place: string,
  problems: Problems,
):
  | { readonly ok: true; readonly value: z.output<S> }
  | { readonly ok: false; readonly why: string } {
  let value = raw;
  for (let round = 0; round < 2; round++) {
    const read = shape.safeParse(value);
    if (read.success) return { ok: true, value: read.data };
    const strange = read.error.issues.flatMap((issue) =>
      issue.code === 'unrecognized_keys' && issue.path.length === 0 ? issue.keys : [],
    );
    const grave = read.error.issues.find(
      (issue) => issue.code !== 'unrecognized_keys' || issue.path.length > 0,
    );
    if (grave || typeof value !== 'object' || value === null) {
      const where = grave?.path.join('.') ?? '';
      return {
        ok: false,
        why: `${where === '' ? 'it' : where} is not as the format wants it (${excerpt(grave?.message ?? 'wrong kind', 120)})`,
      };
    }
    report(problems, 'note', 'unknown-field', {
      place,
      problem: `the format has no field ${strange.map((name) => `"${excerpt(name)}"`).join(', ')}`,
      remedy: 'Remove it, or look for its right name in docs/program-format.md',
    });
    value = Object.fromEntries(Object.entries(value).filter(([name]) => !strange.includes(name)));
  }
  return { ok: false, why: 'it is not as the format wants it' };
}

function dropped(problems: Problems, place: string, why: string): [] {
  report(problems, 'dropped', 'malformed', {
    place,
    problem: why,
    remedy: 'Correct it there; docs/program-format.md describes the format',
  });
  return [];
}
