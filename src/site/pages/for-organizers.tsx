import type { FC } from 'hono/jsx';
import { SitePage } from '../shell/site-page.js';
import type { View } from '../shell/view.js';

/** What somebody reads who is signed in and asks for a page of the organizers. */
export const ForOrganizersPage: FC<{ readonly view: View; readonly email: string }> = ({
  view,
  email,
}) => (
  <SitePage view={view} title="For organizers" head={<meta name="robots" content="noindex" />}>
    <div class="notice">
      <p class="eyebrow">403</p>
      <h1>For organizers</h1>
      <p>
        This page is for the organizers of the meeting. You are signed in as{' '}
        <b dir="auto">{email}</b>, who is none of them. If you should be, ask an organizer for an
        invitation.
      </p>
      <p>
        Go to <a href={view.addresses.to('/account')}>your account</a>, or to{' '}
        <a href={view.addresses.to('/')}>the calendar</a>.
      </p>
    </div>
  </SitePage>
);
