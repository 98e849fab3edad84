import { sourceId } from '../identity.js';
import type { Link } from '../model.js';
import { parseMoment } from '../moment.js';
import type {
  SourceMoment,
  SourceParticipation,
  SourcePresentation,
  SourceRoom,
  SourceSession,
} from '../source.js';
import { isZone } from '../time.js';
import type { IndicoPeople } from './indico-people.js';
import { objectOf, objectsOf, textOf, type JsonObject } from './json-values.js';

/** A contribution as Indico gives it, and where. */
export interface IndicoContribution {
  readonly fields: JsonObject;
  readonly place: string;
}

/** A moment as `{date, time, tz}`: the wall clock of its own zone. */
export function indicoMoment(value: unknown): SourceMoment | undefined {
  const moment = objectOf(value);
  const date = textOf(moment?.date);
  const time = textOf(moment?.time);
  if (date === undefined || time === undefined) return undefined;
  const read = parseMoment(`${date}T${time}`);
  const zone = textOf(moment?.tz);
  return read && 'wall' in read && zone !== undefined && isZone(zone) ? { ...read, zone } : read;
}

/** The wall clock of a moment as a number that can be compared within one event; undefined where there is none. */
export function indicoMinute(value: unknown): number | undefined {
  const moment = indicoMoment(value);
  return moment && 'wall' in moment ? Date.parse(`${moment.wall}Z`) / 60_000 : undefined;
}

/** When a contribution ends, by its end or else its length. */
export function indicoEnd({ endDate, startDate, duration }: JsonObject): SourceMoment | undefined {
  const end = indicoMoment(endDate);
  if (end !== undefined) return end;
  const start = indicoMoment(startDate);
  const minutes = minutesOf(duration);
  if (start === undefined || minutes === undefined || !('wall' in start)) return undefined;
  const wall = new Date(Date.parse(`${start.wall}Z`) + minutes * 60_000).toISOString().slice(0, 19);
  return { ...start, wall };
}

/** Where: the room, in the building that Indico calls location. */
export function indicoRoom(fields: JsonObject): SourceRoom | undefined {
  const building = textOf(fields.location);
  const room = textOf(fields.room) ?? textOf(fields.roomFullname);
  if (room !== undefined) return { ids: [], name: room, building };
  return building === undefined ? undefined : { ids: [], name: building };
}

/** A contribution as a session of its own; its subcontributions are its presentations. */
export function contributionSession(
  { fields, place }: IndicoContribution,
  people: IndicoPeople,
): SourceSession {
  const track = textOf(fields.track);
  return {
    place,
    ids: sourceId('contribution', textOf(fields.id)),
    title: textOf(fields.title),
    subtitle: textOf(fields.session) ?? textOf(objectOf(fields.session)?.title),
    start: indicoMoment(fields.startDate),
    end: indicoEnd(fields),
    room: indicoRoom(fields),
    unit: track === undefined ? undefined : { ids: [], name: track },
    type: textOf(fields.type),
    abstract: textOf(fields.description),
    links: indicoLinks(fields),
    url: textOf(fields.url),
    cancelled: false,
    people: partsOf(fields, people),
    presentations: objectsOf(fields.subContributions).map((sub, index) => ({
      place: `${place}.subContributions[${index}]`,
      ids: sourceId('subcontribution', textOf(sub.id)),
      title: textOf(sub.title),
      people: people.parts(sub.speakers, 'presenter'),
      links: indicoLinks(sub),
      cancelled: false,
    })),
  };
}

/** A contribution inside a session. */
export function contributionPresentation(
  { fields, place }: IndicoContribution,
  people: IndicoPeople,
): SourcePresentation {
  return {
    place,
    ids: sourceId('contribution', textOf(fields.id)),
    title: textOf(fields.title),
    start: indicoMoment(fields.startDate),
    end: indicoEnd(fields),
    abstract: textOf(fields.description),
    people: partsOf(fields, people),
    links: indicoLinks(fields),
    cancelled: false,
  };
}

function partsOf(fields: JsonObject, people: IndicoPeople): readonly SourceParticipation[] {
  const speakers = people.parts(fields.speakers, 'presenter');
  return [
    ...speakers,
    ...people.parts(fields.primaryauthors, 'author', speakers),
    ...people.parts(fields.coauthors, 'author', speakers),
  ];
}

/** Slides and papers that anybody may open. */
function indicoLinks(fields: JsonObject): readonly Link[] {
  return objectsOf(fields.folders).flatMap((folder) =>
    objectsOf(folder.attachments).flatMap((file): Link[] => {
      const url = textOf(file.link_url) ?? textOf(file.download_url);
      if (url === undefined || file.is_protected === true) return [];
      const title = textOf(file.title);
      return [title === undefined ? { url } : { url, title }];
    }),
  );
}

function minutesOf(value: unknown): number | undefined {
  const minutes = Number(textOf(value) ?? Number.NaN);
  return Number.isFinite(minutes) && minutes >= 0 && minutes < 100_000 ? minutes : undefined;
}
