import type { FC } from 'hono/jsx';
import { SitePage } from '../shell/site-page.js';
import type { View } from '../shell/view.js';

/** Asking for a link, or for a passkey. */
export const SignInPage: FC<{
  readonly view: View;
  /** Path within the site to go on to. */
  readonly back: string;
  /** What was typed and not taken. */
  readonly email?: string;
  /** Why, as a sentence; or why somebody is asked to sign in. */
  readonly problem?: string;
  readonly note?: string;
}> = ({ view, back, email = '', problem, note }) => (
  <SitePage
    view={view}
    title={problem === undefined ? 'Sign in' : 'Not taken: Sign in'}
    current="/sign-in"
    styles={['account.css']}
    scripts={['passkeys.js']}
    head={<meta name="robots" content="noindex" />}
  >
    <h1>Sign in</h1>
    <p class="lead">
      {note ??
        'The program needs no account. With one, your schedule and preferences are the same on every device.'}
    </p>
    <form method="post" action={view.addresses.to('/sign-in')} class="account-form">
      <label for="email">E-mail address</label>
      <input
        id="email"
        name="email"
        type="email"
        autocomplete="email"
        required
        maxlength={254}
        value={email}
        aria-invalid={problem === undefined ? undefined : 'true'}
        aria-describedby={problem === undefined ? 'email-hint' : 'email-problem email-hint'}
        autofocus={problem !== undefined}
      />
      {problem !== undefined && (
        <p class="problem" id="email-problem" role="alert">
          {problem}
        </p>
      )}
      <p class="quiet" id="email-hint">
        You get a link by mail. There is no password.
      </p>
      <input type="hidden" name="back" value={back} />
      <button type="submit" class="button strong">
        Send me a link
      </button>
    </form>
    <section
      class="account-form"
      id="passkey"
      hidden
      data-question={view.addresses.to('/sign-in/passkey/question')}
      data-answer={view.addresses.to('/sign-in/passkey')}
      data-back={back}
    >
      <h2>With a passkey</h2>
      <p class="quiet">For those who added one to their account.</p>
      <button type="button" class="button">
        Use a passkey
      </button>
      <p class="problem" role="alert"></p>
    </section>
  </SitePage>
);

/** What is said after a link was asked for, whoever asked. */
export const LinkSentPage: FC<{ readonly view: View }> = ({ view }) => (
  <SitePage
    view={view}
    title="Look into your mail"
    current="/sign-in"
    styles={['account.css']}
    head={<meta name="robots" content="noindex" />}
  >
    <h1>Look into your mail</h1>
    <p class="lead">
      A link is on its way. It works once, for 15 minutes, in any browser: open it where you want to
      be signed in.
    </p>
    <p>
      Nothing there? Look among the unwanted mail, or{' '}
      <a href={view.addresses.to('/sign-in')}>ask for another link</a>.
    </p>
  </SitePage>
);

/** Where a link leads: one more press, so that a mail program which opens links ahead does not use it up. It says whose account it is: the link may be a stranger's, who wants this browser in theirs. */
export const UseLinkPage: FC<{
  readonly view: View;
  /** The mailbox that the link was sent to. */
  readonly email: string;
  readonly token: string;
  readonly back: string;
}> = ({ view, email, token, back }) => (
  <SitePage
    view={view}
    title="Sign in"
    current="/sign-in"
    styles={['account.css']}
    head={<meta name="robots" content="noindex" />}
  >
    <h1>Sign in</h1>
    <p class="lead">
      One press, and you are signed in as <b dir="auto">{email}</b> in this browser. What is starred
      in it without an account joins that account.
    </p>
    <p>
      Not your address? Then somebody else sent you this link: leave this page, and{' '}
      <a href={view.addresses.to('/sign-in')}>ask for a link of your own</a>.
    </p>
    <form method="post" action={view.addresses.to('/sign-in/link')} class="account-form">
      <input type="hidden" name="token" value={token} />
      <input type="hidden" name="back" value={back} />
      <button type="submit" class="button strong">
        Sign me in
      </button>
    </form>
  </SitePage>
);
