import type { Random } from '../crash-random.js';

/** What readers stumble over: empty and endless, odd numbers and dates, other alphabets, markup, entities, controls. */
const hostile: readonly string[] = [
  '',
  ' ',
  '\u0000',
  '\ufeff',
  '\ud800',
  '\u202e',
  '-1',
  '1e308',
  '99999999999999999999',
  'NaN',
  'null',
  '0000-00-00',
  '2026-02-30T25:61:00Z',
  '9999-12-31T23:59:59+99:99',
  '1:02:03:04',
  'Thu, April 31, 13:00 to 9:00am XYZ',
  '🎭'.repeat(40),
  'ﷺ'.repeat(40),
  'a\u0301'.repeat(200),
  '<![CDATA[',
  '-->',
  '<!DOCTYPE x [<!ENTITY a "b">]>',
  '&a;&#x0;&#xD800;&#99999999;&amp;amp;',
  '<script>alert(1)</script>',
  'javascript:alert(1)',
  '"',
  "'",
  '\\',
  '},{',
  ']]',
  ';;;,,,\t\t\t',
  '\r\n\r\n',
  'BEGIN:VEVENT',
  'END:VCALENDAR',
  'RRULE:FREQ=SECONDLY;COUNT=999999999',
  '__proto__',
  'constructor',
  'x'.repeat(5_000),
];

/** Values in place of what a JSON document holds. */
const hostileValues: readonly unknown[] = [
  null,
  true,
  -1,
  0,
  1e308,
  1.5,
  [],
  {},
  [[]],
  [null],
  { en: 'name' },
  { __proto__: 1 },
  ...hostile,
];

/** Makes one of many wrong versions of a document; the same random numbers make the same one. */
export function mutated(text: string, random: Random): string {
  let changed = text;
  if (/^\s*[[{]/.test(text) && random.next() < 0.85) {
    const value = parsed(text);
    if (value !== undefined) changed = JSON.stringify(mutatedValue(value, random));
  }
  if (changed === text || random.next() < 0.15) {
    const times = 1 + random.below(4);
    for (let time = 0; time < times; time += 1) changed = mutatedText(changed, random);
  }
  return changed;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function mutatedText(text: string, random: Random): string {
  const at = random.below(text.length + 1);
  const length = random.below(Math.min(400, text.length - at + 1));
  const span = text.slice(at, at + length);
  const without = text.slice(0, at) + text.slice(at + length);
  switch (random.below(8)) {
    case 0:
      return without;
    case 1:
      return text.slice(0, at);
    case 2:
      return text.slice(0, at) + span.repeat(1 + random.below(50)) + text.slice(at + length);
    case 3: {
      const to = random.below(without.length + 1);
      return without.slice(0, to) + span + without.slice(to);
    }
    case 4:
      return text.slice(0, at) + String.fromCharCode(random.below(65_536)) + text.slice(at + 1);
    case 5:
      return replacedNumber(text, at, random);
    case 6:
      return text.slice(0, at) + span.split('').reverse().join('') + text.slice(at + length);
    default:
      return text.slice(0, at) + chosen(hostile, random) + text.slice(at + random.below(30));
  }
}

/** Another number in place of the next one. */
function replacedNumber(text: string, from: number, random: Random): string {
  const found = /\d+/.exec(text.slice(from));
  if (!found) return text;
  const start = from + found.index;
  const other = chosen(['0', '13', '32', '61', '1969', '99999', '2147483648'], random);
  return text.slice(0, start) + other + text.slice(start + found[0].length);
}

/** Walks down to some place of the value, and spoils it there. */
function mutatedValue(value: unknown, random: Random, depth = 0): unknown {
  if (typeof value !== 'object' || value === null || depth > 12 || random.next() < 0.08) {
    return chosen(hostileValues, random);
  }
  if (Array.isArray(value)) {
    const list = value as readonly unknown[];
    const index = random.below(Math.max(1, list.length));
    const kind = random.next();
    if (list.length === 0 || kind < 0.1) return list.filter((_, place) => place !== index);
    if (kind < 0.2) return [...list, ...list.slice(index, index + 20)];
    if (kind < 0.25) return [...list].reverse();
    return list.map((one, place) => (place === index ? mutatedValue(one, random, depth + 1) : one));
  }
  const entries = Object.entries(value);
  const index = random.below(Math.max(1, entries.length));
  const kind = random.next();
  if (entries.length === 0 || kind < 0.12) {
    return Object.fromEntries(entries.filter((_, place) => place !== index));
  }
  return Object.fromEntries(
    entries.map(([name, one], place) =>
      place === index ? [name, mutatedValue(one, random, depth + 1)] : [name, one],
    ),
  );
}

function chosen<T>(from: readonly T[], random: Random): T {
  // Never out of range: the lists are not empty.
  return from[random.below(from.length)] as T;
}
