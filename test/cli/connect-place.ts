import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, vi } from 'vitest';
import type { AccountState } from '../../src/operations/accounts.js';
import { place, type Begun, type Ended, type Place } from './command-line.js';
import { scriptedQuestions, type Answer } from './scripted-questions.js';

/** A small meeting with this under `accounts`. */
export function placeWith(accounts: string, env: Readonly<Record<string, string>> = {}): Place {
  return place(env, configWith(accounts));
}

/** Its config. */
export function configWith(accounts: string): string {
  return `conference: { name: Tide Meeting, zone: America/Chicago }
program: program.json
site: https://tide.example
accounts:
${accounts}
leads: [P1D, PT15M]
`;
}

/** One run of the dialogue. */
export interface Talk extends Begun {
  readonly asked: readonly string[];
  readonly refused: readonly string[];
}

/** Begins `callboard connect` and answers in this order; all of it must be asked for. */
export function talk(
  at: Place,
  args: readonly string[],
  script: readonly (readonly [string, Answer])[],
): Talk {
  const { questions, asked, refused, left } = scriptedQuestions(script);
  const begun = at.talk(questions, 'connect', ...args);
  const ended = begun.ended.then((end) => {
    expect(left, end.err).toEqual([]);
    return end;
  });
  return { ...begun, ended, asked, refused };
}

/** The address that the dialogue shows, once it does. */
export async function shownAddress({ out }: Pick<Begun, 'out'>): Promise<URL> {
  const line = await vi.waitFor(
    () => {
      const found = out()
        .split('\n')
        .find((each) => /^https?:\/\/\S+[?&]state=/.test(each));
      if (found === undefined) throw new Error(`no address is shown:\n${out()}`);
      return found;
    },
    { timeout: 10_000 },
  );
  return new URL(line);
}

/** The lines that the dialogue says belong in the config. */
export function configLinesOf({ out }: Ended): string {
  const lines = out.split('\n');
  const from = lines.findIndex((line) => line.startsWith('Write this under accounts in '));
  const until = lines.findIndex((line, at) => at > from + 1 && line === '');
  if (from < 0) throw new Error(`nothing is to be written:\n${out}`);
  return lines.slice(from + 2, until).join('\n');
}

/** What `callboard accounts` says of the one live account: its secrets are opened and tried at the network. */
export async function verified(at: Place): Promise<AccountState> {
  const { out, err } = await at.run('accounts', '--json');
  expect(err).toBe('');
  const { accounts } = JSON.parse(out) as { accounts: AccountState[] };
  const [account] = accounts;
  if (account === undefined || accounts.length > 1) throw new Error(out);
  return account;
}

/** Neither what was said nor what lies in the data folder holds any of these. */
export function expectUnseen(at: Place, secrets: readonly string[], ...ends: readonly Ended[]) {
  const said = ends.map(({ out, err }) => `${out}\n${err}`).join('\n');
  const kept = existsSync(at.data)
    ? readdirSync(at.data, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'))
    : [];
  for (const secret of secrets) {
    expect(secret.length).toBeGreaterThan(5);
    expect(said).not.toContain(secret);
    expect(kept.some((text) => text.includes(secret))).toBe(false);
  }
}

/** A broken connection leaves no trace: there is not even a data folder. */
export function expectNothingStored(at: Place): void {
  expect(existsSync(at.data)).toBe(false);
}

/** The one line on stderr. */
export function errorOf({ err, code }: Ended): string {
  expect(err.split('\n')).toHaveLength(1);
  expect(code).not.toBe(0);
  return err.replace(/^✗ /, '');
}

/** A port that is free just now. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
