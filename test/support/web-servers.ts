import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A web server that may stand in front of ours. */
export interface FrontServer {
  readonly name: string;
  /** Why there is none to test with; undefined when there is one. */
  missing(): string | undefined;
  /** A private one on a port of this machine. `rules` stand in its only site, in its own language. */
  start(port: number, rules: string): Promise<{ readonly stop: () => Promise<void> }>;
}

/** nginx, with plain HTTP. */
export const nginx: FrontServer = {
  name: 'nginx',
  missing: () => missing('nginx', ['-v'], 'nginx-light'),
  start(port, rules) {
    return started(port, (folder) => {
      const file = join(folder, 'nginx.conf');
      const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
        .map((name) => `${name}_temp_path ${join(folder, name)};`)
        .join('\n');
      writeFileSync(
        file,
        `daemon off;
pid ${join(folder, 'pid')};
error_log stderr crit;
events {}
http {
access_log off;
${temporary}
server {
listen 127.0.0.1:${String(port)};
${rules}
}
}
`,
      );
      return ['nginx', '-p', folder, '-c', file];
    });
  },
};

/** Caddy, with plain HTTP, and nothing of its own outside the folder. */
export const caddy: FrontServer = {
  name: 'Caddy',
  missing: () => missing('caddy', ['version'], 'caddy'),
  start(port, rules) {
    return started(port, (folder) => {
      const file = join(folder, 'Caddyfile');
      writeFileSync(
        file,
        `{
admin off
auto_https off
storage file_system ${folder}
}
http://localhost:${String(port)} {
bind 127.0.0.1
${rules}
}
`,
      );
      return ['caddy', 'run', '--config', file, '--adapter', 'caddyfile'];
    });
  },
};

function missing(command: string, argument: readonly string[], pack: string): string | undefined {
  return spawnSync(command, argument).status === 0
    ? undefined
    : `no ${command}: install one (apt-get install ${pack})`;
}

async function started(
  port: number,
  commandIn: (folder: string) => readonly string[],
): Promise<{ readonly stop: () => Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'callboard-front-'));
  const [command = '', ...rest] = commandIn(folder);
  // It lives as long as our end of its input: a test process that is killed leaves no server behind.
  const untilInputEnds = '"$@" & cat > /dev/null; kill -QUIT $!; wait $!';
  const server = spawn('sh', ['-c', untilInputEnds, 'sh', command, ...rest], {
    stdio: ['pipe', 'ignore', 'ignore'],
    env: { ...process.env, HOME: folder },
  });
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  for (let attempt = 0; ; attempt += 1) {
    const answer = await fetch(`http://localhost:${String(port)}/`).catch(() => undefined);
    if (answer) break;
    if (attempt === 200) throw new Error(`${command} does not answer`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return {
    stop: async () => {
      server.stdin.end();
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
