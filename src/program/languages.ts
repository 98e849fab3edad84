/**
 * The BCP 47 tags in a source's list of languages, in its order and each once; what is no tag is left out.
 *
 * @example languageTags('de, en_US') // ['de', 'en-US']
 */
export function languageTags(text: string): readonly string[] {
  const known = simple.get(text);
  if (known) return known;
  const tags: string[] = [];
  for (const word of text.slice(0, 200).split(/[,;/|\s]+/)) {
    const tag = canonical(word.replace('_', '-'));
    if (tag !== undefined && !tags.includes(tag)) tags.push(tag);
  }
  return tags;
}

// The usual ones without asking Intl, which costs more than the rest of a session.
const simple: ReadonlyMap<string, readonly string[]> = new Map(
  ['en', 'de', 'fr', 'es', 'it', 'nl', 'pt', 'ja'].map((tag) => [tag, [tag]]),
);

function canonical(tag: string): string | undefined {
  if (!/^[a-z]{2,3}(-[a-z0-9]{1,8})*$/i.test(tag)) return undefined;
  try {
    return Intl.getCanonicalLocales(tag)[0];
  } catch {
    return undefined;
  }
}
