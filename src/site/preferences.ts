import { isZone } from '../program/time.js';
import { currentZoneName } from './zone-names.js';

/** How a visitor wants the program shown. Kept in a cookie without an account; an account carries the same text. */
export interface Preferences {
  /** Times of the conference, of the visitor's own machine, or of any zone of IANA. */
  readonly zone: 'conference' | 'mine' | (string & {});
  /** The zone of the visitor's machine, as its browser said; only a browser with scripts does. */
  readonly ownZone?: string;
  readonly clock: '24' | '12';
  /** BCP 47 tag of the language in which dates are said. */
  readonly language: string;
  readonly theme: 'system' | 'light' | 'dark';
}

/** The cookie that holds the preferences; scripts may read it. */
export const preferencesCookie = 'callboard-preferences';

/** The cookie in which a browser tells its own zone. */
export const zoneCookie = 'callboard-zone';

/** The languages that dates can be said in, each by its own name. */
export const dateLanguages: Readonly<Record<string, string>> = {
  en: 'English',
  ar: 'العربية',
  cs: 'Čeština',
  da: 'Dansk',
  de: 'Deutsch',
  el: 'Ελληνικά',
  es: 'Español',
  fi: 'Suomi',
  fr: 'Français',
  he: 'עברית',
  hi: 'हिन्दी',
  it: 'Italiano',
  ja: '日本語',
  ko: '한국어',
  nl: 'Nederlands',
  no: 'Norsk',
  pl: 'Polski',
  pt: 'Português',
  ru: 'Русский',
  sv: 'Svenska',
  th: 'ไทย',
  tr: 'Türkçe',
  uk: 'Українська',
  zh: '中文',
};

/** What holds without a word from the visitor. */
export function usualPreferences(language: string): Preferences {
  const known = language.toLowerCase().split('-')[0] ?? 'en';
  return {
    zone: 'conference',
    clock: '24',
    language: known in dateLanguages ? known : 'en',
    theme: 'system',
  };
}

/**
 * Reads preferences; whatever makes no sense is as usual.
 *
 * @param text what `preferencesText` wrote, or anything
 * @example parsePreferences('clock=12&zone=Asia/Tokyo', usualPreferences('en')).clock // '12'
 */
export function parsePreferences(text: string, usual: Preferences, ownZone?: string): Preferences {
  const given = new URLSearchParams(text.slice(0, 400));
  const zone = given.get('zone') ?? '';
  const language = given.get('language') ?? '';
  return {
    zone: zone === 'mine' || (zone !== 'conference' && isZone(zone)) ? zone : 'conference',
    clock: given.get('clock') === '12' ? '12' : given.get('clock') === '24' ? '24' : usual.clock,
    language: Object.hasOwn(dateLanguages, language) ? language : usual.language,
    theme: oneOf(given.get('theme'), ['light', 'dark'] as const) ?? 'system',
    ...(ownZone !== undefined && isZone(ownZone) && { ownZone: currentZoneName(ownZone) }),
  };
}

/**
 * Preferences as a short text, the parts in one order and what is usual left out: equal preferences are equal texts.
 *
 * @example preferencesText({ ...usualPreferences('en'), clock: '12' }, usualPreferences('en')) // 'clock=12'
 */
export function preferencesText(preferences: Preferences, usual: Preferences): string {
  const parts = (['zone', 'clock', 'language', 'theme'] as const)
    .filter((part) => preferences[part] !== usual[part])
    .map((part): [string, string] => [part, preferences[part]]);
  return new URLSearchParams(parts).toString().replaceAll('%2F', '/');
}

/**
 * The zone that the form of preferences means. One that is chosen in the list counts without the list's own button, as long as the buttons stand as they were
 * shown: who presses another button means that one.
 *
 * @param form.zone of the button pressed: `conference`, `mine` or `other`, which is the list; or a zone itself
 * @param form.other what the list says; it begins with the conference's zone where no zone of it was chosen before
 * @param form.shown the zone that was preferred when the form was made; empty where a script watches the list
 * @example chosenZone({ zone: 'mine', other: 'Asia/Tokyo', shown: 'mine' }, 'Europe/Berlin') // 'Asia/Tokyo'
 */
export function chosenZone(
  { zone, other, shown }: { readonly zone: string; readonly other: string; readonly shown: string },
  conference: string,
): string {
  if (zone === 'other') return other;
  return zone === shown && other !== conference && isZone(other) ? other : zone;
}

/** The zone in which times are to be said; the conference's own, by whichever of its names, is that of the conference. */
export function zoneFor({ zone, ownZone }: Preferences, conference: string): string {
  if (zone === 'conference') return conference;
  const chosen = zone === 'mine' ? (ownZone ?? conference) : zone;
  return currentZoneName(chosen) === currentZoneName(conference) ? conference : chosen;
}

function oneOf<T extends string>(text: string | null, values: readonly T[]): T | undefined {
  return values.find((value) => value === text);
}
