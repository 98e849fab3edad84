import { sourceId } from '../identity.js';
import type { Link } from '../model.js';
import { parseMoment } from '../moment.js';
import { report, type Problems } from '../problem.js';
import type { Source, SourceMoment, SourceRoom, SourceSession } from '../source.js';
import { parseJson } from './json-text.js';
import { objectOf, objectsOf, textOf, listOf, type JsonObject } from './json-values.js';
import { schedPeople } from './sched-people.js';

/** What Sched's API answers to `session/list` and `session/export` (https://sched.com/api): a list of sessions with local times. */
export const schedApi: Source = {
  name: 'sched-api',
  title: 'Sched API',
  from: 'https://<event>.sched.com/api/session/list?format=json, the key in CALLBOARD_PROGRAM_KEY',
  carries: ['sessions', 'people with roles', 'venues', 'types and subtypes', 'links', 'streams'],
  lacks: ['a time zone', 'the conference’s name', 'presentations inside sessions', 'cancellations'],
  recognizes: (head) =>
    /^[[{]/.test(head) &&
    /"(?:event|session)_key"\s*:/.test(head) &&
    /"(?:event|session)_start"\s*:/.test(head),
  read(documents, { address }) {
    const problems: Problems = [];
    let hidden = 0;
    const sessions = documents.flatMap((document) => {
      const alone = documents.length === 1;
      const body = parseJson(document.text, alone ? address : document.name);
      const entries = Array.isArray(body) ? listOf(body) : listOf(objectOf(body)?.sessions);
      return entries.flatMap((one, index): SourceSession[] => {
        const session = objectOf(one) ?? {};
        if (/^(?:n|no|0|false)$/i.test(textOf(session.active) ?? String(session.active))) {
          hidden += 1;
          return [];
        }
        return [sessionOf(session, `${alone ? '' : `${document.name} `}[${index}]`)];
      });
    });
    if (hidden > 0) {
      report(problems, 'note', 'not-active', {
        place: 'active',
        problem: `${hidden} sessions are not active in Sched, which hides them there, and are left out`,
        remedy: 'Nothing, where they are drafts; else make them active in Sched',
      });
    }
    return { program: { markup: 'html', sessions }, problems };
  },
};

function sessionOf(session: JsonObject, place: string): SourceSession {
  const id = textOf(session.id);
  return {
    place,
    // Sched's calendars carry the same id as their UID.
    ids: [
      ...sourceId('uid', id),
      ...sourceId('id', id),
      ...sourceId('event-key', textOf(session.event_key) ?? textOf(session.session_key)),
    ],
    title: textOf(session.name) ?? textOf(session.event_name) ?? textOf(session.session_name),
    start: momentOf(session.event_start ?? session.session_start),
    end: momentOf(session.event_end ?? session.session_end),
    room: venueOf(session),
    type: textOf(session.event_type) ?? textOf(session.session_type),
    unit: subtypeOf(session),
    abstract: textOf(session.description),
    links: linksOf(session),
    url: textOf(session.url) ?? textOf(session.event_url),
    stream: textOf(session.video_stream) ?? textOf(session.stream_url),
    cancelled: false,
    people: schedPeople(session),
    presentations: [],
  };
}

function momentOf(value: unknown): SourceMoment | undefined {
  const text = textOf(value);
  return text === undefined ? undefined : parseMoment(text);
}

function venueOf(session: JsonObject): SourceRoom | undefined {
  const name = textOf(session.venue);
  return name === undefined ? undefined : { ids: sourceId('id', textOf(session.venue_id)), name };
}

/** Of several, joined by commas, the first. */
function subtypeOf(session: JsonObject): SourceSession['unit'] {
  const all = textOf(session.event_subtype) ?? textOf(session.session_subtype);
  const name = textOf(all?.split(',')[0]);
  return name === undefined ? undefined : { ids: [], name };
}

function linksOf(session: JsonObject): readonly Link[] {
  const media = textOf(session.media_url);
  const files = objectsOf(session.files).flatMap((file): Link[] => {
    const url = textOf(file.path) ?? textOf(file.url);
    const title = textOf(file.name);
    if (url === undefined) return [];
    return [title === undefined ? { url } : { url, title }];
  });
  return media === undefined ? files : [{ url: media }, ...files];
}
