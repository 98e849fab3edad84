import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import type { ImageSource } from '@takumi-rs/core';
import type { Node } from '@takumi-rs/helpers';
import { extractEmojis } from '@takumi-rs/helpers/emoji';

const cdn = 'https://cdn.jsdelivr.net/gh/jdecked/twemoji';

/**
 * Puts pictures in the place of emoji: the helper names addresses of a CDN, under which the local files of `@twemoji/svg`
 * are handed to the renderer; nothing is fetched. An emoji newer than the package is left out.
 */
export async function drawEmoji(node: Node): Promise<{ node: Node; images: ImageSource[] }> {
  const withPictures = extractEmojis(node, 'twemoji');
  const sources = new Set<string>();
  collect(withPictures, sources);
  const images = await Promise.all([...sources].map(load));
  const missing = new Set(images.filter(({ data }) => data === undefined).map(({ src }) => src));
  return {
    node: missing.size === 0 ? withPictures : without(withPictures, missing),
    images: images.flatMap(({ src, data }) => (data === undefined ? [] : [{ src, data }])),
  };
}

function collect(node: Node, sources: Set<string>): void {
  if (isEmoji(node)) sources.add(node.src);
  if (node.type === 'container') node.children?.forEach((child) => collect(child, sources));
}

function without(node: Node, missing: ReadonlySet<string>): Node {
  if (node.type !== 'container' || node.children === undefined) return node;
  const children = node.children
    .filter((child) => !(isEmoji(child) && missing.has(child.src)))
    .map((child) => without(child, missing));
  return { ...node, children };
}

function isEmoji(node: Node): node is Extract<Node, { type: 'image' }> & { src: string } {
  return node.type === 'image' && typeof node.src === 'string' && node.src.startsWith(cdn);
}

async function load(src: string): Promise<{ src: string; data?: Uint8Array }> {
  const folder = dirname(createRequire(import.meta.url).resolve('@twemoji/svg/package.json'));
  try {
    return { src, data: await readFile(join(folder, basename(src))) };
  } catch {
    return { src };
  }
}
