import { isZone } from '../time.js';

/** What a zone's name is read as. */
export interface NamedZone {
  /** IANA name. */
  readonly zone: string;
  /** Whether the name means several zones, of which this is the likeliest. */
  readonly guessed: boolean;
}

/** Names that Windows and Outlook give zones, after the Unicode CLDR table: https://github.com/unicode-org/cldr/blob/main/common/supplemental/windowsZones.xml */
const windows: Readonly<Record<string, string>> = {
  'hawaiian standard time': 'Pacific/Honolulu',
  'alaskan standard time': 'America/Anchorage',
  'pacific standard time': 'America/Los_Angeles',
  'us mountain standard time': 'America/Phoenix',
  'mountain standard time': 'America/Denver',
  'central standard time': 'America/Chicago',
  'central america standard time': 'America/Guatemala',
  'central standard time (mexico)': 'America/Mexico_City',
  'canada central standard time': 'America/Regina',
  'sa pacific standard time': 'America/Bogota',
  'eastern standard time': 'America/New_York',
  'us eastern standard time': 'America/Indiana/Indianapolis',
  'venezuela standard time': 'America/Caracas',
  'atlantic standard time': 'America/Halifax',
  'sa western standard time': 'America/La_Paz',
  'pacific sa standard time': 'America/Santiago',
  'newfoundland standard time': 'America/St_Johns',
  'e. south america standard time': 'America/Sao_Paulo',
  'argentina standard time': 'America/Argentina/Buenos_Aires',
  'montevideo standard time': 'America/Montevideo',
  'azores standard time': 'Atlantic/Azores',
  'gmt standard time': 'Europe/London',
  'greenwich standard time': 'Atlantic/Reykjavik',
  'morocco standard time': 'Africa/Casablanca',
  'w. europe standard time': 'Europe/Berlin',
  'central europe standard time': 'Europe/Budapest',
  'central european standard time': 'Europe/Warsaw',
  'romance standard time': 'Europe/Paris',
  'w. central africa standard time': 'Africa/Lagos',
  'gtb standard time': 'Europe/Bucharest',
  'e. europe standard time': 'Europe/Chisinau',
  'fle standard time': 'Europe/Kyiv',
  'south africa standard time': 'Africa/Johannesburg',
  'egypt standard time': 'Africa/Cairo',
  'israel standard time': 'Asia/Jerusalem',
  'turkey standard time': 'Europe/Istanbul',
  'russian standard time': 'Europe/Moscow',
  'e. africa standard time': 'Africa/Nairobi',
  'arab standard time': 'Asia/Riyadh',
  'iran standard time': 'Asia/Tehran',
  'arabian standard time': 'Asia/Dubai',
  'pakistan standard time': 'Asia/Karachi',
  'india standard time': 'Asia/Kolkata',
  'sri lanka standard time': 'Asia/Colombo',
  'nepal standard time': 'Asia/Kathmandu',
  'bangladesh standard time': 'Asia/Dhaka',
  'se asia standard time': 'Asia/Bangkok',
  'china standard time': 'Asia/Shanghai',
  'singapore standard time': 'Asia/Singapore',
  'taipei standard time': 'Asia/Taipei',
  'w. australia standard time': 'Australia/Perth',
  'tokyo standard time': 'Asia/Tokyo',
  'korea standard time': 'Asia/Seoul',
  'cen. australia standard time': 'Australia/Adelaide',
  'aus central standard time': 'Australia/Darwin',
  'e. australia standard time': 'Australia/Brisbane',
  'aus eastern standard time': 'Australia/Sydney',
  'tasmania standard time': 'Australia/Hobart',
  'new zealand standard time': 'Pacific/Auckland',
};

/** Letters that people write for a zone; most are used in several countries. */
const abbreviations: Readonly<Record<string, string>> = {
  EST: 'America/New_York',
  EDT: 'America/New_York',
  CST: 'America/Chicago',
  CDT: 'America/Chicago',
  MST: 'America/Denver',
  MDT: 'America/Denver',
  PST: 'America/Los_Angeles',
  PDT: 'America/Los_Angeles',
  AKST: 'America/Anchorage',
  AKDT: 'America/Anchorage',
  AST: 'America/Halifax',
  ADT: 'America/Halifax',
  BST: 'Europe/London',
  WEST: 'Europe/Lisbon',
  CEST: 'Europe/Berlin',
  MEZ: 'Europe/Berlin',
  MESZ: 'Europe/Berlin',
  EEST: 'Europe/Athens',
  MSK: 'Europe/Moscow',
  SAST: 'Africa/Johannesburg',
  IST: 'Asia/Kolkata',
  SGT: 'Asia/Singapore',
  HKT: 'Asia/Hong_Kong',
  JST: 'Asia/Tokyo',
  KST: 'Asia/Seoul',
  AWST: 'Australia/Perth',
  ACST: 'Australia/Adelaide',
  ACDT: 'Australia/Adelaide',
  AEST: 'Australia/Sydney',
  AEDT: 'Australia/Sydney',
  NZST: 'Pacific/Auckland',
  NZDT: 'Pacific/Auckland',
};

/**
 * The zone that a name means, as calendars write names: IANA's own, at the end of a path or with blanks, one of Windows, or letters such as `EDT`;
 * undefined when it means none.
 *
 * @example namedZone('/freeassociation.sourceforge.net/Europe/Berlin') // { zone: 'Europe/Berlin', guessed: false }
 * @example namedZone('America/Sao Paulo') // { zone: 'America/Sao_Paulo', guessed: false }
 * @example namedZone('CST') // { zone: 'America/Chicago', guessed: true }
 */
export function namedZone(name: string): NamedZone | undefined {
  const bare = name.trim().replace(/^"(.*)"$/, '$1');
  const letters = Object.hasOwn(abbreviations, bare.toUpperCase())
    ? abbreviations[bare.toUpperCase()]
    : undefined;
  if (letters !== undefined) return { zone: letters, guessed: true };
  const known = windows[bare.toLowerCase()] ?? outlookCity(bare);
  if (known !== undefined) return { zone: known, guessed: false };
  const written = bare.replace(/ /g, '_');
  const parts = written.split('/');
  const zone = [written, parts.slice(-3).join('/'), parts.slice(-2).join('/')].find(
    (one) => isZone(one) && (parts.length > 1 || one === written),
  );
  return zone === undefined ? undefined : { zone, guessed: false };
}

/** Outlook's `(UTC-05:00) Eastern Time (US & Canada)`: the words after the bracket, where they are a zone of Windows. */
function outlookCity(name: string): string | undefined {
  const words = /^\((?:UTC|GMT)[^)]{0,8}\)\s*([A-Za-z. ]{3,40}?) Time\b/.exec(name)?.[1];
  return words === undefined ? undefined : windows[`${words.toLowerCase()} standard time`];
}
