import type { Cast } from './cast.js';
import { assignKeys, type IdentityContext } from './identity.js';
import {
  everybodyIn,
  recognizePresentations,
  recognizeSessions,
  type NewThing,
} from './matching/recognize.js';
import type { Key } from './model.js';
import { line } from './plain-text.js';
import { excerpt, report, type Problems } from './problem.js';
import { presentationTimes, type Times } from './session-times.js';
import type { Markup, SourcePresentation, SourceSession } from './source.js';

/** What assembling needs beside the source program. */
export interface AssemblyContext extends IdentityContext {
  /** IANA zone; wall clocks of the source are read in it. */
  readonly zone: string;
  /** File, folder or address: a program without a title is called by it. */
  readonly address: string;
}

/** A presentation with a title, on its way into the program. */
export interface SoundPresentation {
  readonly source: SourcePresentation;
  readonly title: string;
  readonly abstract: string | undefined;
}

/** A session with a title and a start, on its way into the program. */
export interface SoundSession {
  readonly source: SourceSession;
  readonly title: string;
  readonly times: Times;
  readonly abstract: string | undefined;
  readonly presentations: readonly SoundPresentation[];
}

/** Ids of the source, or its title where it gives none. */
export function idsOf({ source: { ids }, title }: SoundSession): readonly string[] {
  return ids.length > 0 ? ids : [`title:${normal(title)}`];
}

/** A session with an id keeps its key wherever it moves; one whose id is new or missing is recognized by what it is. */
export function keysOfSessions(
  context: AssemblyContext,
  markup: Markup,
  cast: Cast,
  sessions: readonly SoundSession[],
): readonly Key[] {
  for (const { source, title } of sessions) {
    if (source.ids.length === 0) reportWithoutId(context.problems, source.place, title);
  }
  const things = () =>
    sessions.map((one): NewThing => {
      const { source, title, times, abstract } = one;
      const presentations = source.presentations.map(({ people }) => ({
        people: cast.parts(people),
      }));
      return {
        at: source.place,
        ids: idsOf(one),
        title,
        ...times,
        place: cast.room(source.room),
        unit: cast.unit(source.unit),
        type: line(source.type, markup),
        abstract,
        people: everybodyIn({ people: cast.parts(source.people), presentations }),
      };
    });
  return assignKeys(
    context,
    'session',
    sessions.map((one) => ({ key: one.source.key, place: one.source.place, ids: idsOf(one) })),
    recognizeSessions(context, context.zone, things),
  );
}

function reportWithoutId(problems: Problems, place: string, title: string): void {
  report(problems, 'note', 'no-id', {
    place,
    problem: `the session "${excerpt(title)}" has no id, so it is known by its title`,
    remedy: 'Give it an id in the source, so that a new title does not make it another one',
  });
}

/** A presentation with an id keeps its key wherever it moves; one without is known by its session and title. */
export function keysOfPresentations(
  context: AssemblyContext,
  cast: Cast,
  { sessions, keys }: { readonly sessions: readonly SoundSession[]; readonly keys: readonly Key[] },
): ReadonlyMap<SourcePresentation, Key> {
  const all = sessions.flatMap(({ presentations, times }, index) => {
    const within = keys[index] ?? '';
    return presentations.map(({ source, title, abstract }) => ({
      source,
      title,
      abstract,
      times,
      within,
      ids: source.ids.length > 0 ? source.ids : [`in:${within}/${normal(title)}`],
    }));
  });
  const things = () =>
    all.map(({ source, title, abstract, times, within, ids }): NewThing => ({
      at: source.place,
      ids,
      title,
      within,
      // What is wrong with its times is reported when it is assembled.
      ...presentationTimes(context.zone, source, times, []),
      abstract,
      people: everybodyIn({ people: cast.parts(source.people), presentations: [] }),
    }));
  const own = assignKeys(
    context,
    'presentation',
    all.map(({ source, ids }) => ({ key: source.key, place: source.place, ids })),
    recognizePresentations(context, context.zone, things),
  );
  return new Map(all.map(({ source }, index) => [source, own[index] ?? '']));
}

function normal(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}
