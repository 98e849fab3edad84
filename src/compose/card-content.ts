import type { CardContent, Picture } from './content.js';
import { digestOf } from './digest.js';
import { oneLine, shorten } from './plain-text.js';
import type { SessionFacts } from './session-facts.js';
import type { Wording } from './wording.js';

/** Raised when the same card would be drawn as another picture: new fonts, another way to shrink. */
export const drawingVersion = 1;

/** The layout that sessions are drawn with. */
const layout = 'session';

/** X and Threads take 1,000 characters. */
const longestAlt = 1000;

/** The card of a session, by reference: what it shows, its alt text from the same data, the digest of both. */
export function pictureOf(facts: SessionFacts, conference: string, wording: Wording): Picture {
  const card: CardContent = {
    conference: oneLine(conference),
    title: facts.title,
    people: facts.presenters.length > 0 ? facts.presenters : facts.chairs,
    time: wording.span(facts.startsAt, facts.endsAt),
    ...(facts.room === undefined ? {} : { room: placeOf(facts.room) }),
    ...(facts.unit === undefined ? {} : { unit: facts.unit }),
    layout,
  };
  return { digest: digestOf({ card, drawingVersion }), card, alt: altOf(card, wording) };
}

/** Room, building and floor, as many as there are. */
export function placeOf(room: NonNullable<SessionFacts['room']>): string {
  return [room.name, room.building, room.floor].filter((part) => part !== undefined).join(', ');
}

function altOf(card: CardContent, wording: Wording): string {
  const said = (people: number) =>
    [
      `Session card of ${card.conference}: ${card.title}`,
      wording.names(card.people, people),
      card.time,
      card.room,
      card.unit,
    ]
      .filter((part) => part !== undefined && part !== '')
      .map((part) => (/[.!?…]$/.test(part ?? '') ? part : `${part ?? ''}.`))
      .join(' ');
  const whole = said(Infinity);
  const text = whole.length <= longestAlt ? whole : said(3);
  // Graphemes may be long; halves are not allowed.
  return text.length <= longestAlt
    ? text
    : shorten(text, Math.floor(longestAlt / 4)).slice(0, longestAlt);
}
