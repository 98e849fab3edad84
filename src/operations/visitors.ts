import type { Context } from '../context.js';
import type { SignIn, SignInLink } from '../sign-in/sign-in.js';
import type { Visitors } from '../site/visitors.js';
import { memberOfToken, renewScheduleToken, scheduleToken } from '../storage/schedule-addresses.js';
import { giveStars, removeStar, starsOf, type StarsOf } from '../storage/stars.js';
import { vaultKey } from '../storage/vault-key.js';
import { postOf } from './sign-in-mail.js';

/** Signing in and schedules, of one edition. `report` hears of mail that was not taken. */
export function createVisitors(context: Context, report: (error: unknown) => void): Visitors {
  const { config, database, edition, clock } = context;
  let opened: Promise<SignIn> | undefined;
  let made: Uint8Array | undefined;
  const key = () => (made ??= vaultKey(config));
  const of = (member: string): StarsOf => ({ edition: edition.id, member });

  return {
    signIn: () => (opened ??= openSignIn(context, key, report)),
    schedules: {
      stars: ({ id }) => starsOf(database, of(id)),
      give: ({ id }, sessions) => giveStars(database, of(id), sessions, clock.now()),
      remove: ({ id }, session) => removeStar(database, of(id), session, clock.now()),
      token: ({ id }) => scheduleToken(database, of(id), key(), clock.now()),
      renewToken: ({ id }) => renewScheduleToken(database, of(id), key(), clock.now()),
      async ofToken(token) {
        const member = await memberOfToken(database, edition.id, token);
        return member === undefined ? undefined : starsOf(database, of(member));
      },
    },
    async close() {
      await (await opened)?.close();
    },
  };
}

/** Keeps preferences with the account of who is signed in; of anybody else nothing. */
export async function keepPreferences(
  visitors: Visitors,
  headers: Headers,
  preferences: string,
): Promise<void> {
  const cookie = headers.get('cookie') ?? '';
  // Most visitors have no account: their cookies are not worth a look into the database.
  if (!cookie.includes('callboard.session_token=')) return;
  const signIn = await visitors.signIn();
  const there = await signIn.who({ cookie });
  if (there) await signIn.keepPreferences(there.member, preferences);
}

/** Signing in with the secret of this data folder, or of `CALLBOARD_SECRET`. */
export async function openSignIn(
  { config, database, edition, clock, events }: Context,
  key: () => Uint8Array,
  report: (error: unknown) => void,
): Promise<SignIn> {
  const [{ createSignIn }, { signInSecret }] = await Promise.all([
    import('../sign-in/sign-in.js'),
    import('../sign-in/secret.js'),
  ]);
  const conference = config.conference.name ?? edition.title;
  const post = postOf({ config, edition });
  const onTerminal = ({ email, address }: SignInLink) => {
    events.emit({ kind: 'sign-in-link', email, address });
    return Promise.resolve();
  };
  return createSignIn({
    database,
    clock,
    site: config.site,
    conference,
    secret: signInSecret(key()),
    deliver: post ?? onTerminal,
    report,
  });
}
