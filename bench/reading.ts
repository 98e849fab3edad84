import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse as parseCsv } from 'csv-parse/sync';
import { XMLParser } from 'fast-xml-parser';
import { parseDocument, Parser as MarkupParser } from 'htmlparser2';
import ICAL from 'ical.js';
import { readProgram } from '../src/program/import.js';
import { openWorkbooks } from '../src/program/table/workbook.js';
import { openArchive } from '../src/program/table/xlsx/archive.js';
import { realPrograms } from '../test/support/real-programs.js';
import {
  callboardJsonOf,
  confToolOf,
  csvOf,
  indicoOf,
  jsonLdPageOf,
  schedOf,
  workbookOf,
} from './inputs.js';
import { largest } from './largest.js';
import { ms, timed, timedAsync, times, type Row } from './row.js';

type Parser = readonly [name: string, parse: (text: string) => unknown];

const json: Parser = ['JSON.parse', (text) => JSON.parse(text) as unknown];
const xml: Parser = ['fast-xml-parser', (text) => new XMLParser().parse(text) as unknown];
const ics: Parser = ['ical.js', (text) => ICAL.parse(text) as unknown];
const csv: Parser = ['csv-parse', (text) => parseCsv(text, { relax_column_count: true })];
const html: Parser = ['htmlparser2', (text) => parseDocument(text)];

/** Real programs, where they are there. */
const real: readonly (readonly [file: string, parser: Parser])[] = [
  ['39c3.frab.json', json],
  ['fosdem2024.frab.xml', xml],
  ['jococruise2023-v1.sched.ics', ics],
  ['penguicon2019.sched.csv', csv],
  ['droidcon-london2024.sessionize-gridsmart.json', json],
  ['pyconfr2025.pretalx-rest.json', json],
  ['mpsa26-session.allacademic.html', html],
];
const invented: readonly (readonly [what: string, text: string, parser: Parser])[] = [
  ['Indico JSON, 2,000 contributions', indicoOf(2_000), json],
  ['Sched API, 2,000 sessions', schedOf(2_000), json],
  ['schema.org in a page, 2,000 events', jsonLdPageOf(2_000), html],
  ['a spreadsheet (CSV), 2,000 rows', csvOf(2_000), csv],
  ['ConfTool CSV, 2,000 sessions', confToolOf(2_000), csv],
];

/** Reading a program of every format beside the bare parser of that format, and one of the greatest size. */
export async function reading(): Promise<readonly Row[]> {
  const folder = realPrograms;
  const files =
    folder === undefined
      ? []
      : real
          .map(([file, parser]) => [file, path.join(folder, file), parser] as const)
          .filter(([, place]) => existsSync(place))
          .map(([file, place, parser]) => row(file, readFileSync(place, 'utf8'), parser));
  const others = invented.map(([what, text, parser]) => row(what, text, parser));
  return [...files, ...others, await workbook(), warm(), ...(await largest())];
}

function row(what: string, text: string, [name, parse]: Parser): Row {
  const bytes = Buffer.from(text);
  const read = () =>
    readProgram([{ name: what, bytes }], {
      address: what,
      edition: 'bench',
      asOf: Date.UTC(2026, 0),
    });
  const whole = timed(7, read);
  const bare = timed(7, () => parse(text));
  const { sessions } = read().program;
  return {
    what: `read ${what} (${String(sessions.length)} sessions, ${size(bytes)})`,
    figure: ms(whole),
    beside: `${name} alone: ${ms(bare)}`,
    ratio: times(whole, bare),
    goal: '—',
  };
}

/** A workbook is unpacked as it is read: its parser stands beside it with what unpacks it. */
async function workbook(): Promise<Row> {
  const name = 'a spreadsheet (XLSX), 2,000 rows';
  const bytes = await workbookOf(667);
  const read = async () =>
    readProgram(await openWorkbooks([{ name, bytes }]), { address: name, edition: 'bench' });
  const whole = await timedAsync(7, read);
  const bare = await timedAsync(7, async () => {
    const archive = openArchive(bytes, name);
    for (const part of archive.names) {
      const parser = new MarkupParser({}, { xmlMode: true });
      for await (const chunk of archive.part(part)) parser.write(Buffer.from(chunk).toString());
      parser.end();
    }
  });
  const { sessions } = (await read()).program;
  return {
    what: `read ${name} (${String(sessions.length)} sessions, ${size(bytes)})`,
    figure: ms(whole),
    beside: `unpacked, and htmlparser2 alone: ${ms(bare)}`,
    ratio: times(whole, bare),
    goal: '—',
  };
}

function warm(): Row {
  const text = callboardJsonOf(10_000);
  const bytes = Buffer.from(text);
  const read = () =>
    readProgram([{ name: 'large', bytes }], { address: 'large', edition: 'bench' });
  const whole = timed(3, read);
  const bare = timed(3, () => JSON.parse(text) as unknown);
  return {
    what: `read 10,000 sessions with 30,000 presentations (our own JSON, ${size(bytes)})`,
    figure: ms(whole),
    beside: `JSON.parse alone: ${ms(bare)}`,
    ratio: times(whole, bare),
    goal: '≤ 3 s',
  };
}

function size(bytes: Uint8Array): string {
  return `${(bytes.byteLength / 1e6).toFixed(1)} MB`;
}
