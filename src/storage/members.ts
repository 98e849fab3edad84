import { randomUUID } from 'node:crypto';
import type { Key } from '../program/model.js';
import type { EpochMs } from '../program/time.js';
import type { Queryable } from './database.js';

/** What somebody who signs in may do here. */
export const memberRoles = ['attendee', 'presenter', 'organizer'] as const;

/** One of the roles, each allowed everything that those before it are. */
export type MemberRole = (typeof memberRoles)[number];

/** What somebody is appointed to. */
export interface Appointment {
  readonly email: string;
  readonly role: MemberRole;
  /** Who they are in the program; not given, what is known of it stays. */
  readonly person?: Key | undefined;
}

/** Gives an address a role before its owner has ever signed in, or afterwards; in capitals or not, an address is one. */
export async function appointMember(
  database: Queryable,
  { email, role, person }: Appointment,
  now: EpochMs,
): Promise<void> {
  const moment = new Date(now).toISOString();
  await database.query(
    `INSERT INTO callboard.members (id, name, email, email_verified, role, person, created_at, updated_at)
     VALUES ($1, '', $2, false, $3, coalesce($5, ''), $4, $4)
     ON CONFLICT (email) DO UPDATE
     SET role = excluded.role, person = coalesce($5, members.person), updated_at = excluded.updated_at`,
    [randomUUID(), email.toLowerCase(), role, moment, person ?? null],
  );
}

/** Deletes a member with all that is kept for them, and the links that were sent to them. */
export async function deleteMember(database: Queryable, member: string): Promise<void> {
  await database.transaction(async (transaction) => {
    const { rows } = await transaction.query<{ email: string }>(
      'DELETE FROM callboard.members WHERE id = $1 RETURNING email',
      [member],
    );
    const email = rows[0]?.email;
    if (email === undefined) return;
    await transaction.query(
      `DELETE FROM callboard.sign_in_proofs WHERE position($1 in lower(value)) > 0`,
      [JSON.stringify(email)],
    );
  });
}

/** Keeps a member's name, as they want to be called. */
export async function renameMember(
  database: Queryable,
  member: string,
  name: string,
): Promise<void> {
  await database.query('UPDATE callboard.members SET name = $2 WHERE id = $1', [member, name]);
}

/** Keeps what the preferences cookie of a member holds. */
export async function writePreferences(
  database: Queryable,
  member: string,
  preferences: string,
): Promise<void> {
  await database.query('UPDATE callboard.members SET preferences = $2 WHERE id = $1', [
    member,
    preferences,
  ]);
}
