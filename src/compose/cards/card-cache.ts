import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Pictures that were drawn. */
export interface CardCache {
  /** The picture of a digest; `draw` is called only when it is neither kept nor being drawn. */
  once(digest: string, draw: () => Promise<Uint8Array>): Promise<Uint8Array>;
}

/** How many pictures are kept in memory, about 50 kB each. */
const inMemory = 64;

/** The eight bytes every PNG begins with, and the chunk it ends with: https://www.w3.org/TR/png-3/ */
const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const ending = Buffer.from('IEND');

/**
 * Opens a cache of pictures. Files are written beside and renamed, so that no reader meets half of one; a folder that
 * cannot be written only costs drawing again.
 */
export function openCardCache(folder: string | undefined): CardCache {
  const drawing = new Map<string, Promise<Uint8Array>>();
  const recent = new Map<string, Uint8Array>();

  const find = async (digest: string, draw: () => Promise<Uint8Array>) => {
    const found = recent.get(digest) ?? (await readCard(folder, digest));
    const card = found ?? (await draw());
    if (found === undefined) await writeCard(folder, digest, card);
    recent.delete(digest);
    recent.set(digest, card);
    const [oldest] = recent.keys();
    if (recent.size > inMemory && oldest !== undefined) recent.delete(oldest);
    return card;
  };

  return {
    once(digest, draw) {
      const known = drawing.get(digest);
      if (known !== undefined) return known;
      const made = find(digest, draw).finally(() => drawing.delete(digest));
      drawing.set(digest, made);
      return made;
    },
  };
}

async function readCard(folder: string | undefined, digest: string) {
  if (folder === undefined) return undefined;
  try {
    const bytes = await readFile(join(folder, `${digest}.png`));
    return bytes.subarray(0, 8).equals(signature) && bytes.subarray(-8, -4).equals(ending)
      ? bytes
      : undefined;
  } catch {
    return undefined;
  }
}

async function writeCard(folder: string | undefined, digest: string, bytes: Uint8Array) {
  if (folder === undefined) return;
  const beside = join(folder, `.${digest}.${randomUUID()}`);
  try {
    await mkdir(folder, { recursive: true });
    await writeFile(beside, bytes);
    await rename(beside, join(folder, `${digest}.png`));
  } catch {
    await rm(beside, { force: true }).catch(() => undefined);
  }
}
