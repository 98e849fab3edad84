import ICAL from 'ical.js';

import { reasonOf } from '../../errors.js';
import { excerpt, report, unreadable, type Problems } from '../problem.js';
import { onlyText } from '../single-document.js';
import type { Source, SourceProgram } from '../source.js';
import { zoneRemedy } from '../zone.js';
import { readEvent, type CalendarEvent } from './icalendar-event.js';
import { sessionsOf } from './icalendar-sessions.js';
import { readZones, type ReadingAround } from './icalendar-time.js';
import { namedZone } from './icalendar-zone-names.js';

/**
 * iCalendar (https://www.rfc-editor.org/rfc/rfc5545). Each event is parsed by itself, so that a broken one costs only itself. The first category is the
 * session's type, a second one its unit. Of a recurring event each occurrence is a session.
 */
export const icalendar: Source = {
  name: 'icalendar',
  title: 'iCalendar',
  from: 'the subscribe or export link of almost every calendar and conference system (.ics)',
  carries: [
    'sessions',
    'rooms',
    'types',
    'people where they are attendees',
    'recurrences',
    'cancellations',
  ],
  lacks: ['presentations inside sessions', 'units', 'affiliations'],
  recognizes: (head) => /^BEGIN:VCALENDAR\s/i.test(head),
  read(documents, hints) {
    const { address } = hints;
    const text = onlyText(documents, address);
    if (!/^END:VCALENDAR\s*$/im.test(text)) {
      throw unreadable(
        'program-truncated',
        address,
        'the calendar ends before its END:VCALENDAR',
        'Fetch or export it again, whole',
      );
    }
    const problems: Problems = [];
    const blocks = blocksOf(text);
    const zones = readZones(blocks.VTIMEZONE, problems);
    const header = headerOf(text);
    const called = header('METHOD')?.toUpperCase() === 'CANCEL';
    const events = blocks.VEVENT.flatMap(({ text: block, place }) =>
      parsed(block, { zones, problems, place }),
    );
    const sessions = sessionsOf(events, { problems, called });
    const zone = header('X-WR-TIMEZONE');
    const program: SourceProgram = {
      // Our own texts are plain; many others write HTML, whatever the format says.
      markup: header('PRODID')?.startsWith('-//Callboard//') === true ? 'plain' : 'html',
      title: header('X-WR-CALNAME') ?? header('NAME'),
      zone: zone === undefined ? zones.mostNamed() : (namedZone(zone)?.zone ?? zone),
      url: header('URL'),
      sessions,
    };
    if (program.zone === 'UTC') {
      report(problems, 'note', 'zone-is-utc', {
        place: 'X-WR-TIMEZONE',
        problem: 'the calendar gives its times in UTC only, so wall clocks would be said in UTC',
        remedy: zoneRemedy(hints),
      });
    }
    return { program, problems };
  },
};

/** One component as it stands in the file. */
interface CalendarBlock {
  readonly text: string;
  /** `line 12`. */
  readonly place: string;
}

function blocksOf(text: string): Record<'VEVENT' | 'VTIMEZONE', readonly CalendarBlock[]> {
  const lines = text.split(/\r\n?|\n/);
  const blocks: Record<'VEVENT' | 'VTIMEZONE', CalendarBlock[]> = { VEVENT: [], VTIMEZONE: [] };
  const from: { VEVENT?: number | undefined; VTIMEZONE?: number | undefined } = {};
  lines.forEach((line, index) => {
    const found = /^(BEGIN|END):(VEVENT|VTIMEZONE)\s*$/i.exec(line);
    if (!found) return;
    const name = found[2]?.toUpperCase() === 'VEVENT' ? 'VEVENT' : 'VTIMEZONE';
    const begun = from[name];
    if (found[1]?.toUpperCase() === 'BEGIN') from[name] = index;
    else if (begun !== undefined) {
      const block = lines.slice(begun, index + 1).join('\r\n');
      blocks[name].push({ text: block, place: `line ${begun + 1}` });
      from[name] = undefined;
    }
  });
  return blocks;
}

/** Properties of the calendar itself: what stands before its first component. */
function headerOf(text: string): (name: string) => string | undefined {
  const body = text.slice(text.indexOf('\n') + 1);
  const head = body
    .slice(0, Math.max(0, body.search(/^(?:BEGIN|END):/im)))
    .replace(/\r?\n[ \t]/g, '');
  return (name) => {
    const value = new RegExp(`^${name}(?:;[^:\\r\\n]*)?:(.*)$`, 'im').exec(head)?.[1]?.trim();
    return value === undefined || value === ''
      ? undefined
      : value.replace(/\\([n\\;,])/gi, (_, one: string) => (/n/i.test(one) ? ' ' : one));
  };
}

function parsed(text: string, around: ReadingAround): readonly CalendarEvent[] {
  try {
    const [component] = new ICAL.Component(
      ICAL.parse(`BEGIN:VCALENDAR\r\n${text}\r\nEND:VCALENDAR`) as unknown[],
    ).getAllSubcomponents('vevent');
    return component === undefined ? [] : [readEvent(component, around)];
  } catch (cause) {
    report(around.problems, 'dropped', 'malformed', {
      place: around.place,
      problem: `the event cannot be read (${excerpt(reasonOf(cause), 120)})`,
      remedy: 'Correct it in the source',
    });
    return [];
  }
}
