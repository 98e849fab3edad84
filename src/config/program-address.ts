import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Whether the program is to be fetched over the web; else it is a file. */
export function isWebAddress(address: string): boolean {
  return /^https?:\/\//i.test(address);
}

/** What is wrong with a program's address; undefined when nothing is. */
export function addressProblem(address: string): string | undefined {
  if (address.trim() === '-')
    return 'standard input is there once, so it is read only where --program - asks for it';
  const scheme = /^([a-z][a-z0-9+.-]+):\/\//i.exec(address)?.[1]?.toLowerCase();
  if (scheme === undefined) return undefined;
  if (!['http', 'https', 'file'].includes(scheme)) return `${scheme}:// is not read`;
  return URL.canParse(address) ? undefined : 'it is no web address';
}

/**
 * A program's address, whole: a web address normalized, a file with its full path.
 *
 * @param folder where a relative file is looked for
 * @example resolveAddress('program.json', '/srv/meeting') // '/srv/meeting/program.json'
 */
export function resolveAddress(address: string, folder: string): string {
  if (isWebAddress(address)) return new URL(address).href;
  return /^file:\/\//i.test(address) ? fileURLToPath(address) : resolve(folder, address);
}
