import { z } from 'zod';
import type { Context } from '../context.js';
import { CallboardError } from '../errors.js';
import type { Key } from '../program/model.js';
import { memberRoles, type MemberRole } from '../storage/members.js';
import { vaultKey } from '../storage/vault-key.js';
import { openSignIn } from './visitors.js';
import { personNamed } from './person-named.js';
import { postOf } from './sign-in-mail.js';

/** What `invite` takes. */
export const inviteInput = z.strictObject({
  email: z.string().max(300),
  role: z.enum(memberRoles),
  /** Who they are in the program: a name, or a key. */
  person: z.string().min(1).max(300).optional(),
});

/** An invitation that was made. */
export interface Invited {
  readonly email: string;
  readonly role: MemberRole;
  /** Who they are in the program, where that was said. */
  readonly person?: { readonly key: Key; readonly name: string };
  /** A secret: whoever opens it is signed in. */
  readonly address: string;
  readonly mail: 'sent' | 'not configured' | 'not taken';
}

/**
 * Gives an address a role and makes a link for it, which is mailed where a mail server is configured.
 *
 * @throws CallboardError `mailbox-unknown`; `person-unknown` when the program has no such person, or several
 */
export async function invite(
  context: Context,
  { email, role, person: named }: z.infer<typeof inviteInput>,
): Promise<Invited> {
  if (!z.email().max(254).safeParse(email.trim().toLowerCase()).success) {
    throw new CallboardError(
      'mailbox-unknown',
      {
        place: 'callboard invite',
        problem: 'this is no e-mail address',
        remedy: 'Write it as you@example.org',
      },
      'usage',
    );
  }
  const person = named === undefined ? undefined : await personNamed(context, named);
  const signIn = await openSignIn(
    context,
    () => vaultKey(context.config),
    () => undefined,
  );
  const link = await signIn.invite({ email, role, person: person?.key });
  const post = postOf(context);
  const mail = post
    ? await post(link).then(
        () => 'sent' as const,
        () => 'not taken' as const,
      )
    : 'not configured';
  return {
    email: link.email,
    role,
    ...(person && { person: { key: person.key, name: person.name } }),
    address: link.address,
    mail,
  };
}
