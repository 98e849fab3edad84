import { given } from './given.js';
import { assignKeys, withFormer, type IdentityContext } from './identity.js';
import { languageTags } from './languages.js';
import { webAddress, webLinks } from './links.js';
import {
  everybodyIn,
  formerAliases,
  recognizePresentations,
  recognizeSessions,
  type NewThing,
} from './matching/recognize.js';
import type { Key, Presentation, Program, Session } from './model.js';
import { excerpt, report, type Problems } from './problem.js';
import { assembleCast, type Cast } from './cast.js';
import { toLine, toPlainText } from './plain-text.js';
import type { Markup, SourcePresentation, SourceProgram, SourceSession } from './source.js';
import { presentationTimes, sessionTimes, type Times } from './session-times.js';

/** What assembling needs beside the source program. */
export interface AssemblyContext extends IdentityContext {
  /** IANA zone; wall clocks of the source are read in it. */
  readonly zone: string;
}

/**
 * Makes the program out of what a source yielded: texts plain, moments fixed, things with their keys. A session without title or start
 * is dropped, a wrong end is repaired, a presentation outside its session loses its time; each with a problem.
 */
export function assembleProgram(context: AssemblyContext, source: SourceProgram): Program {
  const { problems, zone } = context;
  const { markup } = source;
  const sound = withoutCopies(soundSessions(context, source), problems);
  const cast = assembleCast(
    context,
    source,
    sound.map(({ source: session }) => session),
  );
  const keys = keysOfSessions(context, markup, cast, sound);
  const presentationKeys = keysOfPresentations(context, markup, cast, sound, keys);
  const former = formerAliases(context.before);

  const sessions = sound.map((one, index): Session => {
    const key = keys[index] ?? '';
    const { source: session, title, times } = one;
    return {
      key,
      aliases: withFormer(former.get(key), idsOf(one)),
      title,
      startsAt: times.startsAt,
      endsAt: times.endsAt,
      languages: session.languages === undefined ? [] : languageTags(session.languages),
      links: webLinks(session.links ?? [], markup),
      cancelled: session.cancelled,
      people: cast.parts(session.people),
      presentations: one.presentations.flatMap(({ source: presentation, title: name }) => {
        const own = presentationKeys.get(presentation);
        return own === undefined
          ? []
          : [
              presentationOf(context, markup, cast, {
                presentation,
                title: name,
                key: own,
                times,
                former: former.get(own),
              }),
            ];
      }),
      ...given({
        subtitle: line(session.subtitle, markup),
        room: cast.room(session.room),
        unit: cast.unit(session.unit),
        type: line(session.type, markup),
        abstract: paragraphs(session.abstract, markup),
        url: webAddress(session.url),
        recording: webAddress(session.recording),
        stream: webAddress(session.stream),
      }),
    };
  });
  sessions.sort((a, b) => a.startsAt - b.startsAt || (a.key < b.key ? -1 : 1));

  return {
    title: line(source.title, markup) ?? 'Untitled program',
    zone,
    sessions,
    people: cast.people,
    rooms: cast.rooms,
    units: cast.units,
    ...given({
      language: source.language === undefined ? undefined : languageTags(source.language)[0],
      url: webAddress(source.url),
      unitLabel: line(source.unitLabel, markup),
    }),
  };
}

interface SoundSession {
  readonly source: SourceSession;
  readonly title: string;
  readonly times: Times;
  readonly presentations: readonly {
    readonly source: SourcePresentation;
    readonly title: string;
  }[];
}

function soundSessions(context: AssemblyContext, source: SourceProgram): readonly SoundSession[] {
  const { problems, zone } = context;
  return source.sessions.flatMap((session): SoundSession[] => {
    const title = soundTitle(problems, 'session', session, source.markup);
    if (title === undefined) return [];
    const times = sessionTimes(zone, session, title, problems);
    if (times === undefined) return [];
    const presentations = session.presentations.flatMap((presentation) => {
      const name = soundTitle(problems, 'presentation', presentation, source.markup);
      return name === undefined ? [] : [{ source: presentation, title: name }];
    });
    return [{ source: session, title, times, presentations }];
  });
}

function soundTitle(
  problems: Problems,
  what: string,
  thing: { readonly place: string; readonly title?: string | undefined },
  markup: Markup,
): string | undefined {
  const { place } = thing;
  const { text, hadTags, hadControls } = toLine(thing.title ?? '', markup);
  if (text === '') {
    report(problems, 'dropped', 'no-title', {
      place,
      problem: `the ${what} has no title`,
      remedy: `Give the ${what} a title in the source`,
    });
    return undefined;
  }
  if (hadTags) {
    report(problems, 'repaired', 'html-in-title', {
      place,
      problem: `HTML was taken out of the title "${excerpt(text)}"`,
      remedy: 'Write titles as plain text in the source',
    });
  }
  if (hadControls) {
    report(problems, 'repaired', 'control-characters', {
      place,
      problem: `control characters were taken out of the title "${excerpt(text)}"`,
      remedy: 'Remove them in the source',
    });
  }
  return text;
}

/** The same session twice, to the letter, would be announced twice. */
function withoutCopies(
  sessions: readonly SoundSession[],
  problems: Problems,
): readonly SoundSession[] {
  const firsts = new Map<string, SoundSession[]>();
  return sessions.filter((session) => {
    const { ids, room } = session.source;
    if (ids.length === 0) return true;
    const { startsAt, endsAt } = session.times;
    const mark = JSON.stringify([ids, session.title, startsAt, endsAt, room?.name]);
    const earlier = firsts.get(mark);
    if (!earlier) {
      firsts.set(mark, [session]);
      return true;
    }
    report(problems, 'dropped', 'repeated-session', {
      place: session.source.place,
      problem: `"${excerpt(session.title)}" stands twice with the same ids, time and room`,
      remedy: 'Remove the copy in the source',
    });
    return false;
  });
}

/** Ids of the source, or its title where it gives none. */
function idsOf({ source: { ids }, title }: SoundSession): readonly string[] {
  return ids.length > 0 ? ids : [`title:${normal(title)}`];
}

/** A session with an id keeps its key wherever it moves; one whose id is new or missing is recognized by what it is. */
function keysOfSessions(
  context: AssemblyContext,
  markup: Markup,
  cast: Cast,
  sessions: readonly SoundSession[],
): readonly Key[] {
  const things = sessions.map((one): NewThing & { readonly key: Key | undefined } => {
    const { source, title, times } = one;
    if (source.ids.length === 0) reportWithoutId(context.problems, source.place, title);
    const recognizable = context.before !== undefined;
    return {
      key: source.key,
      at: source.place,
      ids: idsOf(one),
      title,
      ...times,
      place: cast.room(source.room),
      unit: cast.unit(source.unit),
      type: recognizable ? line(source.type, markup) : undefined,
      abstract: recognizable ? paragraphs(source.abstract, markup) : undefined,
      people: recognizable
        ? everybodyIn({
            people: cast.parts(source.people),
            presentations: source.presentations.map(({ people }) => ({
              people: cast.parts(people),
            })),
          })
        : [],
    };
  });
  return assignKeys(
    context,
    'session',
    things.map(({ key, at, ids }) => ({ key, place: at, ids })),
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
function keysOfPresentations(
  context: AssemblyContext,
  markup: Markup,
  cast: Cast,
  sessions: readonly SoundSession[],
  sessionKeys: readonly Key[],
): ReadonlyMap<SourcePresentation, Key> {
  const all = sessions.flatMap(({ presentations, times }, index) =>
    presentations.map(({ source, title }) => ({
      source,
      title,
      times,
      within: sessionKeys[index] ?? '',
    })),
  );
  const things = all.map(({ source, title, times, within }) => ({
    key: source.key,
    at: source.place,
    ids: source.ids.length > 0 ? source.ids : [`in:${within}/${normal(title)}`],
    title,
    within,
    ...(context.before && {
      ...presentationTimes(context.zone, source, times, []),
      abstract: paragraphs(source.abstract, markup),
    }),
    people: context.before
      ? everybodyIn({ people: cast.parts(source.people), presentations: [] })
      : [],
  }));
  const keys = assignKeys(
    context,
    'presentation',
    things.map(({ key, at, ids }) => ({ key, place: at, ids })),
    recognizePresentations(context, context.zone, things),
  );
  return new Map(all.map(({ source }, index) => [source, keys[index] ?? '']));
}

function presentationOf(
  { zone, problems }: AssemblyContext,
  markup: Markup,
  cast: Cast,
  own: {
    readonly presentation: SourcePresentation;
    readonly title: string;
    readonly key: Key;
    readonly times: Times;
    readonly former: readonly string[] | undefined;
  },
): Presentation {
  const { presentation, title, key, times, former } = own;
  return {
    key,
    aliases: withFormer(former, presentation.ids),
    title,
    people: cast.parts(presentation.people),
    links: webLinks(presentation.links ?? [], markup),
    cancelled: presentation.cancelled,
    ...presentationTimes(zone, presentation, times, problems),
    ...given({ abstract: paragraphs(presentation.abstract, markup) }),
  };
}

function line(text: string | undefined, markup: Markup): string | undefined {
  if (text === undefined) return undefined;
  return toLine(text, markup).text || undefined;
}

function paragraphs(text: string | undefined, markup: Markup): string | undefined {
  if (text === undefined) return undefined;
  return toPlainText(text, markup) || undefined;
}

function normal(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}
