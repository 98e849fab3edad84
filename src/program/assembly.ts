import { given } from './given.js';
import { withFormer } from './identity.js';
import { languageTags } from './languages.js';
import { webAddress, webLinks } from './links.js';
import { formerAliases } from './matching/recognize.js';
import type { Key, Presentation, Program, Session } from './model.js';
import { excerpt, report, type Problems } from './problem.js';
import { assembleCast, type Cast } from './cast.js';
import { line, paragraphs, toLine } from './plain-text.js';
import { titleFrom } from './untitled.js';
import type { Markup, SourceProgram } from './source.js';
import {
  idsOf,
  keysOfPresentations,
  keysOfSessions,
  type AssemblyContext,
  type SoundPresentation,
  type SoundSession,
} from './session-keys.js';
import { presentationTimes, sessionTimes, type Times } from './session-times.js';

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
  const presentationKeys = keysOfPresentations(context, cast, { sessions: sound, keys });
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
      presentations: one.presentations.flatMap((presentation) => {
        const own = presentationKeys.get(presentation.source);
        return own === undefined
          ? []
          : presentationOf(context, markup, cast, {
              presentation,
              key: own,
              times,
              former: former.get(own),
            });
      }),
      ...given({
        subtitle: line(session.subtitle, markup),
        room: cast.room(session.room),
        unit: cast.unit(session.unit),
        type: line(session.type, markup),
        abstract: one.abstract,
        url: webAddress(session.url),
        recording: webAddress(session.recording),
        stream: webAddress(session.stream),
      }),
    };
  });
  sessions.sort((a, b) => a.startsAt - b.startsAt || (a.key < b.key ? -1 : 1));

  return {
    title: line(source.title, markup) ?? titleFrom(context.address),
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

function soundSessions(context: AssemblyContext, source: SourceProgram): readonly SoundSession[] {
  const { problems, zone } = context;
  const { markup } = source;
  return source.sessions.flatMap((session): SoundSession[] => {
    const title = soundTitle(problems, 'session', session, markup);
    if (title === undefined) return [];
    const times = sessionTimes(zone, session, title, problems);
    if (times === undefined) return [];
    const presentations = session.presentations.flatMap((presentation): SoundPresentation[] => {
      const name = soundTitle(problems, 'presentation', presentation, markup);
      if (name === undefined) return [];
      const abstract = paragraphs(presentation.abstract, markup);
      return [{ source: presentation, title: name, abstract }];
    });
    const abstract = paragraphs(session.abstract, markup);
    return [{ source: session, title, times, abstract, presentations }];
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

function presentationOf(
  { zone, problems }: AssemblyContext,
  markup: Markup,
  cast: Cast,
  own: {
    readonly presentation: SoundPresentation;
    readonly key: Key;
    readonly times: Times;
    readonly former: readonly string[] | undefined;
  },
): Presentation {
  const { key, times, former } = own;
  const { source: presentation, title, abstract } = own.presentation;
  return {
    key,
    aliases: withFormer(former, presentation.ids),
    title,
    people: cast.parts(presentation.people),
    links: webLinks(presentation.links ?? [], markup),
    cancelled: presentation.cancelled,
    ...presentationTimes(zone, presentation, times, problems),
    ...given({ abstract }),
  };
}
