import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
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

/** A server on a free port that is not started yet. Whoever asks for it removes it; it never outlives this process. */
export async function privateRedis(): Promise<RedisServer> {
  const program = binary();
  if (program === undefined) throw new Error(missingRedis());
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'callboard-redis-'));
  const url = `redis://127.0.0.1:${String(port)}`;
  const settings = ['--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', folder];
  // It lives as long as our end of its input: a test process that is killed leaves no server behind.
  const untilInputEnds = '"$@" > /dev/null & echo $!; cat > /dev/null; kill -KILL $!';
  let running: { readonly pid: number; end(): Promise<unknown> } | undefined;
  const signal = (name: NodeJS.Signals) => {
    if (running) process.kill(running.pid, name);
  };
  const kill = async () => {
    signal('SIGKILL');
    const killed = running;
    running = undefined;
    await killed?.end();
  };
  return {
    url,
    kill,
    async start() {
      const shell = spawn(
        'sh',
        ['-c', untilInputEnds, 'sh', program, '--port', String(port), ...settings],
        { stdio: ['pipe', 'pipe', 'ignore'] },
      );
      const [pid] = (await once(shell.stdout, 'data')) as [Buffer];
      running = {
        pid: Number(pid.toString()),
        end() {
          const ended = once(shell, 'exit');
          shell.stdin.end();
          return ended;
        },
      };
      await withClient(url, (client) => client.ping());
    },
    freeze: () => signal('SIGSTOP'),
    thaw: () => signal('SIGCONT'),
    async flush() {
      await withClient(url, (client) => client.flushall());
    },
    async remove() {
      await kill();
      rmSync(folder, { recursive: true, force: true });
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
