import type { IdentityContext, Recognition } from '../identity.js';
import type { Participation, Presentation, Program, Session } from '../model.js';
import { excerpt, report, type Problems } from '../problem.js';
import { inZone } from '../time.js';
import { matchVersions, type Unclear } from './match.js';
import type { Subject } from './subject.js';

/** A thing of the new version before it has a key. */
export interface NewThing extends Subject {
  readonly at: string;
}

/** What is said about what was found again. */
export interface Saying {
  readonly kind: 'session' | 'presentation';
  /** Zone in which times are said. */
  readonly zone: string;
}

/**
 * Finds sessions of the last version again by title, people, unit, room and time; undefined where there is no last version. What is unclear is reported
 * with both titles and not merged. The new things are only made where one of them is not known by an id.
 */
export function recognizeSessions(
  { before, problems }: IdentityContext,
  zone: string,
  things: () => readonly NewThing[],
): Recognition | undefined {
  if (!before) return undefined;
  const { sessions } = before;
  return recognition(problems, { kind: 'session', zone }, { previous: sessions, things }, () =>
    sessions.map((session) => ({
      ...factsOf(session),
      place: session.room,
      unit: session.unit,
      type: session.type,
      people: everybodyIn(session),
    })),
  );
}

/** The same for presentations, by title, people and session. */
export function recognizePresentations(
  { before, problems }: IdentityContext,
  zone: string,
  things: () => readonly NewThing[],
): Recognition | undefined {
  if (!before) return undefined;
  const previous = before.sessions.flatMap(({ presentations }) => presentations);
  return recognition(problems, { kind: 'presentation', zone }, { previous, things }, () =>
    before.sessions.flatMap(({ key: within, presentations }) =>
      presentations.map((presentation) => ({
        ...factsOf(presentation),
        within,
        people: keysOf(presentation.people),
      })),
    ),
  );
}

/** Whoever takes part in a session or in what is presented there: what both versions are compared by. */
export function everybodyIn(session: {
  readonly people: readonly Participation[];
  readonly presentations: readonly Pick<Presentation, 'people'>[];
}): readonly string[] {
  const all = [...session.people, ...session.presentations.flatMap(({ people }) => people)];
  return keysOf(all).slice(0, mostPeople);
}

const mostPeople = 100;

function keysOf(people: readonly Participation[]): readonly string[] {
  return [...new Set(people.map(({ person }) => person))];
}

/** What sessions and presentations of the last version have in common. */
function factsOf({ title, startsAt, endsAt, abstract, aliases }: Session | Presentation) {
  return { title, startsAt, endsAt, abstract, ids: aliases };
}

function recognition(
  problems: Problems,
  saying: Saying,
  given: Pick<Recognition, 'previous'> & { readonly things: () => readonly NewThing[] },
  makeOld: () => readonly Subject[],
): Recognition {
  return {
    previous: given.previous,
    recognize(freeAfter, freeBefore) {
      if (freeAfter.length === 0 || freeBefore.length === 0) return new Map();
      const [old, things] = [makeOld(), given.things()];
      const { same, unclear } = matchVersions({
        before: old,
        after: things,
        freeBefore,
        freeAfter,
      });
      reportRecognized(problems, saying, same.size);
      for (const one of unclear) reportUnclear(problems, saying, { old, things }, one);
      return same;
    },
  };
}

function reportRecognized(problems: Problems, { kind }: Saying, count: number): void {
  if (count === 0) return;
  report(problems, 'note', 'identity-recognized', {
    place: `${kind}s`,
    problem: `${count} ${kind}${count === 1 ? '' : 's'} came without an id that is known and kept their keys by title, people, room and time`,
    remedy:
      'Nothing, where the source gives new ids; keep ids from version to version where you can',
  });
}

function reportUnclear(
  problems: Problems,
  saying: Saying,
  { old, things }: { readonly old: readonly Subject[]; readonly things: readonly NewThing[] },
  { before, after, rival }: Unclear,
): void {
  const [was, is] = [old[before], things[after]];
  if (!was || !is) return;
  const other = rival && (rival.side === 'before' ? old : things)[rival.place];
  const doubt =
    other === undefined
      ? ''
      : rival?.side === 'before'
        ? `, or ${said(other, saying)}`
        : `, which ${said(other, saying)} may be as well`;
  const id = was.ids[0];
  report(problems, 'repaired', 'identity-unclear', {
    place: is.at,
    problem: `${said(is, saying)} may be ${said(was, saying)} of the last version${doubt}; it is taken as a new ${saying.kind}`,
    remedy:
      id === undefined || id.startsWith('title:')
        ? `If they are the same, change title, time and room of a ${saying.kind} one version at a time, or give it an id in the source`
        : `If they are the same, give it its old id (${excerpt(id)}) in the source again and import once more`,
  });
}

function said({ title, startsAt }: Pick<Subject, 'title' | 'startsAt'>, { zone }: Saying): string {
  if (startsAt === undefined) return `"${excerpt(title)}"`;
  const wall = inZone(startsAt, zone).toPlainDateTime().toString({ smallestUnit: 'minute' });
  return `"${excerpt(title)}" (${wall.replace('T', ' ')})`;
}

/** The aliases of every session, presentation and person of a version by their keys. */
export function formerAliases(
  program: Program | undefined,
): ReadonlyMap<string, readonly string[]> {
  if (!program) return new Map();
  const presentations = program.sessions.flatMap((session) => session.presentations);
  return new Map(
    [...program.sessions, ...presentations, ...program.people].map(({ key, aliases }) => [
      key,
      aliases,
    ]),
  );
}
