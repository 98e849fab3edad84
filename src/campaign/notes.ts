import { unreachable } from '../errors.js';
import { networkNames, type AccountId, type Network } from './network.js';
import type { FilterKind } from './filter.js';
import { leadTimeLabel } from './lead-time.js';

/** What the plan leaves out, or what in the campaign looks like a slip; counted, one line each. */
export type PlanNote =
  /** These would have been due before the campaign began. */
  | { readonly kind: 'past-lead-time'; readonly leadTime: string; readonly announcements: number }
  /** Sessions that the source has cancelled. */
  | { readonly kind: 'cancelled-sessions'; readonly sessions: number }
  /** Sessions that an account's filter leaves out. */
  | {
      readonly kind: 'filtered-sessions';
      readonly account: AccountId;
      readonly network: Network;
      readonly sessions: number;
    }
  /** A filter names something that no session bears. */
  | {
      readonly kind: 'unknown-name';
      readonly account: AccountId;
      readonly what: FilterKind;
      readonly name: string;
    };

/**
 * A note as one sentence for an organizer.
 *
 * @example describeNote({ kind: 'past-lead-time', leadTime: 'P7D', announcements: 40 })
 * // '40 announcements 7 days before: left out, they were due before the campaign began.'
 */
export function describeNote(note: PlanNote): string {
  switch (note.kind) {
    case 'past-lead-time':
      return `${counted(note.announcements, 'announcement')} ${leadTimeLabel(note.leadTime)}: left out, they were due before the campaign began.`;
    case 'cancelled-sessions':
      return `${counted(note.sessions, 'session')}: left out, cancelled in the program.`;
    case 'filtered-sessions':
      return `${counted(note.sessions, 'session')} not on ${networkNames[note.network]} (${note.account}): left out by its filter.`;
    case 'unknown-name':
      return `${note.account}: its filter names "${note.name}" under ${note.what}, which no session has; compare the spelling with the program.`;
    default:
      return unreachable(note);
  }
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
