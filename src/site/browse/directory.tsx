import type { FC } from 'hono/jsx';
import { counted } from '../time-words.js';

/** One line of a directory. */
export interface DirectoryEntry {
  readonly href: string;
  readonly name: string;
  /** Said after the name, more quietly. */
  readonly note?: string | undefined;
  readonly count: number;
}

/** Things that lead to their own page, each with its number of sessions. */
export const Directory: FC<{ readonly entries: readonly DirectoryEntry[] }> = ({ entries }) => (
  <ul class="directory">
    {entries.map(({ href, name, note, count }) => (
      <li>
        <a href={href} dir="auto">
          {name}
        </a>
        {note !== undefined && (
          <span class="note" dir="auto">
            {note}
          </span>
        )}
        <span class="count" aria-label={counted(count, 'session')}>
          {count}
        </span>
      </li>
    ))}
  </ul>
);
