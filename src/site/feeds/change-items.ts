import { unreachable } from '../../errors.js';
import type { ProgramChange, SaidTimes } from '../../program/changes.js';
import { sessionAddress } from '../../program/exports/about.js';
import { keyUuid } from '../../program/exports/permanent-id.js';
import { timeWords, type TimeWords } from '../time-words.js';
import type { VersionChanges } from '../web-context.js';
import type { FeedItem } from './feed.js';
import { whenText } from './session-items.js';

/** What the changes are said with. */
export interface ChangeManner {
  /** Public address of the program site, without a trailing slash. */
  readonly site: string;
  /** IANA zone in which times are said. */
  readonly zone: string;
}

/** More than any reader keeps; the page of changes has all. */
const mostItems = 500;

/** What became of sessions, the newest version first, one item for each change of each session; its id is the same for ever. */
export function changeItems(
  versions: readonly VersionChanges[],
  { site, zone }: ChangeManner,
): readonly FeedItem[] {
  const words = timeWords(zone);
  return versions
    .flatMap(({ version, at, changes }) =>
      changes.map((change): FeedItem => {
        const said = changeText(change, words, zone);
        return {
          id: `urn:uuid:${keyUuid(`${change.session} ${change.kind} ${String(version)}`)}`,
          title: `${headOf(change)}: ${change.title}`,
          address: sessionAddress(site, change.session),
          updatedAt: at,
          summary: said,
          text: said,
          categories: [change.kind],
          people: [],
        };
      }),
    )
    .slice(0, mostItems);
}

/**
 * A change as a sentence for followers.
 *
 * @example changeText({ kind: 'cancelled', session: 's', title: 'Opening' }, words, zone) // 'This session does not take place.'
 */
export function changeText(change: ProgramChange, words: TimeWords, zone: string): string {
  const when = ({ start, end }: SaidTimes) =>
    whenText({ startsAt: Date.parse(start), endsAt: Date.parse(end) }, words, zone);
  switch (change.kind) {
    case 'moved':
      return `Now ${when(change.to)}; before, ${when(change.from)}.`;
    case 'new-room':
      if (change.to === undefined) return `It has no room now; before, ${change.from ?? 'none'}.`;
      return change.from === undefined
        ? `Now in ${change.to}.`
        : `Now in ${change.to}; before, in ${change.from}.`;
    case 'retitled':
      return `Now “${change.to}”; before, “${change.from}”.`;
    case 'cancelled':
      return 'This session does not take place.';
    case 'restored':
      return 'This session takes place after all.';
    case 'added':
      return `New in the program: ${when(change.at)}${inRoom(change.room)}.`;
    case 'vanished':
      return `No longer in the program; it was to be ${when(change.at)}${inRoom(change.room)}.`;
    default:
      return unreachable(change);
  }
}

function headOf({ kind }: ProgramChange): string {
  const heads: Readonly<Record<ProgramChange['kind'], string>> = {
    moved: 'Moved',
    'new-room': 'New room',
    retitled: 'New title',
    cancelled: 'Cancelled',
    restored: 'Takes place after all',
    added: 'Added',
    vanished: 'Gone from the program',
  };
  return heads[kind];
}

function inRoom(room: string | undefined): string {
  return room === undefined ? '' : `, in ${room}`;
}
