import { readFileSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { JournalEntry } from '../../src/publish/journal.js';
import {
  journalName,
  openJournal,
  readJournal,
  shortenJournal,
} from '../../src/storage/journal.js';
import { temporaryFolder } from '../support/database.js';
import { content, now } from './fixtures.js';

const entry = (announcement: string, at = now): JournalEntry => ({
  edition: 'e',
  announcement,
  attempt: 1,
  at,
  frozen: { key: announcement, content: content(announcement), frozenAt: at },
});
const named = (entries: readonly JournalEntry[]) => entries.map((one) => one.announcement);

test('a journal that is not there is empty, and its entries come back in their order', async () => {
  const file = join(temporaryFolder(), 'data', journalName);
  expect(await readJournal(file)).toEqual([]);
  const journal = openJournal(file);
  await Promise.all(['a', 'b', 'c'].map((name) => journal.append(entry(name))));
  await openJournal(file).append(entry('d'));
  expect(await readJournal(file)).toEqual(['a', 'b', 'c', 'd'].map((name) => entry(name)));
});

test('what is appended after a torn line is kept, in the same process and after the next start', async () => {
  const file = join(temporaryFolder(), journalName);
  const tear = () => truncateSync(file, readFileSync(file).length - 30);
  const journal = openJournal(file);
  await journal.append(entry('a'));
  await journal.append(entry('torn'));
  tear();
  await journal.append(entry('b'));
  await journal.append(entry('torn again'));
  tear();
  await openJournal(file).append(entry('c'));
  expect(named(await readJournal(file))).toEqual(['a', 'b', 'c']);
});

test('what is older than a day is dropped, and what is younger stays', async () => {
  const file = join(temporaryFolder(), journalName);
  const journal = openJournal(file);
  const later = now + 25 * 60 * 60_000;
  await journal.append(entry('old'));
  await journal.append(entry('young', later));
  await shortenJournal(file, await readJournal(file), later);
  expect(named(await readJournal(file))).toEqual(['young']);
  await openJournal(file).append(entry('next', later));
  expect(named(await readJournal(file))).toEqual(['young', 'next']);
});
