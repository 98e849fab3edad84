import type { Config } from '../config/config.js';
import { withoutCredentials } from '../program/fetch/fetch-http.js';
import type { ImportReport } from '../program/import-report.js';

/**
 * What a person should know who sees a program read for the first time, in sentences: a zone that was guessed, with its remedy, and how much was left
 * out. Empty where all of it was said and read.
 */
export function readingNotes({ zone, problems }: ImportReport, config: Config): readonly string[] {
  const isGuessed = zone.origin === 'default' || zone.origin === 'offsets';
  const guesses = isGuessed ? problems.filter(({ code }) => zoneGuesses.has(code)) : [];
  const dropped = problems.filter(({ severity }) => severity === 'dropped').length;
  return [
    ...guesses.map(({ problem, remedy }) => `${problem}. ${remedy}.`),
    ...(dropped > 0
      ? [
          `${String(dropped)} ${dropped === 1 ? 'entry' : 'entries'} of the program ${dropped === 1 ? 'was' : 'were'} left out. See why with: ${tryCommand(config)}`,
        ]
      : []),
  ];
}

/** What `resolveZone` calls its last two resorts. */
const zoneGuesses: ReadonlySet<string> = new Set(['zone-missing', 'zone-from-offsets']);

/**
 * The command that reads the config's program without storing it. A config file that was named is named in it, and so is a program that stands in
 * place of the file's.
 *
 * @example tryCommand(config) // 'callboard import --dry-run --program /home/ada/tides.csv --zone Europe/Lisbon'
 */
export function tryCommand({ file, named, program }: Config): string {
  const { address, format, zone, year, dateOrder, replaced } = program;
  const options = replaced
    ? Object.entries({
        program: withoutCredentials(address),
        format,
        zone,
        year,
        'date-order': dateOrder,
      }).flatMap(([name, value]) =>
        value === undefined ? [] : [`--${name} ${quoted(String(value))}`],
      )
    : [];
  const config = named === true ? [`--config ${quoted(file)}`] : [];
  return ['callboard import --dry-run', ...config, ...options].join(' ');
}

/** As a shell takes it for one word. */
function quoted(word: string): string {
  return /^[\w./:@%+=,~-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
