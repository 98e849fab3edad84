import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';

/** A throw-away Postgres server, with a fresh database for everyone who asks. */
export interface PostgresServer {
  /** Address of a new, empty database. */
  freshDatabase(): Promise<string>;
  stop(): Promise<void>;
}

const debianBinaries = '/usr/lib/postgresql';

/** Where Postgres' programs are; undefined when none is installed. */
function binaries(): string | undefined {
  if (!existsSync(debianBinaries)) return undefined;
  const newest = readdirSync(debianBinaries).sort((a, b) => Number(b) - Number(a))[0];
  const folder = newest === undefined ? undefined : join(debianBinaries, newest, 'bin');
  return folder !== undefined && existsSync(join(folder, 'initdb')) ? folder : undefined;
}

/** Why there is no server to test on; undefined when there is one. */
export function missingPostgres(): string | undefined {
  if (process.env.CALLBOARD_TEST_DATABASE_URL || binaries() !== undefined) return undefined;
  return 'no Postgres server: install one (apt-get install postgresql) or give CALLBOARD_TEST_DATABASE_URL';
}

/** Uses the server of CALLBOARD_TEST_DATABASE_URL, or starts one of Debian's in a temporary folder. */
export async function startPostgres(): Promise<PostgresServer> {
  const url = process.env.CALLBOARD_TEST_DATABASE_URL;
  if (url) return serverAt(url, () => Promise.resolve());
  const bin = binaries();
  if (bin === undefined) throw new Error(missingPostgres());
  const folder = mkdtempSync(join(tmpdir(), 'callboard-postgres-'));
  const data = join(folder, 'data');
  // Postgres refuses to run as root: Debian's package made a user for it.
  const asRoot = userInfo().uid === 0;
  if (asRoot) {
    chmodSync(folder, 0o711);
    execFileSync('chown', ['postgres', folder]);
  }
  const as = (program: string, args: readonly string[]): [string, string[]] =>
    asRoot ? ['runuser', ['-u', 'postgres', '--', program, ...args]] : [program, [...args]];
  const initialize = ['-D', data, '-U', 'callboard', '-A', 'trust', '-N', '-E', 'UTF8'];
  execFileSync(...as(join(bin, 'initdb'), initialize), { stdio: 'ignore', cwd: '/' });
  const port = await freePort();
  const command = [join(bin, 'postgres'), '-D', data, '-F', '-k', folder, '-h', '127.0.0.1'];
  const settings = ['-p', String(port), '-c', 'max_connections=60'];
  // It lives as long as our end of its input: a test process that is killed leaves no server behind.
  const untilInputEnds = '"$@" & cat > /dev/null; kill -QUIT $!; wait $!';
  const server = spawn(...as('sh', ['-c', untilInputEnds, 'sh', ...command, ...settings]), {
    stdio: ['pipe', 'ignore', 'ignore'],
    cwd: '/',
  });
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  const stop = async () => {
    server.stdin.end();
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  const address = `postgres://callboard@127.0.0.1:${String(port)}/postgres`;
  await untilItAnswers(address);
  return serverAt(address, stop);
}

function serverAt(url: string, stop: () => Promise<void>): PostgresServer {
  let count = 0;
  return {
    stop,
    freshDatabase: async () => {
      const name = `callboard_test_${String(process.pid)}_${String(++count)}_${Date.now().toString(36)}`;
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      await client.query(`CREATE DATABASE ${name}`);
      await client.end();
      const fresh = new URL(url);
      fresh.pathname = `/${name}`;
      return fresh.href;
    },
  };
}

async function untilItAnswers(url: string): Promise<void> {
  for (let attempt = 0; ; attempt += 1) {
    const client = new pg.Client({ connectionString: url });
    try {
      await client.connect();
      await client.end();
      return;
    } catch (thrown) {
      if (attempt === 100) throw thrown;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
