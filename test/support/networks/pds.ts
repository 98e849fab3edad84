import { spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
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
  /** The posts that stand in an account's repository, by the server's own word, oldest key first. */
  posts(did: string): Promise<readonly PdsPost[]>;
  /** The bytes of a blob that stands there; undefined when none does. */
  blob(did: string, cid: string): Promise<Uint8Array | undefined>;
  /** The same token as if it had been given long ago: its server finds that it has expired. */
  expired(token: string): string;
  /** Calls a method as a person's own client would. */
  call(method: string, body: unknown, token?: string): Promise<unknown>;
  stop(): Promise<void>;
}

/** A post as the PDS keeps it. */
export interface PdsPost {
  readonly uri: string;
  readonly cid: string;
  readonly value: Readonly<Record<string, unknown>> & { readonly text: string };
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

const started = z.object({ origin: z.url(), jwtSecret: z.string() });
const listed = z.object({
  records: z.array(
    z.object({ uri: z.string(), cid: z.string(), value: z.looseObject({ text: z.string() }) }),
  ),
  cursor: z.string().optional(),
});
const claims = z.looseObject({ iat: z.number(), exp: z.number() });
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
  const { origin, jwtSecret } = started.parse(JSON.parse(line));
  return {
    origin,
    createAccount: (name) => createAccount(origin, name),
    posts: (did) => postsOf(origin, did),
    async blob(did, cid) {
      const query = new URLSearchParams({ did, cid }).toString();
      const response = await fetch(`${origin}/xrpc/com.atproto.sync.getBlob?${query}`);
      return response.ok ? new Uint8Array(await response.arrayBuffer()) : undefined;
    },
    expired: (token) => expired(token, jwtSecret),
    call: (method, body, token) => post(origin, method, body, token),
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

async function postsOf(origin: string, did: string): Promise<readonly PdsPost[]> {
  const posts: PdsPost[] = [];
  for (let cursor: string | undefined = ''; cursor !== undefined;) {
    const query = new URLSearchParams({ repo: did, collection: 'app.bsky.feed.post', cursor });
    query.set('limit', '100');
    query.set('reverse', 'true');
    const response = await fetch(`${origin}/xrpc/com.atproto.repo.listRecords?${query.toString()}`);
    const page = listed.parse(await response.json());
    posts.push(...page.records);
    cursor = page.records.length === 0 ? undefined : page.cursor;
  }
  return posts;
}

function expired(token: string, secret: string): string {
  const [header = '', payload = ''] = token.split('.');
  const now = claims.parse(JSON.parse(Buffer.from(payload, 'base64url').toString()));
  const day = 24 * 3_600;
  const then = { ...now, iat: now.iat - day, exp: now.exp - day };
  const signed = `${header}.${Buffer.from(JSON.stringify(then)).toString('base64url')}`;
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
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
  const text = await response.text();
  return text === '' ? undefined : (JSON.parse(text) as unknown);
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
