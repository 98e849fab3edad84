// Without a Docker engine: checks that what the Dockerfile copies exists, that compose.yaml names commands that exist, and runs the build steps
// of the first stage in an empty folder that holds only what the Dockerfile copies.
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse } from 'yaml';

const dockerfile = readFileSync('Dockerfile', 'utf8').replace(/\\\n\s*/g, ' ');
const stages = dockerfile.split(/^FROM /m).slice(1);
const problems = [];
if (stages.length < 2) problems.push('Dockerfile: it is not multi-stage');
const last = stages.at(-1);
if (!/^USER node$/m.test(last)) problems.push('Dockerfile: it runs as root');
if (!/^HEALTHCHECK /m.test(last)) problems.push('Dockerfile: it has no health check');

const copies = [...dockerfile.matchAll(/^COPY (?!--from)(.+)$/gm)].map(([, line]) =>
  line.split(/\s+/),
);
for (const sources of copies.map((words) => words.slice(0, -1)).flat()) {
  if (!existsSync(sources)) problems.push(`Dockerfile: it copies ${sources}, which does not exist`);
}

const compose = parse(readFileSync('compose.yaml', 'utf8'), { merge: true });
for (const name of ['web', 'worker', 'redis', 'postgres']) {
  if (!compose.services?.[name]) problems.push(`compose.yaml: the service ${name} is missing`);
}

const folder = mkdtempSync(path.join(tmpdir(), 'callboard-docker-'));
try {
  for (const words of copies) {
    const target = words.at(-1);
    for (const source of words.slice(0, -1)) {
      if (!existsSync(source)) continue;
      const to = target.endsWith('/')
        ? path.join(folder, target, path.basename(source))
        : path.join(folder, target);
      cpSync(source, to, { recursive: true });
    }
  }
  for (const [, command] of stages[0].matchAll(/^RUN (.+)$/gm)) {
    execFileSync('sh', ['-c', command], { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
  }
  const [, entry] = /^ENTRYPOINT (.+)$/m.exec(last) ?? [];
  const [node, ...args] = JSON.parse(entry);
  for (const { command } of [compose.services.web, compose.services.worker]) {
    execFileSync(node, [...args, ...command, '--help'], { cwd: folder, stdio: 'ignore' });
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
if (problems.length > 0) {
  console.error(problems.join('\n'));
  process.exit(1);
}
console.log(
  'the steps of the Dockerfile run, what it copies exists, the commands of compose.yaml exist',
);
