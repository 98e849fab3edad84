import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import pc from 'picocolors';
import { afterAll } from 'vitest';
import { callboard } from '../../src/cli/callboard.js';
import type { Questions } from '../../src/cli/connect/questions.js';
import type { Terminal } from '../../src/cli/terminal.js';
import type { StandardInput } from '../../src/cli/world.js';

/** What a command left behind. */
export interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** A command under way. */
export interface Begun {
  readonly ended: Promise<Ended>;
  out(): string;
  end(): void;
}

/** A place to run commands in, with a config and a program. */
export interface Place {
  readonly folder: string;
  readonly data: string;
  /** Runs one command in this process, as if typed in the folder. */
  run(...args: string[]): Promise<Ended>;
  /** Runs one with this piped into it. */
  pipe(input: StandardInput, ...args: string[]): Promise<Ended>;
  /** Begins one that goes on until it is asked to end. */
  start(...args: string[]): Begun;
  /** Begins one that goes on, and whose output a person sees live. */
  watch(...args: string[]): Begun;
  /** Begins one on a terminal, at which these questions are answered. */
  talk(questions: Questions, ...args: string[]): Begun;
  write(name: string, text: string | Uint8Array): string;
}

/** A fresh folder that holds `callboard.yaml` and `program.json`; it is removed when the test file ends. */
export function place(env: Readonly<Record<string, string>> = {}, config = meeting): Place {
  const folder = mkdtempSync(join(tmpdir(), 'callboard-cli-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const write = (name: string, text: string | Uint8Array) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  write('callboard.yaml', config);
  write('program.json', programOf(sessions));
  const begin = (
    args: readonly string[],
    stdin: StandardInput = Readable.from([]),
    { questions, isTty = false }: { readonly questions?: Questions; readonly isTty?: boolean } = {},
  ): Begun => {
    const out: string[] = [];
    const err: string[] = [];
    const asked = new AbortController();
    const terminal: Terminal = {
      colours: pc.createColors(false),
      isTty,
      canAsk: questions !== undefined,
      width: undefined,
      out: (line) => void out.push(line),
      err: (line) => void err.push(line),
    };
    const world = {
      terminal: () => terminal,
      env,
      ...(questions && { questions }),
      stdin,
      cwd: folder,
      askedToEnd: () => asked.signal,
    };
    const ended = callboard(args, world).then((code) => ({
      code,
      out: out.join('\n'),
      err: err.join('\n'),
    }));
    return { ended, out: () => out.join('\n'), end: () => asked.abort() };
  };
  return {
    folder,
    data: join(folder, 'data'),
    run: (...args) => begin(args).ended,
    pipe: (input, ...args) => begin(args, input).ended,
    start: (...args) => begin(args),
    watch: (...args) => begin(args, undefined, { isTty: true }),
    talk: (questions, ...args) => begin(args, undefined, { questions }),
    write,
  };
}

/** Pipes a text, in two pieces. */
export function piped(text: string): StandardInput {
  const bytes = new TextEncoder().encode(text);
  const middle = Math.floor(bytes.length / 2);
  return Readable.from([bytes.subarray(0, middle), bytes.subarray(middle)]);
}

/** Two accounts, so that numbers stay small. */
export const meeting = `conference:
  name: Tide Meeting
  zone: America/Chicago
  hashtags: [Tide]
program: program.json
accounts:
  - preview:bluesky
  - preview:x
leads: [P1D, PT15M]
`;

/** A session of the small program. */
export interface SmallSession {
  readonly id: string;
  readonly title: string;
  readonly start: string;
  readonly end: string;
}

/** Starts on a day far ahead: 14:00, 15:00 and 16:00 UTC, which is 9, 10 and 11 o’clock there. */
export const sessions: readonly SmallSession[] = ['Ebb', 'Flood', 'Slack water'].map(
  (title, at) => ({
    id: `s${String(at)}`,
    title,
    start: `2031-04-03T${String(14 + at)}:00:00Z`,
    end: `2031-04-03T${String(14 + at)}:45:00Z`,
  }),
);

/** A program in our own format. */
export function programOf(given: readonly SmallSession[]): string {
  return JSON.stringify({
    format: 'callboard-program',
    version: 1,
    title: 'The Tides of 2031',
    zone: 'America/Chicago',
    sessions: given,
  });
}

/** The one sentence that an error is told in: place, problem, remedy, no stack. */
export function sentenceOf({ err, out }: Ended): string {
  const lines = err.split('\n');
  if (lines.length !== 1 || out !== '') throw new Error(`not one sentence:\n${err}\n---\n${out}`);
  const [line = ''] = lines;
  if (!/^✗ .+: .+\. [A-Z].+\.$/.test(line) || /\bat .+:\d+:\d+/.test(line)) {
    throw new Error(`not place, problem and remedy: ${line}`);
  }
  return line.slice(2);
}
