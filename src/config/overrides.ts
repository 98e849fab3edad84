import { isDateOrder } from '../program/table/mapping.js';
import { isZone } from '../program/time.js';
import type { Fault } from './faults.js';
import { isListenHost, parsePort } from './listening.js';
import type { LogLevel } from './log-level.js';
import { addressProblem } from './program-address.js';

/** What the command line says. */
export interface ConfigOverrides {
  /** Another program in place of the file's: an edition of its own, see `editionFor`. */
  readonly program?: string;
  readonly format?: string;
  /** Zone of times that the program gives without one. */
  readonly zone?: string;
  /** Year of days that the program writes without one. */
  readonly year?: string | number;
  /** Whether day or month comes first in a spreadsheet's days: `dmy` or `mdy`. */
  readonly dateOrder?: string;
  readonly dataFolder?: string;
  readonly host?: string;
  readonly port?: string | number;
  readonly site?: string;
  readonly logLevel?: LogLevel;
}

/** A year of four digits, as config and command line take it; undefined when it is none. */
export function parseYear(year: string | number): number | undefined {
  return /^(?:19[7-9]\d|2[01]\d\d)$/.test(String(year)) ? Number(year) : undefined;
}

/** What is wrong with the command line, in the same words as everywhere. */
export function overrideFaults(overrides: ConfigOverrides): readonly Fault[] {
  const { program, zone, year, dateOrder, host, port, site } = overrides;
  const faults: Fault[] = [];
  const fault = (setting: string, problem: string, hint: string) =>
    faults.push({ source: 'command line', setting, problem, hint });
  const wrongAddress =
    program === undefined
      ? undefined
      : program.trim() === ''
        ? 'it is empty'
        : addressProblem(program);
  if (wrongAddress !== undefined) {
    fault('--program', wrongAddress, 'Give a file or an http(s) address');
  }
  if (zone !== undefined && !isZone(zone)) {
    fault('--zone', 'there is no such time zone', 'Use a name such as Europe/Berlin');
  }
  if (year !== undefined && parseYear(year) === undefined) {
    fault('--year', 'it is no year', 'Write it with four digits, such as 2026');
  }
  if (dateOrder !== undefined && !isDateOrder(dateOrder)) {
    fault('--date-order', 'there is no such order', 'Use dmy (day first) or mdy (month first)');
  }
  if (port !== undefined && parsePort(String(port)) === undefined) {
    fault('--port', 'it is no port', 'Write a number from 1 to 65535');
  }
  if (host !== undefined && !isListenHost(host)) {
    fault('--host', 'it is no address to listen on', 'Write 127.0.0.1 or 0.0.0.0');
  }
  if (site !== undefined && !/^https?:\/\/[^?#@]+$/i.test(site)) {
    fault('--site', 'it is no web address', 'Begin with https:// and leave out user, ? and #');
  }
  return faults;
}
