import { createSignIn, type SignIn, type SignInLink } from '../../src/sign-in/sign-in.js';
import type { SignInLimits } from '../../src/sign-in/limits.js';
import type { Database } from '../../src/storage/database.js';
import { testClock, type TestClock } from '../support/test-clock.js';

/** Signing in on a real database, with the links that were sent. */
export interface SignInStage {
  readonly signIn: SignIn;
  readonly links: SignInLink[];
  readonly reported: unknown[];
  readonly clock: TestClock;
  /** The token of the newest link to a mailbox. */
  tokenFor: (email: string) => string;
  /** Signs somebody in by a link; answers their Cookie header. */
  enter: (email: string) => Promise<string>;
}

export const meeting = 'https://meeting.example.org/program';
export const secret = 'a secret of at least thirty-two characters';

/** The Cookie header that a browser would send after these. */
export function cookieOf(setCookies: readonly string[]): string {
  return setCookies
    .filter((one) => !/max-age=0/i.test(one))
    .map((one) => one.split(';', 1)[0])
    .join('; ');
}

/** A stage for signing in. */
export function signInStage(
  database: Database,
  { site = meeting, limits }: { readonly site?: string; readonly limits?: SignInLimits } = {},
): SignInStage {
  const links: SignInLink[] = [];
  const reported: unknown[] = [];
  const clock = testClock(Date.UTC(2026, 10, 24, 13));
  const signIn = createSignIn({
    database,
    clock,
    site,
    conference: 'Northern Meeting',
    secret,
    deliver: (link) => {
      links.push(link);
      return Promise.resolve();
    },
    report: (error) => void reported.push(error),
    ...(limits && { limits }),
  });
  const tokenFor = (email: string) => {
    const address = links.findLast((link) => link.email === email)?.address ?? '';
    return new URL(address).searchParams.get('token') ?? '';
  };
  return {
    signIn,
    links,
    reported,
    clock,
    tokenFor,
    async enter(email) {
      await signIn.askForLink({ email, client: 'a test', back: '' });
      const proven = await signIn.useLink(tokenFor(email), { cookie: '', client: 'a test' });
      if (proven.kind !== 'in') throw new Error(`not signed in: ${proven.kind}`);
      return cookieOf(proven.setCookies);
    },
  };
}
