import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** The package of the reference PDS: not installed with the project, since it weighs 250 MB and compiles a native module. */
export const pdsPackage = join(import.meta.dirname, '..', '..', 'pds');

const stamp = join(pdsPackage, 'node_modules', '.callboard-installed');
const lock = join(pdsPackage, '.install-lock');
/** A lock whose owner cannot be told for so long was left behind. */
const mostLockMs = 60_000;

/**
 * Installs the PDS when it is not there in the version of its lockfile, once however many test workers ask for it at the same time.
 *
 * @returns why it is not there, as a clause; undefined when it is
 */
export async function installPds(): Promise<string | undefined> {
  const digest = lockfileDigest();
  const installed = () => existsSync(stamp) && readFileSync(stamp, 'utf8') === digest;
  if (installed()) return undefined;
  const release = await takeLock(installed);
  if (!release) return undefined;
  try {
    const said = await npmCi();
    if (said !== undefined) return `npm ci in test/pds failed: ${said}`;
    writeFileSync(stamp, digest);
    return undefined;
  } finally {
    release();
  }
}

/** A native module fits one version of Node's interface only, hence it is part of the digest. */
function lockfileDigest(): string {
  const lockfile = readFileSync(join(pdsPackage, 'package-lock.json'));
  return createHash('sha256').update(lockfile).update(process.versions.modules).digest('hex');
}

/** The right to install, as the function that gives it back; undefined when another has installed meanwhile. */
async function takeLock(installed: () => boolean): Promise<(() => void) | undefined> {
  for (let waited = 0; ;) {
    if (installed()) return undefined;
    try {
      mkdirSync(lock);
      writeFileSync(join(lock, 'pid'), String(process.pid));
      return () => rmSync(lock, { recursive: true, force: true });
    } catch (thrown) {
      if ((thrown as NodeJS.ErrnoException).code !== 'EEXIST') throw thrown;
    }
    const owner = ownerOfLock();
    if (owner === 'gone' || (owner === 'unknown' && waited >= mostLockMs)) {
      rmSync(lock, { recursive: true, force: true });
    }
    await pause(250);
    waited = owner === 'unknown' ? waited + 250 : 0;
  }
}

function ownerOfLock(): 'alive' | 'gone' | 'unknown' {
  let pid: number;
  try {
    pid = Number(readFileSync(join(lock, 'pid'), 'utf8'));
  } catch {
    return 'unknown';
  }
  if (!Number.isInteger(pid) || pid <= 0) return 'unknown';
  try {
    process.kill(pid, 0);
    return 'alive';
  } catch (thrown) {
    return (thrown as NodeJS.ErrnoException).code === 'EPERM' ? 'alive' : 'gone';
  }
}

/** What npm said in its last lines when it failed. */
function npmCi(): Promise<string | undefined> {
  return new Promise((resolve) => {
    const npm = spawn('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
      cwd: pdsPackage,
      env: environment(),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const lines: string[] = [];
    const listen = (bytes: Buffer) => void lines.push(...bytes.toString().split('\n'));
    npm.stdout.on('data', listen);
    npm.stderr.on('data', listen);
    npm.once('error', (error) => resolve(error.message));
    npm.once('close', (code) => {
      const said = lines.filter((line) => line.trim() !== '').slice(0, 4);
      resolve(code === 0 ? undefined : said.join(' ').slice(0, 400));
    });
  });
}

/**
 * Under `npm test` the environment names the outer package; with it npm would install there. Where Node came with its headers they are used, so that compiling
 * needs nothing from elsewhere.
 */
function environment(): NodeJS.ProcessEnv {
  const prefix = dirname(dirname(process.execPath));
  const headers = existsSync(join(prefix, 'include', 'node', 'node.h'));
  const inherited = Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^(npm_(package|lifecycle|config_(local_)?prefix)|INIT_CWD)/.test(name),
    ),
  );
  return { ...inherited, ...(headers && { npm_config_nodedir: prefix }) };
}
