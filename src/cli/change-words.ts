import { changeKinds, type ProgramChange, type SaidTimes } from '../program/changes.js';
import { sameDay, timeWords, type TimeWords } from '../site/time-words.js';
import { counted } from './moments.js';
import { plain, type Terminal } from './terminal.js';

const shownOfAKind = 5;

/** How each kind is headed. */
const headings: Readonly<Record<ProgramChange['kind'], string>> = {
  moved: 'moved',
  'new-room': 'in another room',
  retitled: 'retitled',
  cancelled: 'cancelled',
  restored: 'no longer cancelled',
  added: 'added',
  vanished: 'gone from the program',
};

/** Changes by kind for people, with old and new side by side on the conference's clock; the first of each kind, or all. */
export function changeLines(
  changes: readonly ProgramChange[],
  zone: string,
  { colours }: Terminal,
  all: boolean,
): readonly string[] {
  const say = changeWords(zone);
  return changeKinds.flatMap((kind) => {
    const ofKind = changes.filter((change) => change.kind === kind);
    if (ofKind.length === 0) return [];
    const shown = all ? ofKind : ofKind.slice(0, shownOfAKind);
    const rest = ofKind.length - shown.length;
    return [
      `${colours.bold(headings[kind])} ${colours.dim('·')} ${counted(ofKind.length, 'session')}`,
      ...shown.flatMap((change) => {
        const what = say(change);
        const title = `  ${colours.dim(change.session)}  ${plain(change.title)}`;
        return what === '' ? [title] : [title, `  ${' '.repeat(change.session.length)}  ${what}`];
      }),
      ...(rest > 0 ? [colours.dim(`  … and ${String(rest)} more: --all`)] : []),
    ];
  });
}

/**
 * Says what is different: `Thu 3 Apr 10:00 → Fri 4 Apr 11:00`, `Aula → Gym`; empty where the kind says it all.
 *
 * @example changeWords('UTC')({ kind: 'new-room', session: 'k2m4x7q9w1a3', title: 'Opening', from: 'Aula', to: 'Gym' }) // 'Aula → Gym'
 */
export function changeWords(zone: string): (change: ProgramChange) => string {
  const words = timeWords(zone);
  return (change) => {
    switch (change.kind) {
      case 'moved':
        return movedWords(change.from, change.to, zone, words);
      case 'new-room':
        return `${plain(change.from ?? 'no room')} → ${plain(change.to ?? 'no room')}`;
      case 'retitled':
        return `was: ${plain(change.from)}`;
      case 'added':
      case 'vanished': {
        const start = Date.parse(change.at.start);
        const room = change.room === undefined ? '' : `, ${plain(change.room)}`;
        return `${words.day(start)} ${words.clock(start)}${room}`;
      }
      case 'cancelled':
      case 'restored':
        return '';
    }
  };
}

/** Only what is different: the end where the start stays, the day once where it stays. */
function movedWords(was: SaidTimes, is: SaidTimes, zone: string, words: TimeWords): string {
  const [oldStart, start] = [Date.parse(was.start), Date.parse(is.start)];
  const [oldEnd, end] = [Date.parse(was.end), Date.parse(is.end)];
  const span = (from: number, to: number) => `${words.clock(from)}–${words.clock(to)}`;
  const isSameLength = oldEnd - oldStart === end - start;
  const [before, after] = isSameLength
    ? [words.clock(oldStart), words.clock(start)]
    : [span(oldStart, oldEnd), span(start, end)];
  const day = sameDay(oldStart, start, zone) ? '' : `${words.day(start)} `;
  return `${words.day(oldStart)} ${before} → ${day}${after}`;
}
