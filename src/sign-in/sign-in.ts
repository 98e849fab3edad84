import { z } from 'zod';
import type { Clock } from '../clock.js';
import { tryAgainst, type Limit } from '../storage/attempts.js';
import type { Database } from '../storage/database.js';
import {
  appointMember,
  deleteMember,
  renameMember,
  writePreferences,
  type Appointment,
  type MemberRole,
} from '../storage/members.js';
import { createAuth, tokenDigest, type LinkMetadata } from './auth.js';
import { usualLimits, type SignInLimits } from './limits.js';
import { memberRole, type Member } from './member.js';
import { createPasskeys, type Passkeys } from './passkeys.js';
import { isRefusal } from './refusal.js';
import type { CountProof, Prove, Proven, TooMany, Visit } from './visit.js';

/** A link on its way to its mailbox. */
export interface SignInLink {
  readonly email: string;
  /** Good once, for 15 minutes: a secret. */
  readonly address: string;
  /** Given when somebody is invited. */
  readonly role?: MemberRole;
}

/** What signing in is built on. */
export interface SignInParts {
  readonly database: Database;
  readonly clock: Clock;
  /** Public address of the site, without a trailing slash. */
  readonly site: string;
  readonly conference: string;
  /** See `signInSecret`. */
  readonly secret: string;
  /** Brings a link to its mailbox, or to the terminal. A throw is told to `report`, never to who asked. */
  readonly deliver: (link: SignInLink) => Promise<void>;
  readonly report: (error: unknown) => void;
  readonly limits?: SignInLimits;
}

/** What became of a wish for a link. */
export type LinkAsked =
  /** It is on its way, whoever the address belongs to. */
  { readonly kind: 'sent' } | { readonly kind: 'no-mailbox' } | TooMany;

/** Signing in, and everything about who is signed in. */
export interface SignIn {
  /**
   * Sends a link that signs its reader in. The answer, and how long it takes, are the same for an address that was never here.
   *
   * @param back path within the site to go on to
   */
  askForLink(wish: {
    readonly email: string;
    readonly client: string;
    readonly back: string;
  }): Promise<LinkAsked>;
  /** The mailbox that a link's token was sent to; undefined for one that is used, expired or guessed. It uses nothing up. */
  mailboxOf(token: string): Promise<string | undefined>;
  /** Signs in by the token of a link, which is used up by it. */
  useLink(token: string, visit: Visit): Promise<Proven>;
  /** Who is signed in, and cookies that put the end of it off. */
  who(visit: Pick<Visit, 'cookie'>): Promise<
    | {
        readonly member: Member;
        readonly setCookies: readonly string[];
      }
    | undefined
  >;
  /** Ends it in this browser; answers the cookies that say so. */
  leave(visit: Pick<Visit, 'cookie'>): Promise<readonly string[]>;
  /** Ends it in every browser. */
  leaveEverywhere(visit: Pick<Visit, 'cookie'>): Promise<void>;
  readonly passkeys: Passkeys;
  rename(member: Member, name: string): Promise<void>;
  keepPreferences(member: Pick<Member, 'id'>, preferences: string): Promise<void>;
  /** Deletes a member with all that is kept for them. */
  forget(member: Pick<Member, 'id'>): Promise<void>;
  /** Gives an address a role, and answers a link for it, which whoever asks brings there; somebody who is in the program it leads to their account, where their talks are. */
  invite(appointment: Appointment): Promise<SignInLink>;
  /** Waits for the links that are on their way. */
  close(): Promise<void>;
}

const mailbox = z.email().max(254);
/** What better-auth keeps of a link. */
const linkProof = z.object({ email: z.string() });
const mostPreferences = 400;

/** Signing in on the same database as everything else. */
export function createSignIn(parts: SignInParts): SignIn {
  const { database, clock, site, deliver, report, limits = usualLimits } = parts;
  const auth = createAuth(parts);
  const underway = new Set<Promise<void>>();

  const tries = (name: string, limit: Limit) => tryAgainst(database, name, limit, clock.now());
  const send = (link: SignInLink) => {
    // Not waited for: how long a mail server takes is nothing to learn from.
    const sending = Promise.resolve(link)
      .then(deliver)
      .catch(report)
      .finally(() => underway.delete(sending));
    underway.add(sending);
  };
  const linkFor = async (email: string, back: string): Promise<string> => {
    let token = '';
    const metadata: LinkMetadata = { deliver: (made) => (token = made) };
    await auth.api.signInMagicLink({ body: { email, metadata: { ...metadata } }, headers: {} });
    const query = new URLSearchParams({ token, ...(back !== '' && { back }) });
    return `${site}/sign-in/link?${query.toString()}`;
  };
  const who: SignIn['who'] = async ({ cookie }) => {
    if (cookie === '') return undefined;
    const { headers, response } = await auth.api.getSession({
      headers: new Headers({ cookie }),
      returnHeaders: true,
    });
    if (!response) return undefined;
    const { id, email, name, role, preferences, person } = response.user;
    const member = {
      id,
      email,
      name,
      role: memberRole(role),
      preferences: preferences ?? '',
      ...(person && { person }),
    };
    return { member, setCookies: headers.getSetCookie() };
  };
  const countProof: CountProof = async (client) => {
    const counted = await tries(`proof ${client}`, limits.proofsPerClient);
    return counted.ok ? undefined : { kind: 'too-many', freeAt: counted.freeAt };
  };
  /** Runs a proof of who somebody is; the sign-in that the browser had before ends with it. */
  const prove: Prove = async ({ cookie, client }, proof) => {
    const tooMany = await countProof(client);
    if (tooMany) return tooMany;
    const headers = new Headers({ cookie });
    const proven = await proof(headers).catch((thrown: unknown) => {
      if (isRefusal(thrown)) return undefined;
      throw thrown;
    });
    if (!proven) return { kind: 'refused' };
    await auth.api.signOut({ headers }).catch(() => undefined);
    const setCookies = proven.headers.getSetCookie();
    const now = await who({ cookie: setCookies.map(valueOf).join('; ') });
    return now ? { kind: 'in', member: now.member, setCookies } : { kind: 'refused' };
  };

  return {
    async askForLink({ email: typed, client, back }) {
      const { success, data } = mailbox.safeParse(typed.trim().toLowerCase());
      if (!success) return { kind: 'no-mailbox' };
      for (const [name, limit] of [
        [`link from ${client}`, limits.linksPerClient],
        [`link to ${data}`, limits.linksPerMailbox],
      ] as const) {
        const counted = await tries(name, limit);
        if (!counted.ok) return { kind: 'too-many', freeAt: counted.freeAt };
      }
      send({ email: data, address: await linkFor(data, back) });
      return { kind: 'sent' };
    },
    async mailboxOf(token) {
      const { internalAdapter } = await auth.$context;
      const kept = await internalAdapter.findVerificationValue(tokenDigest(token));
      if (!kept || kept.expiresAt.getTime() <= Date.now()) return undefined;
      return linkProof.parse(JSON.parse(kept.value)).email;
    },
    useLink: (token, visit) =>
      prove(visit, (headers) =>
        auth.api.magicLinkVerify({ query: { token }, headers, returnHeaders: true }),
      ),
    who,
    async leave({ cookie }) {
      const { headers } = await auth.api.signOut({
        headers: new Headers({ cookie }),
        returnHeaders: true,
      });
      return headers.getSetCookie();
    },
    async leaveEverywhere({ cookie }) {
      await auth.api.revokeSessions({ headers: new Headers({ cookie }) });
    },
    passkeys: createPasskeys(auth, prove, countProof),
    rename: (member, name) => renameMember(database, member.id, name.trim().slice(0, 120)),
    keepPreferences: ({ id }, preferences) =>
      writePreferences(database, id, preferences.slice(0, mostPreferences)),
    forget: ({ id }) => deleteMember(database, id),
    async invite({ email: typed, role, person }) {
      const email = mailbox.parse(typed.trim().toLowerCase());
      await appointMember(database, { email, role, person }, clock.now());
      const address = await linkFor(email, person === undefined ? '' : '/account');
      return { email, role, address };
    },
    async close() {
      await Promise.all(underway);
    },
  };
}

function valueOf(setCookie: string): string {
  return setCookie.split(';', 1)[0] ?? '';
}
