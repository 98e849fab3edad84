import type { PlannedAnnouncement } from '../../src/campaign/announcement.js';
import type { Content } from '../../src/compose/content.js';
import type { Program } from '../../src/program/model.js';
import type { ImportReport } from '../../src/program/import-report.js';
import type { Announcement, Claim, Ledger } from '../../src/publish/ports.js';
import type { Frozen } from '../../src/publish/publisher.js';
import type { Database } from '../../src/storage/database.js';
import { createEdition } from '../../src/storage/editions.js';
import { storeProgram } from '../../src/storage/programs.js';

export const minute = 60_000;
export const now = Date.UTC(2026, 4, 1, 12, 0, 0);

export function content(text: string, startsAt = now + 60 * minute): Content {
  return {
    text,
    length: { used: text.length, limit: 300, unit: 'graphemes' },
    link: { url: 'https://meeting.example/sessions/aaaa', title: 'A session', description: '' },
    hashtags: ['meeting'],
    languages: ['en'],
    facts: {
      programVersion: 1,
      sessions: [{ key: 'aaaa', title: 'A session', startsAt, endsAt: startsAt + 60 * minute }],
    },
    digest: `digest of ${text}`,
  };
}

export function frozen(key: string, text = 'A session begins'): Frozen {
  return { key, content: content(text), frozenAt: now };
}

export const program: Program = {
  title: 'A meeting',
  zone: 'Europe/Lisbon',
  sessions: [],
  people: [],
  rooms: [],
  units: [],
};

export const report: ImportReport = {
  format: 'callboard',
  address: 'meeting.json',
  counts: {
    sessions: 0,
    presentations: 0,
    people: 0,
    rooms: 0,
    units: 0,
    types: 0,
    days: 0,
    cancelled: 0,
  },
  zone: { name: 'Europe/Lisbon', origin: 'source' },
  problems: [],
};

/** A fresh edition with version 1 of a program in force. */
export async function edition(database: Database, id: string): Promise<string> {
  await createEdition(database, {
    id,
    series: id.replace(/-\d+$/, ''),
    title: 'A meeting',
    zone: 'Europe/Lisbon',
    shiftMs: 0,
    beganAt: now - 60 * minute,
    createdAt: now - 60 * minute,
  });
  await importVersion(database, id, 'first');
  return id;
}

export async function importVersion(
  database: Database,
  id: string,
  fingerprint: string,
): Promise<number> {
  const { version } = await storeProgram(database, id, {
    program,
    report,
    fingerprint,
    importedAt: now,
    address: 'meeting.json',
    aliases: new Map([[`guid:${fingerprint}`, 'aaaa']]),
  });
  return version;
}

export function planned(
  edition: string,
  id: string,
  differs: Partial<PlannedAnnouncement> = {},
): PlannedAnnouncement {
  return {
    id: `${edition}-${id}`,
    edition,
    sessions: [`session-${id}`],
    account: 'preview:bluesky',
    network: 'bluesky',
    leadTime: 'PT15M',
    round: 1,
    template: 'bluesky/PT15M',
    dueAt: now,
    expiresAt: now + 3 * minute,
    ...differs,
  };
}

/** Adds announcements to the ledger and reads the first back. */
export async function add(ledger: Ledger, ...list: PlannedAnnouncement[]): Promise<Announcement> {
  await ledger.apply(
    list.map((announcement) => ({ kind: 'add', announcement })),
    now,
  );
  return stands(ledger, list[0]?.id ?? '');
}

/** An announcement as the ledger has it now. */
export async function stands(ledger: Ledger, id: string): Promise<Announcement> {
  const standing = await ledger.standing(id);
  if (standing === undefined) throw new Error(`no announcement ${id}`);
  return standing.announcement;
}

export type ClaimRequest = Parameters<Ledger['claim']>[0];

export function request(
  announcement: Announcement,
  differs: Partial<ClaimRequest> = {},
): ClaimRequest {
  return {
    announcement,
    programVersion: 1,
    frozen: frozen(`key of ${announcement.id}`),
    boot: 'boot 1',
    leaseMs: minute,
    now,
    ...differs,
  };
}

/** Claims, or fails the test. */
export async function claimed(
  ledger: Ledger,
  announcement: Announcement,
  differs: Partial<ClaimRequest> = {},
): Promise<Claim> {
  const answer = await ledger.claim(request(announcement, differs));
  if (!answer.ok) throw new Error(`the claim was refused: ${answer.why}`);
  return answer.claim;
}

export function post(name: string, acceptedAt = now + 1_000) {
  return { uri: `preview:${name}`, permalink: `http://localhost/${name}`, acceptedAt };
}
