import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { EpochMs } from '../program/time.js';
import type { Journal, JournalEntry } from '../publish/journal.js';
import { gathering } from './gathering.js';

/** Name of the journal in the data folder. */
export const journalName = 'journal.ndjson';
/** The database's own rows are on the disk within seconds; what is older has been there for long. */
const keptMs = 24 * 60 * 60_000;

/**
 * Opens a journal: a line of JSON for each entry, on the disk before `append` answers. What comes at the same moment is flushed together, and begins on
 * a line of its own: the last one may have been torn by a power cut or a full disk.
 */
export function openJournal(file: string): Journal {
  const append = gathering(
    async (entries: readonly JournalEntry[]) => {
      const lines = entries.map((entry) => `${JSON.stringify(entry)}\n`).join('');
      await mkdir(dirname(file), { recursive: true });
      const handle = await open(file, 'a', 0o600);
      try {
        await handle.appendFile(`\n${lines}`);
        await handle.datasync();
      } finally {
        await handle.close();
      }
      return entries.map(() => undefined);
    },
    { atOnce: 1, most: 200 },
  );
  return { append: (entry) => append(entry) };
}

/** The entries of a journal, oldest first; the line that a power cut tore is no entry: nothing was sent after it. */
export async function readJournal(file: string): Promise<readonly JournalEntry[]> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw thrown;
  }
  return text.split('\n').flatMap((line) => {
    try {
      return line === '' ? [] : [JSON.parse(line) as JournalEntry];
    } catch {
      return [];
    }
  });
}

/** Drops what is so old that the database has it for certain; whole or not at all. */
export async function shortenJournal(
  file: string,
  entries: readonly JournalEntry[],
  now: EpochMs,
): Promise<void> {
  const kept = entries.filter(({ at }) => at > now - keptMs);
  if (kept.length === entries.length) return;
  const fresh = `${file}.new`;
  const handle = await open(fresh, 'w', 0o600);
  try {
    await handle.writeFile(kept.map((entry) => `${JSON.stringify(entry)}\n`).join(''));
    await handle.datasync();
  } finally {
    await handle.close();
  }
  await rename(fresh, file);
}
