import type { CallboardError } from '../errors.js';
import type { SourceDocument } from './document.js';
import { unreadable } from './problem.js';
import type { Source } from './source.js';
import { allAcademic } from './sources/all-academic.js';
import { callboardJson } from './sources/callboard-json.js';
import { conftool } from './sources/conftool.js';
import { frabJson } from './sources/frab-json.js';
import { frabXml } from './sources/frab-xml.js';
import { icalendar } from './sources/icalendar.js';
import { schemaOrg } from './sources/schema-org.js';
import { indico } from './sources/indico.js';
import { markupHead } from './sources/markup-head.js';
import { pretalxRest } from './sources/pretalx-rest.js';
import { schedApi } from './sources/sched-api.js';
import { sessionize } from './sources/sessionize.js';
import { schedCsv } from './sources/sched-csv.js';
import { spreadsheet } from './sources/spreadsheet.js';

/** The formats that programs may come in; the first that recognizes a text reads it. */
export const formats: readonly Source[] = [
  callboardJson,
  frabJson,
  frabXml,
  icalendar,
  sessionize,
  schedApi,
  indico,
  pretalxRest,
  allAcademic,
  schemaOrg,
  conftool,
  schedCsv,
  spreadsheet,
];

/** A format, and which of the documents are in it. */
export interface RecognizedFormat {
  readonly format: Source;
  readonly documents: readonly SourceDocument[];
  /** Those in no format or another one: a folder of saved pages holds pictures and styles, too. */
  readonly others: readonly SourceDocument[];
}

/**
 * The format of a program, by its name where one is given, else by how its documents begin: of several, the one that most of them are in.
 *
 * @throws CallboardError exit `program` where there is none
 */
export function formatOf(
  documents: readonly SourceDocument[],
  address: string,
  name?: string,
): RecognizedFormat {
  const named = name === undefined ? undefined : formatNamed(name);
  const [first] = documents;
  if (named && documents.length === 1) return { format: named, documents, others: [] };
  const byFormat = new Map<Source, SourceDocument[]>();
  for (const document of documents) {
    const head = headOf(document);
    const format = (named ? [named] : formats).find((one) => one.recognizes(head, document));
    if (!format) continue;
    const same = byFormat.get(format);
    if (same) same.push(document);
    else byFormat.set(format, [document]);
  }
  const [most] = [...byFormat].sort(([, a], [, b]) => b.length - a.length);
  if (most) {
    const [format, members] = most;
    return {
      format,
      documents: members,
      others: documents.filter((document) => !members.includes(document)),
    };
  }
  throw unrecognized(first ? headOf(first) : '', address);
}

function formatNamed(name: string): Source {
  const named = formats.find((format) => format.name === name);
  if (named) return named;
  throw unreadable(
    'program-format-unknown',
    `format ${name}`,
    'there is no such format',
    `Choose one of ${names()}`,
  );
}

function headOf({ text }: SourceDocument): string {
  return text.slice(0, 65_536);
}

function unrecognized(head: string, address: string): CallboardError {
  const { doctype, root } = markupHead(head);
  if (doctype === 'html' || root?.toLowerCase() === 'html') {
    const login = /type=["']?password|log ?in|sign ?in|anmelden|connexion/i.test(head);
    return unreadable(
      'program-is-a-page',
      address,
      login
        ? 'it is a web page that asks to log in, not a program'
        : 'it is a web page, not a program',
      login
        ? 'Give the address of a public export, or download the export and give the file'
        : 'Give the address of the export itself (JSON, XML or ICS), not of the page that shows it',
    );
  }
  return unreadable(
    'program-format-unknown',
    address,
    'its format is not recognized',
    `Give a program in one of ${formats.map(({ title }) => title).join(', ')}, or name its format with --format (${names()})`,
  );
}

function names(): string {
  return formats.map(({ name }) => name).join(', ');
}
