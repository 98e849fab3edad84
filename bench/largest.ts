import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { callboardJsonOf, presentationsCsvOf, workbookOf } from './inputs.js';
import { median, times, type Row } from './row.js';

interface Reading {
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly megabytes: number;
}

const [whole, tenth] = [10_000, 1_000];
const runs = 3;
const howCold =
  'Cold readings: a process of its own each, compiler included in the memory and not in the time; the ratio is that of the seconds of the processor. Where a program is read again, the memory is that of both readings and both versions.';

/**
 * Reading a program of the greatest size in each way that there is, each time cold, in a process that does nothing else, beside a tenth of it; and again where
 * every id is new, and where every title is another besides, so that all is found again by scores, beside the first reading.
 */
export async function largest(): Promise<readonly Row[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'callboard-bench-'));
  const put = (name: string, content: string | Uint8Array) => {
    const file = path.join(folder, name);
    writeFileSync(file, content);
    return file;
  };
  const sizes = (name: string, make: (count: number) => string | Uint8Array) =>
    [put(`whole.${name}`, make(whole)), put(`tenth.${name}`, make(tenth))] as const;
  try {
    const [json, smallJson] = sizes('json', callboardJsonOf);
    const [csv, smallCsv] = sizes('csv', presentationsCsvOf);
    const xlsx = put('whole.xlsx', await workbookOf(whole));
    const smallXlsx = put('tenth.xlsx', await workbookOf(tenth));
    const fresh = put('fresh.json', callboardJsonOf(whole, 'new-'));
    const retitled = put('retitled.json', callboardJsonOf(whole, 'new-', ' revised'));
    const first = readings(json);
    return [
      grown('our own JSON', first, readings(smallJson)),
      grown('CSV, a row per presentation', readings(csv), readings(smallCsv)),
      grown('XLSX, a row per presentation', readings(xlsx), readings(smallXlsx), howCold),
      anew('every id is new', readings(fresh, json), first),
      anew('every id and every title is new', readings(retitled, json), first),
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function grown(format: string, reading: Reading, small: Reading, note?: string): Row {
  return {
    what: `read 10,000 sessions with 30,000 presentations, cold (${format})`,
    figure: said(reading),
    beside: `a tenth of it: ${said(small)}`,
    ratio: times(reading.cpuSeconds, small.cpuSeconds),
    goal: '≤ 3 s; ≤ 500 MB; ≤ 10 ×',
    ...(note === undefined ? {} : { note }),
  };
}

function anew(what: string, reading: Reading, first: Reading): Row {
  return {
    what: `read the same again where ${what} (our own JSON)`,
    figure: said(reading),
    beside: `the first reading: ${said(first)}`,
    ratio: times(reading.cpuSeconds, first.cpuSeconds),
    goal: '—',
  };
}

function said({ seconds, cpuSeconds, megabytes }: Reading): string {
  return `${seconds.toFixed(2)} s (${cpuSeconds.toFixed(2)} s of the processor), ${String(megabytes)} MB`;
}

/** The middle of several readings of a file, each in a process of its own. */
function readings(file: string, before?: string): Reading {
  const program = fileURLToPath(new URL('./large-import.ts', import.meta.url));
  const args = ['--import', 'tsx', program, file, ...(before === undefined ? [] : [before])];
  const all = Array.from(
    { length: runs },
    () => JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' })) as Reading,
  );
  const middle = (of: (reading: Reading) => number) => median(all.map(of));
  return {
    seconds: middle(({ seconds }) => seconds),
    cpuSeconds: middle(({ cpuSeconds }) => cpuSeconds),
    megabytes: middle(({ megabytes }) => megabytes),
  };
}
