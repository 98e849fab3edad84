import cliTruncate from 'cli-truncate';
import { networkNames } from '../campaign/network.js';
import type { State } from '../campaign/announcement.js';
import type { LogLevel } from '../config/log-level.js';
import { unreachable } from '../errors.js';
import type { CallboardEvent } from '../events.js';
import type { EpochMs } from '../program/time.js';
import { outdatedInWords } from './outdated-lines.js';
import { plain, type Colours } from './terminal.js';

/** How live lines are written. */
export interface LineStyle {
  readonly colours: Colours;
  /** Columns of the terminal; undefined where there is none, then nothing is shortened. */
  readonly width?: number | undefined;
  /** IANA zone of the clock at the line's start. */
  readonly zone: string;
}

/** How much it matters: what was announced and read is `info`, what keeps something from followers `warn`, what a person must see to `error`. */
export function levelOf(event: CallboardEvent): LogLevel {
  switch (event.kind) {
    case 'announcement':
      return announcementLevels[event.to] ?? 'info';
    case 'program-failed':
    case 'storage-trouble':
    case 'notice':
    case 'sign-in-link':
      return 'error';
    case 'queue-lost':
    case 'posts-outdated':
      return 'warn';
    case 'program-imported':
    case 'replanned':
    case 'queue-back':
      return 'info';
    default:
      return unreachable(event);
  }
}

const announcementLevels: Partial<Record<State, LogLevel>> = {
  uncertain: 'warn',
  expired: 'warn',
  held: 'warn',
  rejected: 'error',
};

/** One readable line for something that happened at `now`; undefined where the terminal need not hear of it. */
export function lineFor(event: CallboardEvent, now: EpochMs, style: LineStyle): string | undefined {
  const { colours } = style;
  const line = (mark: string, text: string) =>
    fit(`${clock(now, style.zone)}  ${mark} ${text}`, style.width);
  switch (event.kind) {
    case 'announcement':
      return announcementLine(event, style);
    case 'program-imported': {
      const problems = event.problems > 0 ? `, ${counted(event.problems, 'problem')}` : '';
      return line(
        colours.green('✓'),
        `program version ${String(event.version)}: ${counted(event.sessions, 'session')}${problems}`,
      );
    }
    case 'program-failed':
      return line(
        colours.red('!'),
        `${plain(event.message)} The last good version stays in force.`,
      );
    case 'replanned': {
      const { kind: _kind, ...counts } = event;
      const parts = Object.entries(counts).filter(([, count]) => count > 0);
      if (parts.length === 0) return undefined;
      const text = parts.map(([what, count]) => `${String(count)} ${what}`).join(', ');
      return line(colours.green('✓'), `plan: ${text}`);
    }
    case 'posts-outdated':
      return line(
        colours.yellow('!'),
        `${outdatedInWords(event.count)}: callboard status --needs-person`,
      );
    case 'queue-lost':
      return line(
        colours.yellow('!'),
        `the queue is out of reach (${plain(event.message)}); announcements go on from the database`,
      );
    case 'notice':
      return line(colours.yellow('☞'), plain(event.subject));
    case 'sign-in-link':
      // Whole on any terminal, or it could not be opened.
      return `${clock(now, style.zone)}  ${colours.yellow('☞')} ${plain(event.email)} signs in with ${plain(event.address)}`;
    case 'queue-back':
      return line(colours.green('✓'), 'the queue is back');
    case 'storage-trouble':
      return line(colours.red('!'), plain(event.message));
    default:
      return unreachable(event);
  }
}

const marks: Partial<Record<State, (colours: Colours) => string>> = {
  published: (colours) => colours.green('●'),
  uncertain: (colours) => colours.yellow('?'),
  rejected: (colours) => colours.red('✗'),
  expired: (colours) => colours.dim('○'),
  held: (colours) => colours.yellow('‖'),
  'handed-off': (colours) => colours.yellow('☞'),
};

function announcementLine(
  event: Extract<CallboardEvent, { kind: 'announcement' }>,
  { colours, width, zone }: LineStyle,
): string {
  const mark = marks[event.to]?.(colours) ?? '·';
  const late = event.to === 'published' ? ` ${colours.dim(lateness(event.at - event.dueAt))}` : '';
  const why =
    event.reason !== undefined && event.to !== 'published' ? ` (${plain(event.reason)})` : '';
  const network = networkNames[event.network].padEnd(8);
  const lead = event.leadTime.padEnd(6);
  const state = event.to === 'published' ? '' : `${event.to} `;
  return fit(
    `${clock(event.at, zone)}  ${mark} ${network} ${colours.dim(lead)}${late}  ${state}${plain(event.title)}${why}`,
    width,
  );
}

function lateness(ms: number): string {
  return `${ms < 0 ? '-' : '+'}${(Math.abs(ms) / 1_000).toFixed(1)}s`.padStart(6);
}

function clock(at: EpochMs, zone: string): string {
  return new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  }).format(at);
}

function counted(count: number, noun: string): string {
  return `${String(count)} ${noun}${count === 1 ? '' : 's'}`;
}

function fit(line: string, width: number | undefined): string {
  return width === undefined ? line : cliTruncate(line, width);
}
