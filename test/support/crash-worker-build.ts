import { mkdtempSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * Bundles the worker of the crash tests into one file, which starts in a third of the time that loading its sources takes. Stands inside
 * the project, where templates and packages are found.
 */
export async function buildCrashWorker(): Promise<{ readonly file: string; remove(): void }> {
  const artifacts = join(root, 'test-artifacts');
  mkdirSync(artifacts, { recursive: true });
  const folder = mkdtempSync(join(artifacts, 'crash-worker-'));
  const file = join(folder, 'crash-worker.mjs');
  await build({
    entryPoints: [join(root, 'test', 'support', 'crash-worker.ts')],
    outfile: file,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    // What loads files of its own from its package.
    external: ['@electric-sql/pglite', '@takumi-rs/core', 'pg-native'],
    // Packages in the old format expect these.
    banner: {
      js: `import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);
const __filename = (await import('node:url')).fileURLToPath(import.meta.url);
const __dirname = (await import('node:path')).dirname(__filename);`,
    },
    logLevel: 'error',
  });
  return { file, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
