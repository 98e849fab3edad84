import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig, type Config, type ConfigSources } from '../../src/config/config.js';
import { ConfigError } from '../../src/config/faults.js';

/** A folder with a config file of this text. */
export function folderWith(text: string | Uint8Array, name = 'callboard.yaml'): string {
  const folder = mkdtempSync(join(tmpdir(), 'callboard-config-'));
  writeFileSync(join(folder, name), text);
  return folder;
}

/** Loads this text as the config, in an empty environment. */
export function load(text: string | Uint8Array, more: ConfigSources = {}): Config {
  return loadConfig({ cwd: folderWith(text), env: {}, ...more });
}

/** The error of loading it; fails when there is none. */
export function errorOf(action: () => unknown): ConfigError {
  try {
    action();
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error('it was accepted');
}

/** Seven lines that are enough. */
export const minimal = `conference:
  name: Meeting 2026
  zone: America/Chicago
program: https://example.org/program.json
site: https://program.example.org
accounts:
  - preview:bluesky
`;
