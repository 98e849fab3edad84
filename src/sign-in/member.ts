import type { Key } from '../program/model.js';
import { memberRoles, type MemberRole } from '../storage/members.js';

/** Somebody who is signed in. */
export interface Member {
  readonly id: string;
  readonly email: string;
  /** As they want to be called; empty when they did not say. */
  readonly name: string;
  readonly role: MemberRole;
  /** What the preferences cookie holds. */
  readonly preferences: string;
  /** Who they are in the program; not everybody is in it. */
  readonly person?: Key;
}

/** A passkey of a member. */
export interface Passkey {
  readonly id: string;
  /** What its owner calls it; empty when they did not say. */
  readonly name: string;
  /** ISO 8601. */
  readonly addedAt: string;
}

/** Whether somebody may see the desk's pages. */
export function isOrganizer(member: Member | undefined): boolean {
  return member?.role === 'organizer';
}

/** A role from text; what is none is the least of them. */
export function memberRole(text: unknown): MemberRole {
  return memberRoles.find((role) => role === text) ?? 'attendee';
}
