import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { EpochMs } from '../time.js';

/** A page as a server gave it. */
export interface CachedPage {
  readonly bytes: Uint8Array;
  /** When the server was last asked, and said that this is what stands there. */
  readonly fetchedAt: EpochMs;
  readonly etag?: string | undefined;
  readonly lastModified?: string | undefined;
}

/** Pages on disk, each by its address, so that a long fetch that broke off goes on where it was and the next asks only for what changed. */
export interface PageCache {
  /** The page, whole; undefined where it is not kept or damaged. */
  read(address: string): Promise<CachedPage | undefined>;
  /** Keeps a page, whole or not at all; the oldest ones make room. A disk that takes nothing is no error: the page is merely asked for again. */
  write(address: string, page: CachedPage): Promise<void>;
}

const defaultMaxBytes = 512 * 1024 * 1024;
const passing = '.part';
/** A passing file is written in a moment; an older one was left by a process that died. */
const passingMs = 3_600_000;

const headShape = z.object({
  fetchedAt: z.number(),
  etag: z.string().optional(),
  lastModified: z.string().optional(),
  sha256: z.string(),
});

interface Kept {
  /** Sizes by name, the oldest first. */
  readonly sizes: Map<string, number>;
  total: number;
}

/**
 * Opens the cache in a folder, which is made at the first write. A file is named by the SHA-256 of its page's address and holds a line of JSON, then the bytes.
 *
 * @param limits `maxBytes` bounds all files together; 512 MiB unless given
 */
export function openPageCache(
  folder: string,
  limits: { readonly maxBytes?: number } = {},
): PageCache {
  const maxBytes = limits.maxBytes ?? defaultMaxBytes;
  let listed: Promise<Kept> | undefined;
  const pathOf = (name: string) => join(folder, name);
  return {
    async read(address) {
      try {
        return parsePage(await readFile(pathOf(nameOf(address))));
      } catch {
        return undefined;
      }
    },
    async write(address, page) {
      const file = fileOf(page);
      if (file.byteLength > maxBytes) return;
      const name = nameOf(address);
      const part = pathOf(`${randomUUID()}${passing}`);
      try {
        await mkdir(folder, { recursive: true, mode: 0o700 });
        listed ??= list(folder);
        const kept = await listed;
        await writeFile(part, file, { mode: 0o600 });
        await rename(part, pathOf(name));
        forget(kept, name);
        kept.sizes.set(name, file.byteLength);
        kept.total += file.byteLength;
        await makeRoom(folder, kept, maxBytes);
      } catch {
        await rm(part, { force: true }).catch(() => undefined);
      }
    },
  };
}

function nameOf(address: string): string {
  return createHash('sha256').update(address).digest('hex');
}

function fileOf({ bytes, ...head }: CachedPage): Uint8Array {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return Buffer.concat([Buffer.from(`${JSON.stringify({ ...head, sha256 })}\n`), bytes]);
}

function parsePage(file: Buffer): CachedPage | undefined {
  const end = file.indexOf(0x0a);
  if (end === -1) return undefined;
  const { sha256, ...head } = headShape.parse(JSON.parse(file.toString('utf8', 0, end)));
  const bytes = file.subarray(end + 1);
  if (createHash('sha256').update(bytes).digest('hex') !== sha256) return undefined;
  return { ...head, bytes };
}

async function list(folder: string): Promise<Kept> {
  const found: { readonly name: string; readonly size: number; readonly at: number }[] = [];
  for (const name of await readdir(folder)) {
    const { size, mtimeMs: at } = await stat(join(folder, name));
    if (!name.endsWith(passing)) found.push({ name, size, at });
    else if (at < Date.now() - passingMs) await rm(join(folder, name), { force: true });
  }
  found.sort((a, b) => a.at - b.at);
  return {
    sizes: new Map(found.map(({ name, size }) => [name, size])),
    total: found.reduce((sum, { size }) => sum + size, 0),
  };
}

function forget(kept: Kept, name: string): void {
  kept.total -= kept.sizes.get(name) ?? 0;
  kept.sizes.delete(name);
}

async function makeRoom(folder: string, kept: Kept, maxBytes: number): Promise<void> {
  if (kept.total <= maxBytes) return;
  for (const name of kept.sizes.keys()) {
    // A quarter more than needed, so that not every page has to make room.
    if (kept.total <= maxBytes * 0.75) return;
    await rm(join(folder, name), { force: true });
    forget(kept, name);
  }
}
