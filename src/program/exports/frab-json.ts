import type { ProgramLookup } from '../lookup.js';
import type { Session } from '../model.js';
import { generatorName, type ExportAbout } from './about.js';
import { frabConference } from './frab-conference.js';
import { frabDays, type FrabRow } from './frab-event.js';
import { keyUuid } from './permanent-id.js';

/** Sessions in the JSON of frab, pretalx and c3voc (https://c3voc.de/schedule/schema.json). */
export function writeFrabJson(
  program: ProgramLookup,
  sessions: readonly Session[],
  about: ExportAbout,
): string {
  const days = frabDays(program, sessions, about);
  const {
    acronym,
    title,
    start,
    end,
    days: count,
    zone,
    url,
  } = frabConference(program, days, about);
  const schedule = {
    $schema: 'https://c3voc.de/schedule/schema.json',
    generator: { name: generatorName },
    schedule: {
      version: versionOf(sessions, about),
      base_url: about.site,
      conference: {
        acronym,
        title,
        start,
        end,
        daysCount: count,
        timeslot_duration: '00:05',
        time_zone_name: zone,
        url,
        rooms: roomsOf(program, sessions),
        days: days.map((day) => ({
          index: day.index,
          date: day.date,
          day_start: day.start,
          day_end: day.end,
          rooms: Object.fromEntries(
            [...day.rooms].map(([room, rows]) => [room, rows.map(eventOf)]),
          ),
        })),
      },
    },
  };
  return `${JSON.stringify(schedule)}\n`;
}

/** When anything was last changed, as the version of a schedule; the same sessions have the same. */
export function versionOf(sessions: readonly Session[], { history }: ExportAbout): string {
  const last = sessions.reduce((at, { key }) => Math.max(at, history(key)?.modifiedAt ?? 0), 0);
  return new Date(last).toISOString().slice(0, 16).replace('T', ' ');
}

function roomsOf(program: ProgramLookup, sessions: readonly Session[]): readonly object[] {
  const used = new Set(sessions.map(({ room }) => room));
  return program.program.rooms.flatMap(({ key, name, building, floor }) =>
    used.has(key)
      ? [
          {
            name,
            guid: keyUuid(key),
            ...(building !== undefined && { building }),
            ...(floor !== undefined && { floor }),
          },
        ]
      : [],
  );
}

function eventOf({ code, recording, people, links, cancelled, ...row }: FrabRow): object {
  return {
    ...row,
    ...(code !== undefined && { code }),
    logo: '',
    recording_license: '',
    do_not_record: false,
    ...(recording !== undefined && { video_download_url: recording }),
    ...(cancelled && { cancelled }),
    persons: people.map(({ id, guid, name }) => ({ id, guid, name, public_name: name })),
    links,
    attachments: [],
    answers: [],
  };
}
