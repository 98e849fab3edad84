import { readFileSync } from 'node:fs';
import path from 'node:path';
import { readProgram } from '../src/program/import.js';
import { realPrograms } from '../test/support/real-programs.js';
import { ms, timed, times, type Row } from './row.js';

/** Reading a real program beside the bare parser of its format. */
export function reading(): readonly Row[] {
  if (realPrograms === undefined) return [];
  const name = '39c3.frab.json';
  const bytes = readFileSync(path.join(realPrograms, name));
  const text = bytes.toString('utf8');
  const whole = timed(9, () => readProgram([{ name, bytes }], { address: name, edition: 'bench' }));
  const parse = timed(9, () => JSON.parse(text) as unknown);
  const decode = timed(9, () => JSON.parse(new TextDecoder().decode(bytes)) as unknown);
  return [
    {
      what: `read ${name} (895 sessions, 2.6 MB): model, keys, plain text, report`,
      figure: ms(whole),
      beside: `JSON.parse of the ready text: ${ms(parse)}`,
      ratio: times(whole, parse),
      goal: '—',
      note: `Decoding the bytes and parsing takes ${ms(decode)} (${times(whole, decode)}).`,
    },
  ];
}
