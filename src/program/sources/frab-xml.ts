import { decodeXML } from 'entities';
import { XMLParser } from 'fast-xml-parser';

import { reasonOf } from '../../errors.js';
import { excerpt, unreadable } from '../problem.js';
import { onlyText } from '../single-document.js';
import type { Source, SourceRoom, SourceSession, SourceThing, SourceUnit } from '../source.js';
import { frabPerson, frabSession, type FrabDay } from './frab-event.js';
import { markupHead } from './markup-head.js';
import { findImbalance } from './xml-balance.js';

/** The XML of Pentabarf, frab, pretalx and c3voc (https://c3voc.de/schedule/schema.xsd). */
export const frabXml: Source = {
  name: 'frab-xml',
  title: 'frab/Pentabarf XML',
  from: 'pretalx: Schedule, Exports, “XML (frab compatible)”; pentabarf and frab: schedule.xml',
  carries: [
    'sessions',
    'people',
    'rooms',
    'tracks',
    'languages',
    'links',
    'recordings',
    'wall-clock offsets',
  ],
  lacks: ['presentations inside sessions', 'affiliations', 'floors'],
  recognizes: (head) => markupHead(head).root === 'schedule',
  read(documents, { address }) {
    const text = onlyText(documents, address);
    const root = child(parseXml(text, address), 'schedule');
    const conference = child(root, 'conference');
    if (root === undefined) {
      throw unreadable(
        'program-malformed',
        address,
        'it is no frab/Pentabarf schedule: the element <schedule> is missing',
        'Export the schedule again, or name its format with --format',
      );
    }
    return {
      program: {
        // Our own texts are plain; others write HTML.
        markup:
          attribute(child(root, 'generator') ?? {}, 'name') === 'Callboard' ? 'plain' : 'html',
        title: textOf(conference, 'title') ?? textOf(conference, 'acronym'),
        zone: textOf(conference, 'time_zone_name'),
        url: textOf(conference, 'url') ?? textOf(conference, 'base_url'),
        sessions: readDays(root),
      },
      problems: [],
    };
  },
};

type Element = Readonly<Record<string, unknown>>;

/** A room or a unit: this format knows them by name only. */
type NamedThing = SourceThing & { readonly name: string };

function readDays(root: Element): readonly SourceSession[] {
  const rooms = new Map<string, NamedThing>();
  const units = new Map<string, NamedThing>();
  return children(root, 'day').flatMap((day, dayIndex) =>
    children(day, 'room').flatMap((room, roomIndex) =>
      children(room, 'event').map((event, index) => {
        const id = attribute(event, 'id') ?? attribute(event, 'guid');
        const place =
          id === undefined
            ? `day ${dayIndex + 1}, room ${roomIndex + 1}, event ${index + 1}`
            : `event ${excerpt(id)}`;
        return readEvent(event, {
          place,
          day: { date: attribute(day, 'date'), start: attribute(day, 'start') },
          room: named(rooms, textOf(event, 'room') ?? attribute(room, 'name')),
          unit: named(units, textOf(event, 'track')),
        });
      }),
    ),
  );
}

function readEvent(
  event: Element,
  around: {
    readonly place: string;
    readonly day: FrabDay;
    readonly room: SourceRoom | undefined;
    readonly unit: SourceUnit | undefined;
  },
): SourceSession {
  const recording = child(event, 'recording');
  return frabSession(
    {
      guid: attribute(event, 'guid'),
      code: attribute(event, 'code'),
      id: attribute(event, 'id'),
      title: textOf(event, 'title'),
      subtitle: textOf(event, 'subtitle'),
      date: textOf(event, 'date'),
      end: textOf(event, 'end'),
      start: textOf(event, 'start'),
      duration: textOf(event, 'duration'),
      type: textOf(event, 'type'),
      language: textOf(event, 'language'),
      abstract: textOf(event, 'abstract'),
      description: textOf(event, 'description'),
      url: textOf(event, 'url'),
      recording: textOf(recording, 'url') ?? textOf(event, 'video_download_url'),
      optout: textOf(recording, 'optout') === 'true',
      cancelled: /^cancell?ed$/i.test(textOf(event, 'status') ?? attribute(event, 'status') ?? ''),
      links: [
        ...children(child(event, 'links'), 'link'),
        ...children(child(event, 'attachments'), 'attachment'),
      ].flatMap((link) => {
        const url = attribute(link, 'href');
        const title = ownText(link);
        return url === undefined ? [] : [title === undefined ? { url } : { url, title }];
      }),
    },
    {
      ...around,
      people: children(child(event, 'persons'), 'person').map((person) =>
        frabPerson({
          guid: attribute(person, 'guid'),
          code: attribute(person, 'code'),
          id: attribute(person, 'id'),
          name: ownText(person),
          affiliation: attribute(person, 'affiliation'),
          url: attribute(person, 'url'),
        }),
      ),
    },
  );
}

function parseXml(text: string, address: string): Element {
  const prolog = text.slice(0, Math.max(0, text.search(/<schedule[\s>]/)));
  if (/<!ENTITY/i.test(prolog)) {
    throw unreadable(
      'program-entities',
      address,
      'it declares XML entities of its own, which are never expanded here',
      'Export it without a DOCTYPE that declares entities',
    );
  }
  const fault = findImbalance(text);
  if (fault) {
    throw unreadable(
      fault.cut ? 'program-truncated' : 'program-malformed',
      `${address}, line ${fault.line}`,
      fault.cut
        ? `the XML ends too early (${fault.problem})`
        : `it is not well-formed XML (${excerpt(fault.problem, 120)})`,
      fault.cut
        ? 'Fetch or export it again, whole'
        : 'Export it again, or correct it at that place',
    );
  }
  try {
    return parser().parse(text) as Element;
  } catch (cause) {
    throw unreadable(
      'program-malformed',
      address,
      `it is not well-formed XML (${excerpt(reasonOf(cause), 120)})`,
      'Export it again, or correct it',
      cause,
    );
  }
}

function parser(): XMLParser {
  const nothing = () => undefined;
  return new XMLParser({
    ignoreAttributes: false,
    parseTagValue: false,
    trimValues: false,
    // Only the five predefined entities and character references; nothing that a document declares.
    entityDecoder: {
      decode: (text: string) => (text.includes('&') ? decodeXML(text) : text),
      setExternalEntities: nothing,
      addInputEntities: nothing,
      reset: nothing,
      setXmlVersion: nothing,
    },
  });
}

function children(element: Element | undefined, name: string): readonly Element[] {
  const value = element?.[name];
  return (Array.isArray(value) ? value : [value]).filter((one) => one !== undefined).map(asElement);
}

function child(element: Element | undefined, name: string): Element | undefined {
  const value = first(element?.[name]);
  return typeof value === 'object' && value !== null ? (value as Element) : undefined;
}

function textOf(element: Element | undefined, name: string): string | undefined {
  const value = first(element?.[name]);
  return value === undefined ? undefined : ownText(asElement(value));
}

function attribute(element: Element, name: string): string | undefined {
  const value = element[`@_${name}`];
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

function ownText(element: Element): string | undefined {
  const value = element['#text'];
  const text = typeof value === 'string' ? value.trim() : '';
  return text === '' ? undefined : text;
}

/** An element without attributes and children is a bare text to the parser. */
function asElement(value: unknown): Element {
  return typeof value === 'object' && value !== null
    ? (value as Element)
    : { '#text': typeof value === 'string' ? value : '' };
}

function first(value: unknown): unknown {
  return Array.isArray(value) ? (value as unknown[])[0] : value;
}

function named(things: Map<string, NamedThing>, name: string | undefined): NamedThing | undefined {
  if (name === undefined) return undefined;
  const thing = things.get(name) ?? { ids: [], name };
  things.set(name, thing);
  return thing;
}
