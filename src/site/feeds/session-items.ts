import type { ExportAbout } from '../../program/exports/about.js';
import { sessionAddress } from '../../program/exports/about.js';
import { descriptionOf, placeText } from '../../program/exports/description.js';
import { everybodyIn } from '../../program/exports/frab-event.js';
import { keyUuid } from '../../program/exports/permanent-id.js';
import type { ProgramLookup } from '../../program/lookup.js';
import type { Session } from '../../program/model.js';
import { sameDay, timeWords, type TimeWords } from '../time-words.js';
import type { FeedItem } from './feed.js';

/** Sessions as things to follow: what was changed last comes first, then by start. Times are said in the conference's zone. */
export function sessionItems(
  program: ProgramLookup,
  sessions: readonly Session[],
  about: ExportAbout,
): readonly FeedItem[] {
  const { zone } = program.program;
  const words = timeWords(zone);
  return sessions
    .map((session): FeedItem => {
      const when = whenText(session, words, zone);
      const place = placeText(program, session);
      const summary = place === undefined ? when : `${when} · ${place}`;
      const description = descriptionOf(program, session, about);
      const unit = program.unit(session.unit)?.name;
      return {
        id: `urn:uuid:${keyUuid(session.key)}`,
        title: session.cancelled ? `Cancelled: ${session.title}` : session.title,
        address: sessionAddress(about.site, session.key),
        updatedAt: about.history(session.key)?.modifiedAt ?? 0,
        summary,
        text: description === '' ? summary : `${summary}\n\n${description}`,
        categories: [session.type, unit].filter((one) => one !== undefined),
        people: everybodyIn(session).flatMap((key) => program.person(key)?.name ?? []),
      };
    })
    .sort((one, other) => other.updatedAt - one.updatedAt);
}

/** From when to when, with the day and the zone: `Thursday, 23 April 2026, 13:15–14:45 CDT`. */
export function whenText(
  { startsAt, endsAt }: Pick<Session, 'startsAt' | 'endsAt'>,
  words: TimeWords,
  zone: string,
): string {
  const end = sameDay(startsAt, endsAt, zone)
    ? words.clock(endsAt)
    : `${words.day(endsAt)} ${words.clock(endsAt)}`;
  return `${words.longDay(startsAt)}, ${words.clock(startsAt)}–${end} ${words.zone(startsAt)}`;
}
