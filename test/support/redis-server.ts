import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';

/** A private Redis server that keeps nothing: what it had is gone when it is killed. */
export interface RedisServer {
  readonly url: string;
  /** Starts it (again), on the same port. */
  start(): Promise<void>;
  /** Ends it without a word to anybody. */
  kill(): Promise<void>;
  /** Takes its answers away, or gives them back, while its connections stay open. */
  freeze(): void;
  thaw(): void;
  /** Forgets everything. */
  flush(): Promise<void>;
  /** Ends it and takes its folder away. */
  remove(): Promise<void>;
}

const names = ['redis-server', 'valkey-server'];

function binary(): string | undefined {
  return names.find((name) => spawnSync(name, ['--version']).status === 0);
}

/** Why there is no Redis to test on; undefined when there is one. */
export function missingRedis(): string | undefined {
  return binary() === undefined
    ? 'no Redis server: install one (apt-get install redis-server)'
    : undefined;
}

/** A server on a free port that is not started yet; it ends with the test file. */
export async function redisForTests(): Promise<RedisServer> {
  // Benches use the server, too, and run without Vitest.
  const { afterAll } = await import('vitest');
  const server = await privateRedis();
  afterAll(() => server.remove());
  return server;
}

/** A server on a free port that is not started yet; whoever asks for it removes it. */
export async function privateRedis(): Promise<RedisServer> {
  const program = binary();
  if (program === undefined) throw new Error(missingRedis());
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'callboard-redis-'));
  const url = `redis://127.0.0.1:${String(port)}`;
  const settings = ['--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', folder];
  let running: ChildProcess | undefined;
  const kill = async () => {
    const child = running;
    running = undefined;
    if (child?.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await ended;
  };
  return {
    url,
    kill,
    async remove() {
      await kill();
      rmSync(folder, { recursive: true, force: true });
    },
    async start() {
      running = spawn(program, ['--port', String(port), ...settings], { stdio: 'ignore' });
      await withClient(url, (client) => client.ping());
    },
    freeze: () => void running?.kill('SIGSTOP'),
    thaw: () => void running?.kill('SIGCONT'),
    flush: async () => {
      await withClient(url, (client) => client.flushall());
    },
  };
}

async function withClient<T>(url: string, work: (client: Redis) => Promise<T>): Promise<T> {
  const client = new Redis(url, { retryStrategy: () => 50, maxRetriesPerRequest: 200 });
  client.on('error', () => undefined);
  try {
    return await work(client);
  } finally {
    client.disconnect();
  }
}

/** A port that nothing listens on. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
