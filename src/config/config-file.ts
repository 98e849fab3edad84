import { readFileSync, statSync } from 'node:fs';
import { reasonOf } from '../errors.js';
import { contradictions } from './consistency.js';
import { readDocument } from './document.js';
import type { Fault } from './faults.js';
import type { ConfigFile } from './schema.js';
import { judge, settingName } from './verdict.js';

const mostBytes = 1_000_000;

/** What a config file holds, or all that is wrong with it. */
export type ConfigReading =
  | { readonly file: ConfigFile; readonly faults: readonly [] }
  | { readonly file?: undefined; readonly faults: readonly Fault[] };

/** Reads and judges a config file. `name` is what faults call it. */
export function readConfigFile(path: string, name: string): ConfigReading {
  const whole = (problem: string, hint: string): ConfigReading => ({
    faults: [{ source: name, setting: '', problem, hint }],
  });
  let text: string;
  try {
    if (statSync(path).size > mostBytes) {
      return whole('it is larger than 1 MB', 'Name the config file, not the program');
    }
    text = new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path));
  } catch (error) {
    return whole(...unreadable(error));
  }
  return judgeConfig(text, name);
}

/** Judges the text of a config file. */
function judgeConfig(text: string, name: string): ConfigReading {
  const document = readDocument(text);
  const fault = (line: number, rest: Omit<Fault, 'source' | 'line'>) => ({
    source: name,
    line,
    ...rest,
  });
  if (document.faults.length > 0) {
    const hint = 'Check indentation, quotes and colons there';
    return {
      faults: document.faults.map(({ line, problem }) =>
        fault(line, { setting: '', problem, hint }),
      ),
    };
  }
  if (document.data === null || document.data === undefined) {
    const hint = 'Write a starter with `callboard init`';
    return { faults: [fault(1, { setting: '', problem: 'the file is empty', hint })] };
  }
  const verdict = judge(document.data);
  const found = [...(verdict.ok ? [] : verdict.faults), ...contradictions(document.data)];
  if (verdict.ok && found.length === 0) return { file: verdict.file, faults: [] };
  return {
    faults: found
      .map(({ path, ...rest }) =>
        fault(document.lineOf(path), { setting: settingName(path), ...rest }),
      )
      .sort((one, other) => one.line - other.line),
  };
}

function unreadable(error: unknown): [problem: string, hint: string] {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  switch (code) {
    case 'ENOENT':
      return [
        'there is no such file',
        'Write one with `callboard init`, or name another with --config',
      ];
    case 'EISDIR':
      return ['it is a folder', 'Name the config file in it'];
    case 'EACCES':
      return ['it may not be read', 'Give this user the right to read it'];
    case 'ERR_ENCODING_INVALID_ENCODED_DATA':
      return ['it is not written in UTF-8', 'Save it as UTF-8'];
    default:
      return [reasonOf(error), 'Check that it can be read'];
  }
}
