import type { FC } from 'hono/jsx';
import type { Key, Person } from '../../program/model.js';
import type { Member, Passkey } from '../../sign-in/member.js';
import { PartList } from '../browse/part-list.js';
import { SitePage } from '../shell/site-page.js';
import type { View } from '../shell/view.js';
import type { OfficialPost } from '../web-context.js';

/** What an account holds, and how to end it. */
export const AccountPage: FC<{
  readonly view: View;
  readonly member: Member;
  readonly passkeys: readonly Passkey[];
  /** The posts about the sessions that the member takes part in. */
  readonly posts: ReadonlyMap<Key, readonly OfficialPost[]>;
  /** What was done just now, as a sentence. */
  readonly done?: string;
  readonly problem?: string;
}> = ({ view, member, passkeys, posts, done, problem }) => {
  const to = (path: string) => view.addresses.to(path);
  return (
    <SitePage
      view={view}
      title="My account"
      current="/account"
      styles={['account.css']}
      scripts={['passkeys.js']}
      head={<meta name="robots" content="noindex" />}
    >
      <h1>My account</h1>
      {done !== undefined && (
        <p class="done" role="status">
          {done}
        </p>
      )}
      {problem !== undefined && (
        <p class="problem" role="alert">
          {problem}
        </p>
      )}
      <dl class="facts">
        <div>
          <dt>E-mail</dt>
          <dd dir="auto">{member.email}</dd>
        </div>
        <div>
          <dt>Role</dt>
          <dd>{roleWords[member.role]}</dd>
        </div>
      </dl>
      {member.role === 'organizer' && (
        <p>
          <a href={to('/preview')}>Preview timelines</a> · <a href={to('/handoffs')}>Hand-offs</a>
        </p>
      )}
      {member.person !== undefined && (
        <YourTalks view={view} person={view.catalog.lookup.person(member.person)} posts={posts} />
      )}
      <form method="post" action={to('/account/name')} class="account-form">
        <label for="name">Name</label>
        <input
          id="name"
          name="name"
          value={member.name}
          maxlength={120}
          autocomplete="name"
          dir="auto"
        />
        <button type="submit" class="button">
          Save the name
        </button>
      </form>
      <Passkeys view={view} passkeys={passkeys} />
      <section class="account-form">
        <h2>Sign out</h2>
        <form method="post" action={to('/sign-out')}>
          <button type="submit" class="button">
            Sign out here
          </button>
        </form>
        <form method="post" action={to('/account/sign-out')}>
          <button type="submit" class="button">
            Sign out everywhere
          </button>
        </form>
      </section>
      <form method="post" action={to('/account/delete')} class="account-form">
        <h2>Delete my account</h2>
        <p>
          Your address, name, passkeys, preferences and schedule are deleted at once, and your
          calendar’s private address ends. It cannot be taken back.
        </p>
        <label class="choice">
          <input type="checkbox" name="sure" value="yes" required />
          <span>Yes, delete everything</span>
        </label>
        <button type="submit" class="button">
          Delete my account
        </button>
      </form>
    </SitePage>
  );
};

const roleWords = {
  attendee: 'Attendee',
  presenter: 'Presenter',
  organizer: 'Organizer',
} as const;

/** What a presenter comes for: where the posts about their talks are, and what they can share themselves. */
const YourTalks: FC<{
  readonly view: View;
  readonly person: Person | undefined;
  readonly posts: ReadonlyMap<Key, readonly OfficialPost[]>;
}> = ({ view, person, posts }) => {
  const parts = person ? view.catalog.parts(person.key) : [];
  return (
    <section>
      <h2>Your talks</h2>
      {person && parts.length > 0 ? (
        <>
          <p class="quiet">
            As{' '}
            <a href={view.addresses.to(`/people/${person.key}`)} dir="auto">
              {person.name}
            </a>
            . The meeting’s posts about them stand here as soon as they are made.
          </p>
          <PartList view={view} parts={parts} posts={posts} />
        </>
      ) : (
        <p class="empty">
          You take no part in this version of the program. If that is wrong, write to the
          organizers.
        </p>
      )}
    </section>
  );
};

const Passkeys: FC<{ readonly view: View; readonly passkeys: readonly Passkey[] }> = ({
  view,
  passkeys,
}) => (
  <section class="account-form">
    <h2>Passkeys</h2>
    {passkeys.length === 0 ? (
      <p class="quiet">None yet. With a passkey you sign in by your device, without mail.</p>
    ) : (
      <ul class="passkeys">
        {passkeys.map(({ id, name, addedAt }) => (
          <li>
            <span dir="auto">{name === '' ? 'A passkey' : name}</span>{' '}
            <span class="quiet">added {view.times.day(Date.parse(addedAt))}</span>
            <form method="post" action={view.addresses.to('/account/passkeys/remove')}>
              <input type="hidden" name="id" value={id} />
              <button type="submit" class="button">
                Remove<span class="unseen"> {name}</span>
              </button>
            </form>
          </li>
        ))}
      </ul>
    )}
    <form
      id="new-passkey"
      hidden
      data-question={view.addresses.to('/account/passkeys/question')}
      data-answer={view.addresses.to('/account/passkeys')}
      data-done={view.addresses.to('/account?done=passkey')}
    >
      <label for="passkey-name">A name for it</label>
      <input id="passkey-name" name="name" maxlength={80} placeholder="My phone" dir="auto" />
      <button type="submit" class="button">
        Add a passkey
      </button>
      <p class="problem" role="alert"></p>
    </form>
    <noscript>
      <p class="quiet">Adding a passkey needs JavaScript.</p>
    </noscript>
  </section>
);
