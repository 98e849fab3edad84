import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import MiniSearch from 'minisearch';
import { catalogOf, type Catalog } from '../src/program/calendar/catalog.js';
import { lookup } from '../src/program/lookup.js';
import type { Program } from '../src/program/model.js';
import { createSearch } from '../src/program/search/search.js';
import { mpsaProgram } from '../test/support/mpsa.js';
import { read } from '../test/support/program-readings.js';
import { buildProgram } from '../test/support/programs.js';
import { realPrograms } from '../test/support/real-programs.js';
import { ms, times, type Row } from './row.js';

/** Searching a program of an academic meeting's size and one of the greatest: answers, suggestions, and what the index costs. */
export async function search(): Promise<readonly Row[]> {
  const collect = collector();
  const rows: Row[] = [];
  for (const [name, program, queries] of [
    ['an academic meeting', meeting(), 1_000],
    ['10,000 sessions, 30,000 presentations, all with abstracts', invented(10_000, 3), 200],
  ] as const) {
    const catalog = catalogOf(lookup(program), program.zone);
    rows.push(...(await rowsOf(name, catalog, queries, collect)));
  }
  return rows;
}

async function rowsOf(
  name: string,
  catalog: Catalog,
  count: number,
  collect: () => void,
): Promise<Row[]> {
  collect();
  const before = process.memoryUsage().heapUsed;
  const pauses = monitorEventLoopDelay({ resolution: 1 });
  pauses.enable();
  const began = performance.now();
  const made = await createSearch(catalog, { unitLabel: 'Section' });
  const indexMs = performance.now() - began;
  pauses.disable();
  collect();
  const bytes = process.memoryUsage().heapUsed - before;
  const sessions = catalog.sessions.length;
  const bare = bareEngine(catalog);

  const queries = queriesFrom(catalog, count);
  const now = catalog.sessions[Math.floor(sessions / 2)]?.startsAt ?? 0;
  const ours = spread(queries, (query) => made.search(query, { now }));
  const theirs = spread(queries, (query) =>
    bare.search(query, { prefix: true, fuzzy: 0.2, combineWith: 'AND' }),
  );
  const typed = queries.map((query, index) => query.slice(0, 2 + (index % 8)));
  const suggested = spread(typed, (text) => made.suggest(text, 8, now));
  const size = `${name}: ${String(sessions)} sessions, ${made.size.documents.toLocaleString('en')} documents, ${made.size.terms.toLocaleString('en')} terms`;
  return [
    {
      what: `search, ${count.toLocaleString('en')} queries (${size})`,
      figure: `p50 ${ms(ours.p50)}, p99 ${ms(ours.p99)}`,
      beside: `MiniSearch alone: p50 ${ms(theirs.p50)}, p99 ${ms(theirs.p99)}`,
      ratio: times(ours.p99, theirs.p99),
      goal: 'p99 ≤ 10 ms at a meeting’s size',
    },
    {
      what: `suggestions for what is typed so far (${name})`,
      figure: `p50 ${ms(suggested.p50)}, p99 ${ms(suggested.p99)}`,
      beside: `search: p99 ${ms(ours.p99)}`,
      ratio: times(suggested.p99, ours.p99),
      goal: '—',
    },
    {
      what: `making the index, in slices (${name})`,
      figure: ms(indexMs),
      beside: `longest pause ${ms(pauses.max / 1e6)}`,
      ratio: times(pauses.max / 1e6, indexMs),
      goal: '—',
    },
    {
      what: `memory of the index (${name})`,
      figure: `${(bytes / 2 ** 20).toFixed(1)} MiB`,
      beside: `${(bytes / 2 ** 20 / (sessions / 1_000)).toFixed(1)} MiB per 1,000 sessions`,
      ratio: '—',
      goal: '—',
    },
  ];
}

/** The engine as it comes, over titles and names only. */
function bareEngine({ lookup: { program } }: Catalog): MiniSearch {
  const engine = new MiniSearch({ fields: ['title'] });
  const things = [
    ...program.sessions.flatMap((session) => [session, ...session.presentations]),
    ...program.people.map(({ name }) => ({ title: name })),
  ];
  engine.addAll(things.map(({ title }, id) => ({ id, title })));
  return engine;
}

function spread(queries: readonly string[], work: (query: string) => unknown) {
  for (const query of queries.slice(0, queries.length / 5)) work(query);
  const taken = queries
    .map((query) => {
      const began = performance.now();
      work(query);
      return performance.now() - began;
    })
    .sort((one, other) => one - other);
  const at = (share: number) => taken[Math.floor(taken.length * share)] ?? Number.NaN;
  return { p50: at(0.5), p99: at(0.99) };
}

/** What visitors type, from the program's own words: words, mistyped ones, names, phrases, filters, and some that mean nothing. */
function queriesFrom({ lookup: { program }, days }: Catalog, count: number): readonly string[] {
  const { sessions, people, rooms, units } = program;
  const pick = <T>(things: readonly T[], number: number): T | undefined =>
    things[(number * 7_919) % Math.max(1, things.length)];
  const words = sessions.flatMap(({ title }) => title.match(/\p{L}{4,}/gu) ?? []);
  return Array.from({ length: count }, (_, number) => {
    const word = pick(words, number) ?? 'nothing';
    const other = pick(words, number + 13) ?? 'nothing';
    const name = pick(people, number)?.name ?? 'Nobody';
    const title = pick(sessions, number)?.title ?? '';
    const kinds = [
      word,
      `${word} ${other}`,
      `the ${word} of ${other}`,
      `${word.slice(0, 2)}${word.slice(3)}`,
      name,
      name.split(' ').at(-1) ?? name,
      `"${title.replaceAll('"', ' ')}"`,
      `${word} -${other}`,
      `${word} OR ${other}`,
      `person:"${name}"`,
      `${word} day:${pick(days, number)?.name ?? 'today'} after:12:00`,
      `unit:"${pick(units, number)?.name ?? 'x'}" ${word.slice(0, 4)}`,
      `room:"${pick(rooms, number)?.name ?? 'x'}"`,
      `${word} ${name} qwertz`,
    ];
    return kinds[number % kinds.length] ?? word;
  });
}

function meeting(): Program {
  const file = path.join(realPrograms ?? '', 'mpsa2026.json');
  if (realPrograms === undefined || !existsSync(file)) return invented(1_300, 4);
  return read(JSON.stringify(mpsaProgram(readFileSync(file, 'utf8')))).program;
}

/** A program of invented words, some of which are much more frequent than others, with abstracts. */
function invented(sessions: number, presentations: number): Program {
  const syllables = ['ka', 'lo', 'mi', 'ter', 'san', 'ou', 'pre', 'vi', 'den', 'gra', 'po', 'lit'];
  const word = (number: number) => {
    let text = '';
    for (let rest = number + 1; rest > 0; rest = Math.floor(rest / 12))
      text += syllables[rest % 12] ?? '';
    return text;
  };
  let seed = 1;
  const random = () => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647;
  const text = (length: number) =>
    Array.from({ length }, () => word(Math.floor(20_000 * random() ** 4))).join(' ');
  const people = Array.from({ length: sessions * 2 }, (_, number) => {
    return `${word(number % 900)} ${word(Math.floor(random() * 15_000))}`;
  });
  const name = () => people[Math.floor(random() * people.length)] ?? '';
  const units = Array.from({ length: 60 }, (_, number) => `${text(2)} ${String(number)}`);
  const program = buildProgram(
    Array.from({ length: sessions }, (_, number) => ({
      title: text(7),
      abstract: text(80),
      start: new Date(Date.UTC(2030, 4, 1, 7 + Math.floor(number / 80))).toISOString(),
      room: `Room ${String(number % 80)}`,
      unit: units[number % units.length] ?? '',
      type: ['Panel', 'Lecture', 'Poster', 'Workshop'][number % 4] ?? 'Panel',
      people: [name(), name()],
      presentations: Array.from({ length: presentations }, () => ({
        title: text(9),
        people: [name(), name()],
      })),
    })),
  );
  return {
    ...program,
    sessions: program.sessions.map((session) => ({
      ...session,
      presentations: session.presentations.map((one) => ({ ...one, abstract: text(100) })),
    })),
  };
}

function collector(): () => void {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as () => void;
}
