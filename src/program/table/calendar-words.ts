/** Languages in which months and days of the week are understood. */
const locales = [
  'en',
  'de',
  'fr',
  'es',
  'it',
  'pt',
  'nl',
  'sv',
  'da',
  'nb',
  'fi',
  'pl',
  'cs',
  'ca',
  'tr',
];

/**
 * A word for comparing: lower-case, without accents and dots.
 *
 * @example plainWord('Févr.') // 'fevr'
 */
export function plainWord(word: string): string {
  return word
    .normalize('NFKD')
    .replace(/[\p{M}.]/gu, '')
    .toLowerCase();
}

let months: ReadonlyMap<string, number> | undefined;

/** The number of a month, 1 to 12, by its long or short name in one of many languages; undefined when the word is none. */
export function monthNamed(word: string): number | undefined {
  months ??= monthNames();
  return months.get(plainWord(word));
}

function monthNames(): ReadonlyMap<string, number> {
  const names = new Map<string, number>();
  const strangers = new Set<string>();
  for (const locale of locales) {
    for (const month of ['long', 'short'] as const) {
      for (const options of [{ month }, { month, day: 'numeric' }] as const) {
        const format = new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' });
        for (let number = 1; number <= 12; number++) {
          const parts = format.formatToParts(Date.UTC(2026, number - 1, 1));
          const name = plainWord(parts.find(({ type }) => type === 'month')?.value ?? '');
          if (!/^\p{L}{3,}$/u.test(name)) continue;
          // A word that means another month elsewhere means none here.
          if ((names.get(name) ?? number) !== number) strangers.add(name);
          names.set(name, number);
        }
      }
    }
  }
  names.set('sept', 9);
  for (const stranger of strangers) names.delete(stranger);
  return names;
}
