import { inZone, type EpochMs } from '../program/time.js';

/** A moment as a post says it, all in the conference's zone and language. */
export interface When {
  /** `in 15 minutes`, `in 1 hour`, `tomorrow`, `in 7 days`, `now`. */
  readonly relative: string;
  /** `14:30 CEST / 12:30 UTC`; on another day than the post `Sat 27 Dec, 14:30 CET / 13:30 UTC`. */
  readonly absolute: string;
  /** `Sat 27 Dec`. */
  readonly day: string;
  /** `14:30 CEST`. */
  readonly time: string;
  /** `12:30 UTC`, with its weekday where the day is another; null where the zone's clock is UTC. */
  readonly utc: string | null;
  /** Whether the post goes out on the day itself. */
  readonly today: boolean;
}

/** How times and lists of names are said in one language and zone. */
export interface Wording {
  when(startsAt: EpochMs, saidAt: EpochMs): When;
  /** `Sat 27 Dec, 10:30–11:00 CET`. */
  span(startsAt: EpochMs, endsAt: EpochMs): string;
  /** `10:30`. */
  clock(at: EpochMs): string;
  /** All names, or the first `shown` of them and "et al.". */
  names(names: readonly string[], shown: number): string;
}

/** Locales asked for a zone's short name, after the campaign's own: each knows its own part of the world. */
const zoneLocales = ['en-US', 'en-GB', 'en-AU', 'en-IN', 'en-ZA'];

const minute = 60_000;
const hour = 60 * minute;

/**
 * The wording of a language and zone. `en` without a region is said as in Britain: day before month, 24 hours.
 *
 * @param language BCP 47 tag
 * @param zone IANA name
 * @param wordsIn BCP 47 tag of `relative` and of lists of names, which stand within the sentences of templates; dates and times are said in `language`
 * @example createWording('en', 'Europe/Berlin').when(start, due).absolute // '14:30 CEST / 12:30 UTC'
 */
export function createWording(language: string, zone: string, wordsIn = language): Wording {
  const locale = localeOf(language);
  const relative = new Intl.RelativeTimeFormat(localeOf(wordsIn), { numeric: 'auto' });
  const list = new Intl.ListFormat(localeOf(wordsIn), { type: 'conjunction' });
  const date = format(locale, zone, { weekday: 'short', day: 'numeric', month: 'short' });
  const time = format(locale, zone, { timeStyle: 'short' });
  const utcTime = format('en-GB', 'UTC', { timeStyle: 'short' });
  const utcWeekday = format(locale, 'UTC', { weekday: 'short' });
  const zoneFormats = [locale, ...zoneLocales].map(
    (each) => new Intl.DateTimeFormat(each, { timeZone: zone, timeZoneName: 'short' }),
  );

  const zoneName = (at: EpochMs) => {
    const names = zoneFormats.map(
      (each) => each.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value ?? '',
    );
    return names.find((name) => !/^(?:GMT|UTC)[+\u2212-]/.test(name)) ?? names[1] ?? zone;
  };
  const zoneNames = remembered((at: EpochMs) => zoneName(at));
  const startOf = remembered((at: EpochMs) => {
    const local = inZone(at, zone);
    const clock = `${time(at)} ${zoneNames(at)}`;
    const utcDay = local.withTimeZone('UTC').day === local.day ? '' : `${utcWeekday(at)} `;
    const utc = local.offsetNanoseconds === 0 ? null : `${utcDay}${utcTime(at)} UTC`;
    return { day: date(at), time: clock, utc, clocks: utc === null ? clock : `${clock} / ${utc}` };
  });
  const dayNumber = remembered((at: EpochMs) => {
    const { year, month, day } = inZone(at, zone);
    return Date.UTC(year, month - 1, day) / (24 * hour);
  });

  return {
    when(startsAt, saidAt) {
      const { clocks, ...said } = startOf(startsAt);
      const days = dayNumber(startsAt) - dayNumber(saidAt);
      return {
        ...said,
        relative: sayRelative(relative, startsAt - saidAt, days),
        absolute: days === 0 ? clocks : `${said.day}, ${clocks}`,
        today: days === 0,
      };
    },
    span(startsAt, endsAt) {
      const [from, fromZone] = [time(startsAt), zoneNames(startsAt)];
      const [to, toZone] = [time(endsAt), zoneNames(endsAt)];
      // The clocks may change in between.
      const clocks =
        fromZone !== toZone
          ? `${from} ${fromZone}–${to} ${toZone}`
          : `${from === to ? from : `${from}–${to}`} ${fromZone}`;
      return `${date(startsAt)}, ${clocks}`;
    },
    clock: time,
    names(names, shown) {
      if (shown >= names.length) return names.length < 2 ? (names[0] ?? '') : list.format(names);
      return shown < 1 ? '' : `${names.slice(0, shown).join(', ')} et al.`;
    },
  };
}

/** A language that nobody here knows would be said as this machine happens to be set up. */
function localeOf(language: string): string {
  if (language === 'en' || !isKnownLanguage(language)) return 'en-GB';
  return language;
}

/**
 * Whether dates can be said in a language.
 *
 * @param tag BCP 47
 * @example isKnownLanguage('pt-BR') // true
 * @example isKnownLanguage('french') // false
 */
export function isKnownLanguage(tag: string): boolean {
  try {
    return Intl.DateTimeFormat.supportedLocalesOf(tag).length > 0;
  } catch {
    return false;
  }
}

function sayRelative(format: Intl.RelativeTimeFormat, ms: number, days: number): string {
  const minutes = Math.round(ms / minute);
  if (minutes < 1) return format.format(0, 'second');
  if (minutes < 120 && minutes !== 60) return format.format(minutes, 'minute');
  if (ms < 12 * hour || days < 1) return format.format(Math.round(ms / hour), 'hour');
  return format.format(days, 'day');
}

/** Formats moments with plain spaces: some locales put narrow ones, which X counts twice and old fonts lack. */
function format(locale: string, timeZone: string, options: Intl.DateTimeFormatOptions) {
  const formatter = new Intl.DateTimeFormat(locale, { ...options, timeZone });
  return remembered((at: EpochMs) => formatter.format(at).replace(/[\u00a0\u202f]/g, ' '));
}

/** A program has few starts and many announcements; formatting is the dear part of composing. */
function remembered<T>(compute: (at: EpochMs) => T): (at: EpochMs) => T {
  const known = new Map<EpochMs, T>();
  return (at) => {
    const found = known.get(at);
    if (found !== undefined) return found;
    if (known.size >= 4096) known.clear();
    const made = compute(at);
    known.set(at, made);
    return made;
  };
}
