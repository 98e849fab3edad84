import { XMLBuilder } from 'fast-xml-parser';
import type { ProgramLookup } from '../lookup.js';
import type { Session } from '../model.js';
import { generatorName, type ExportAbout } from './about.js';
import { xmlText } from './export-text.js';
import { frabConference } from './frab-conference.js';
import { frabDays, type FrabRow } from './frab-event.js';
import { versionOf } from './frab-json.js';

/**
 * Sessions in the XML of Pentabarf, frab, pretalx and c3voc (https://c3voc.de/schedule/schema.xsd). Beside that schema stand `status` of a cancelled session and
 * `code` of one that pretalx gave; readers pass over what they do not know.
 */
export function writeFrabXml(
  program: ProgramLookup,
  sessions: readonly Session[],
  about: ExportAbout,
): string {
  const days = frabDays(program, sessions, about);
  const { acronym, title, start, end, days: count, zone } = frabConference(program, days, about);
  const document = {
    '?xml': { '@version': '1.0', '@encoding': 'UTF-8' },
    schedule: {
      generator: { '@name': generatorName },
      version: versionOf(sessions, about),
      conference: {
        acronym,
        title: xmlText(title),
        start,
        end,
        days: count,
        timeslot_duration: '00:05',
        base_url: about.site,
        time_zone_name: zone,
      },
      day: days.map((day) => ({
        '@index': day.index,
        '@date': day.date,
        '@start': day.start,
        '@end': day.end,
        room: [...day.rooms].map(([name, rows]) => ({
          '@name': xmlText(name),
          event: rows.map(eventOf),
        })),
      })),
    },
  };
  return writer.build(document);
}

const writer = new XMLBuilder({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  suppressEmptyNode: true,
});

function eventOf(row: FrabRow): object {
  return {
    '@guid': row.guid,
    ...(row.code !== undefined && { '@code': xmlText(row.code) }),
    '@id': row.id,
    date: row.date,
    start: row.start,
    duration: row.duration,
    room: xmlText(row.room),
    slug: row.slug,
    url: row.url,
    ...(row.recording !== undefined && { video_download_url: row.recording }),
    recording: { license: '', optout: 'false' },
    title: xmlText(row.title),
    subtitle: xmlText(row.subtitle),
    track: xmlText(row.track),
    type: xmlText(row.type),
    language: row.language,
    abstract: xmlText(row.abstract),
    description: xmlText(row.description),
    ...(row.cancelled && { status: 'cancelled' }),
    persons: {
      person: row.people.map(({ id, name }) => ({ '@id': id, '#text': xmlText(name) })),
    },
    links: {
      link: row.links.map(({ url, title }) => ({ '@href': url, '#text': xmlText(title ?? '') })),
    },
  };
}
