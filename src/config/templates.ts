import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join, relative, sep } from 'node:path';
import type { TemplateSources } from '../compose/templates.js';
import { CallboardError, reasonOf } from '../errors.js';
import type { Config } from './config.js';
import { packageRoot } from './package-root.js';

const ending = '.liquid';
const mostBytes = 100_000;

/** The folders that templates come from: the shipped ones, then the organizer's own, which win. */
export function templateFolders(config: Pick<Config, 'templatesFolder'>): readonly string[] {
  const shipped = join(packageRoot, 'templates');
  return config.templatesFolder === undefined ? [shipped] : [shipped, config.templatesFolder];
}

/**
 * Reads all templates of some folders, those in folders within them too; of two with one name, the later folder's is taken.
 *
 * @returns sources by name: the path within the folder, with `/` and without its ending, such as `bluesky/P1D`; `files` has the file of each, from
 * its folder's own name on: `tpl/bluesky/P1D.liquid`
 * @throws {CallboardError} `templates-unreadable` when a folder or a file in it cannot be read, or a file is over 100 kB
 */
export function readTemplates(folders: readonly string[]): TemplateSources {
  const templates = new Map<string, string>();
  const files = new Map<string, string>();
  for (const folder of folders) {
    for (const path of liquidFiles(folder)) {
      const name = relative(folder, path).split(sep).join('/').slice(0, -ending.length);
      templates.set(name, source(path));
      files.set(name, `${basename(folder)}/${name}${ending}`);
    }
  }
  return Object.assign(templates, { files });
}

function liquidFiles(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith(ending))
      .sort()
      .map((name) => join(folder, name))
      .filter((path) => statSync(path).isFile());
  } catch (error) {
    throw unreadable(folder, reasonOf(error), error);
  }
}

function source(path: string): string {
  try {
    if (statSync(path).size > mostBytes) throw new Error('it is larger than 100 kB');
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path));
  } catch (error) {
    throw unreadable(path, reasonOf(error), error);
  }
}

function unreadable(place: string, problem: string, cause: unknown): CallboardError {
  const remedy = 'Name a folder of readable .liquid files as templatesFolder, or leave it out';
  return new CallboardError('templates-unreadable', { place, problem, remedy }, 'usage', { cause });
}
