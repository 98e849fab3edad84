import type { ExportAbout } from '../../program/exports/about.js';
import { writeFrabJson } from '../../program/exports/frab-json.js';
import { writeFrabXml } from '../../program/exports/frab-xml.js';
import { writeCalendar } from '../../program/exports/icalendar.js';
import { writeLinkedData } from '../../program/exports/linked-data.js';
import { keyUuid } from '../../program/exports/permanent-id.js';
import type { ProgramLookup } from '../../program/lookup.js';
import type { Session } from '../../program/model.js';
import { writeProgram } from '../../program/write-json.js';
import { writeAtom } from './atom.js';
import type { Feed } from './feed.js';
import { writeJsonFeed } from './json-feed.js';
import { sessionItems } from './session-items.js';

/** What a feed of sessions is made from. */
export interface FeedMaterial {
  readonly program: ProgramLookup;
  readonly sessions: readonly Session[];
  readonly about: ExportAbout;
  /** Public address of the feed itself. */
  readonly self: string;
  /** BCP 47 tag of the texts. */
  readonly language: string;
}

/** A form in which sessions are given away. */
export interface FeedFormat {
  /** With its charset. */
  readonly type: string;
  write(material: FeedMaterial): string;
}

const json = '; charset=utf-8';

/** By the ending of the address of a page. */
export const pageFormats: Readonly<Record<'ics' | 'atom' | 'json', FeedFormat>> = {
  ics: {
    type: 'text/calendar; charset=utf-8',
    write: ({ program, sessions, about }) => writeCalendar(program, sessions, about),
  },
  atom: {
    type: 'application/atom+xml; charset=utf-8',
    write: (material) => writeAtom(feedOf(material)),
  },
  json: {
    type: `application/feed+json${json}`,
    write: (material) => writeJsonFeed(feedOf(material)),
  },
};

/** By the ending of `/program`; the whole program has more than its parts. */
export const programFormats: Readonly<Record<string, FeedFormat>> = {
  ics: pageFormats.ics,
  atom: pageFormats.atom,
  'feed.json': pageFormats.json,
  'frab.json': {
    type: `application/json${json}`,
    write: ({ program, sessions, about }) => writeFrabJson(program, sessions, about),
  },
  'frab.xml': {
    type: 'application/xml; charset=utf-8',
    write: ({ program, sessions, about }) => writeFrabXml(program, sessions, about),
  },
  jsonld: {
    type: `application/ld+json${json}`,
    write: ({ program, sessions, about }) => writeLinkedData(program, sessions, about),
  },
  json: {
    type: `application/json${json}`,
    write: ({ program }) => writeProgram(program.program),
  },
};

function feedOf({ program, sessions, about, self, language }: FeedMaterial): Feed {
  return {
    id: `urn:uuid:${keyUuid(`feed ${about.page}`)}`,
    title: about.title,
    page: about.page,
    self,
    language,
    author: about.conference,
    items: sessionItems(program, sessions, about),
  };
}
