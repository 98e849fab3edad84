import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe } from 'vitest';
import { z } from 'zod';
import { installPds, pdsPackage } from './pds-package.js';

/** A throw-away Bluesky: the reference PDS with its own PLC directory, without an AppView. */
export interface Pds {
  /** `http://localhost:40123` */
  readonly origin: string;
  /** Makes an account `NAME.test` with an app password. */
  createAccount(name: string): Promise<PdsAccount>;
  stop(): Promise<void>;
}

/** An account on the PDS. */
export interface PdsAccount {
  readonly did: string;
  readonly handle: string;
  /** The main password. */
  readonly password: string;
  /** What a person would give to Callboard. */
  readonly appPassword: string;
}

const started = z.object({ origin: z.url() });
const madeAccount = z.object({ did: z.string(), handle: z.string(), accessJwt: z.string() });
const madePassword = z.object({ password: z.string() });

/** Starts a PDS in a process of its own, which ends with ours. `installPds` comes first. */
export async function startPds(options: { readonly rateLimits?: boolean } = {}): Promise<Pds> {
  const child = spawn(
    process.execPath,
    ['start.mjs', ...(options.rateLimits ? ['--rate-limits'] : [])],
    { cwd: pdsPackage, stdio: ['pipe', 'pipe', 'inherit'] },
  );
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const line = await Promise.race([
    new Promise<string>((resolve) => createInterface(child.stdout).once('line', resolve)),
    ended.then(() => undefined),
  ]);
  if (line === undefined) throw new Error('the PDS ended before it had started');
  const { origin } = started.parse(JSON.parse(line));
  return {
    origin,
    createAccount: (name) => createAccount(origin, name),
    async stop() {
      child.stdin.end();
      await ended;
    },
  };
}

async function createAccount(origin: string, name: string): Promise<PdsAccount> {
  const handle = `${name}.test`;
  const password = `main-${name}-password`;
  const account = madeAccount.parse(
    await post(origin, 'com.atproto.server.createAccount', {
      handle,
      email: `${name}@mail.test`,
      password,
    }),
  );
  const { password: appPassword } = madePassword.parse(
    await post(
      origin,
      'com.atproto.server.createAppPassword',
      { name: 'callboard' },
      account.accessJwt,
    ),
  );
  return { did: account.did, handle: account.handle, password, appPassword };
}

async function post(origin: string, method: string, body: unknown, token?: string) {
  const response = await fetch(`${origin}/xrpc/${method}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${method}: ${await response.text()}`);
  return response.json();
}

/**
 * Runs tests over a PDS of their own, which is installed when it is first needed. Where it cannot be, they are skipped and say so; in CI that is a
 * failure. To be awaited at the top of a test file.
 */
export async function describeOnPds(
  title: string,
  tests: (pds: () => Pds) => void,
  options: { readonly rateLimits?: boolean } = {},
): Promise<void> {
  const missing = await installPds();
  if (missing !== undefined && process.env.CI) throw new Error(missing);
  const note = missing === undefined ? '' : ` (skipped, there is no PDS: ${missing})`;
  describe.skipIf(missing !== undefined)(title + note, () => {
    let pds: Pds | undefined;
    beforeAll(async () => {
      pds = await startPds(options);
    });
    afterAll(async () => pds?.stop());
    tests(() => {
      if (!pds) throw new Error('the PDS has not started yet');
      return pds;
    });
  });
}
