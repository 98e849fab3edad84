import type { SourceDocument } from '../document.js';
import { unreadable, type Problems } from '../problem.js';
import type { Source, SourceProgram } from '../source.js';
import { parseJson } from './json-text.js';
import { objectOf, textOf } from './json-values.js';
import { pretalxCast } from './pretalx-rest-cast.js';
import { pretalxSessions } from './pretalx-rest-sessions.js';
import { gatherTables } from './pretalx-rest-tables.js';
import { pretalxTexts } from './pretalx-rest-texts.js';

/**
 * The answers of pretalx's REST API (https://docs.pretalx.org/api/), versioned or older, expanded or by id, as pages, single objects or a schedule; the data
 * file of its schedule page; and what sites gather of them. Any number of documents make one program.
 */
export const pretalxRest: Source = {
  name: 'pretalx-rest',
  title: 'pretalx REST',
  from: 'https://<pretalx>/api/events/<event>/submissions/ (or slots/, talks/, schedules/latest/)',
  carries: [
    'sessions',
    'several slots of one session',
    'breaks',
    'people with handles from questions',
    'rooms',
    'tracks',
    'types',
    'languages',
    'links',
    'cancellations',
    'wall-clock offsets',
  ],
  lacks: ['presentations inside sessions', 'affiliations', 'pictures and biographies'],
  recognizes: (head) =>
    /^[[{]/.test(head) && signs.some((all) => all.every((one) => one.test(head))),
  read(documents, { address }) {
    const problems: Problems = [];
    const tables = gatherTables(
      documents.map((document) => ({
        name: documents.length === 1 ? '' : document.name,
        body: parsed(document, documents.length === 1 ? address : document.name),
      })),
      problems,
    );
    const texts = pretalxTexts(tables, problems);
    const cast = pretalxCast(tables, texts, problems);
    const event = [...tables.event.values()][0]?.fields;
    const home = homeOf([address, ...documents.map(({ name }) => name)]);
    const page = (code: string) =>
      home === undefined ? undefined : `${home}talk/${encodeURIComponent(code)}/`;
    const sessions = pretalxSessions({ tables, texts, cast, problems, page });
    cast.reportUnresolved();
    const program: SourceProgram = {
      markup: 'plain',
      title: texts.text(event?.name),
      zone: textOf(event?.timezone) ?? tables.zone,
      language: texts.language,
      url: home,
      rooms: cast.rooms,
      sessions,
    };
    return { program, problems };
  },
};

/** The fields that only pretalx's objects have together; a page may hold any one kind of them, or none. */
const signs: readonly (readonly RegExp[])[] = [
  [/"code"\s*:/, /"submission_type"\s*:/],
  [/"code"\s*:/, /"content_locale"\s*:/],
  [/"start"\s*:/, /"submission"\s*:/, /"room"\s*:/],
  [
    /"count"\s*:/,
    /"next"\s*:/,
    /"previous"\s*:/,
    /"results"\s*:\s*\[\s*(?:\]|\{\s*"(?:id|code|name)"\s*:)/,
  ],
  [/"slug"\s*:/, /"date_from"\s*:/, /"timezone"\s*:/],
  [/"version"\s*:/, /"slots"\s*:\s*\[/],
  [/"talks"\s*:\s*\[/, /"rooms"\s*:\s*\[/, /"code"\s*:/],
  [/^\{\s*"code"\s*:/, /"biography"\s*:/],
];

function parsed(document: SourceDocument, place: string): unknown {
  const body = parseJson(document.text, place);
  const detail = textOf(objectOf(body)?.detail);
  if (detail === undefined || Object.keys(objectOf(body) ?? {}).length > 1) return body;
  throw unreadable(
    'program-forbidden',
    place,
    'pretalx answered with an error in place of data',
    'Check the address, and the access of the token in CALLBOARD_PROGRAM_AUTHORIZATION',
  );
}

/** The public pages of the event beside its API: `https://host/event/`. */
function homeOf(addresses: readonly string[]): string | undefined {
  for (const address of addresses) {
    const found = /^(https?:\/\/[^?#]*?)\/api\/events\/([^/?#]+)\//i.exec(address);
    if (found) return `${found[1] ?? ''}/${found[2] ?? ''}/`;
  }
  return undefined;
}
