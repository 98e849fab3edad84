import type { FC } from 'hono/jsx';
import type { Key } from '../../program/model.js';
import { Icon } from '../shell/icons.js';
import type { View } from '../shell/view.js';

/**
 * Puts a session into the visitor's schedule, or takes it out: a form, which works without scripts. Pages that are made once for everybody do not know what is
 * starred; `stars.js` marks it in the browser.
 */
export const StarButton: FC<{
  readonly view: View;
  readonly session: Key;
  /** Of the session, for those who do not see beside what the button stands. */
  readonly title: string;
  /** Known on pages that are made for one visitor. */
  readonly isStarred?: boolean;
}> = ({ view, session, title, isStarred }) => (
  <form
    class="star"
    method="post"
    action={view.addresses.to('/schedule/stars')}
    data-star={session}
  >
    <input type="hidden" name="session" value={session} />
    <input
      type="hidden"
      name="on"
      value={isStarred === undefined ? 'toggle' : String(!isStarred)}
    />
    <button
      type="submit"
      class="button star-button"
      aria-pressed={isStarred === undefined ? undefined : String(isStarred)}
    >
      <Icon name="star" />
      <Icon name="star-full" />
      <span>Star</span>
      <span class="unseen">: {title}</span>
    </button>
    <span class="star-note" role="status"></span>
  </form>
);
