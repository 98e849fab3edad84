import type { FC } from 'hono/jsx';
import { Icon } from '../shell/icons.js';
import type { View } from '../shell/view.js';

/** The same list for calendars and feed readers: the page's own address with another ending. */
export const FeedLinks: FC<{
  readonly view: View;
  readonly path: string;
  readonly query: string;
}> = ({ view, path, query }) => {
  const { addresses } = view;
  const feed = (ending: string) =>
    addresses.to(`${path === '/' ? '/program' : path}.${ending}${query === '' ? '' : `?${query}`}`);
  return (
    <p class="feeds">
      <Icon name="feed" />
      <a href={feed('ics')}>Calendar (iCalendar)</a>
      <a href={feed('atom')}>Atom</a>
      <a href={feed(path === '/' ? 'feed.json' : 'json')}>JSON Feed</a>
    </p>
  );
};
