import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Why there is no nginx to test with; undefined when there is one. */
export function missingNginx(): string | undefined {
  return spawnSync('nginx', ['-v']).status === 0
    ? undefined
    : 'no nginx: install one (apt-get install nginx-light)';
}

/** A private nginx on one port of this machine, with these locations in its only server block. */
export async function startNginx(
  port: number,
  locations: string,
): Promise<{ readonly stop: () => Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'callboard-nginx-'));
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
${locations}
}
}
`,
  );
  // It lives as long as our end of its input: a test process that is killed leaves no server behind.
  const untilInputEnds = '"$@" & cat > /dev/null; kill -QUIT $!; wait $!';
  const nginx = spawn('sh', ['-c', untilInputEnds, 'sh', 'nginx', '-p', folder, '-c', file], {
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  const ended = new Promise<void>((resolve) => nginx.once('exit', () => resolve()));
  for (let attempt = 0; ; attempt += 1) {
    const answer = await fetch(`http://127.0.0.1:${String(port)}/`).catch(() => undefined);
    if (answer) break;
    if (attempt === 100) throw new Error('nginx does not answer');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return {
    stop: async () => {
      nginx.stdin.end();
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
