import type { Link } from './model.js';
import { toLine } from './plain-text.js';
import type { Markup } from './source.js';

/**
 * The address in its normal form; undefined unless it is `http:` or `https:`.
 *
 * @example webAddress(' https://example.org/a b ') // 'https://example.org/a%20b'
 * @example webAddress('javascript:alert(1)') // undefined
 */
export function webAddress(text: string | undefined): string | undefined {
  if (text === undefined || !/^\s*https?:/i.test(text)) return undefined;
  try {
    return new URL(text.trim()).href;
  } catch {
    return undefined;
  }
}

/** Links that lead to web pages, each address once. */
export function webLinks(links: readonly Link[], markup: Markup): readonly Link[] {
  if (links.length === 0) return links;
  const kept = new Map<string, Link>();
  for (const link of links) {
    const url = webAddress(link.url);
    if (url === undefined || kept.has(url)) continue;
    const title = toLine(link.title ?? '', markup).text;
    kept.set(url, title === '' ? { url } : { url, title });
  }
  return [...kept.values()];
}
