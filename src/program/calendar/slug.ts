import { createHash } from 'node:crypto';

const longest = 48;

/**
 * A name as it stands in an address: lower-case Latin letters and digits; a name in another script becomes a short digest.
 *
 * @example slugOf('Round-table: Économie') // 'round-table-economie'
 */
export function slugOf(name: string): string {
  const plain = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, longest)
    .replace(/^-+|-+$/g, '');
  return plain === '' ? digestOf(name) : plain;
}

/** Slugs for names that are all different; names that would have the same one get a digest as well, whatever their order. */
export function slugs(names: readonly string[]): (name: string) => string {
  const wanted = new Map<string, number>();
  for (const name of names) wanted.set(slugOf(name), (wanted.get(slugOf(name)) ?? 0) + 1);
  return (name) => {
    const slug = slugOf(name);
    return (wanted.get(slug) ?? 0) > 1 ? `${slug}-${digestOf(name)}` : slug;
  };
}

function digestOf(name: string): string {
  return createHash('sha256').update(name).digest('hex').slice(0, 8);
}
