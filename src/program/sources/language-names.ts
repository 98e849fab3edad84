import { languageTags } from '../languages.js';

/** Languages that conferences speak, looked up by the name that English or the language itself gives them. */
const tags =
  `ar bg bn ca cs da de el en es et eu fa fi fr gl he hi hr hu id it ja ko lt lv ms nl no pl pt ro ru sk sl sr sv ta th tr uk ur vi zh`.split(
    ' ',
  );
let byName: ReadonlyMap<string, string> | undefined;

/**
 * The BCP 47 tags of languages by tag or by name; what is neither is left out.
 *
 * @example languagesNamed('English, Deutsch') // 'en,de'
 */
export function languagesNamed(text: string): string | undefined {
  byName ??= names();
  const found = text
    .slice(0, 200)
    .split(/[,;/|&]|\s+(?:and|und|et|y|e)\s+/)
    .flatMap((word) => {
      const name = word.trim().toLowerCase();
      const tag = byName?.get(name);
      return tag === undefined ? languageTags(name.length > 8 ? '' : name) : [tag];
    });
  return found.length === 0 ? undefined : [...new Set(found)].join(',');
}

function names(): ReadonlyMap<string, string> {
  const english = new Intl.DisplayNames(['en'], { type: 'language' });
  return new Map(
    tags.flatMap((tag): [string, string][] => {
      const own = new Intl.DisplayNames([tag], { type: 'language' }).of(tag) ?? tag;
      return [english.of(tag) ?? tag, own].map((name) => [name.toLowerCase(), tag]);
    }),
  );
}
