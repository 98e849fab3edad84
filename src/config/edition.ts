import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import type { Config } from './config.js';
import { isWebAddress, resolveAddress } from './program-address.js';

/**
 * The edition that the config speaks of: the one it names, else the slug of the conference's name. For a program that was given
 * on the command line it is the slug of its file or host with 8 digits of a SHA-256 over its whole address, so that programs
 * never mix, and the same program is the same edition again.
 *
 * @param programOverride file (from `cwd`) or address; without it, the one that the config was loaded with
 */
export function editionFor(
  config: Pick<Config, 'edition' | 'conference' | 'program'>,
  programOverride?: string,
  cwd: string = process.cwd(),
): string {
  const address =
    programOverride === undefined
      ? config.program.replaced
        ? config.program.address
        : undefined
      : resolveAddress(programOverride, cwd);
  if (address !== undefined) return editionOfAddress(address);
  return config.edition ?? slugOrDigest(config.conference.name ?? '');
}

/**
 * A name as lower-case letters, digits and hyphens, at most 40; empty when nothing of it is left.
 *
 * @example slug('Jahrestagung für Ökologie 2026') // 'jahrestagung-fur-okologie-2026'
 */
function slug(name: string): string {
  const plain = name.replace(/ß/g, 'ss').normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  const words = plain.split(/[^a-z0-9]+/).filter((word) => word !== '');
  return words.join('-').slice(0, 40).replace(/-$/, '');
}

function editionOfAddress(address: string): string {
  const url = isWebAddress(address) ? new URL(address) : undefined;
  if (url !== undefined) {
    // Another password is not another program.
    url.username = '';
    url.password = '';
    url.hash = '';
  }
  const name = url?.host ?? basename(address);
  return `${slug(name) || 'program'}-${digest(url?.href ?? address)}`;
}

function slugOrDigest(name: string): string {
  return slug(name) || `conference-${digest(name)}`;
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 8);
}
