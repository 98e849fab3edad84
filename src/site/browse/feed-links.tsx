import type { FC } from 'hono/jsx';
import { Icon } from '../shell/icons.js';
import type { View } from '../shell/view.js';

/** A list that can be followed. */
interface FollowedList {
  readonly view: View;
  /** Of its page, without the base path. */
  readonly path: string;
  readonly query: string;
}

/** The same list for calendars and feed readers: the page's own address with another ending. */
export const FeedLinks: FC<FollowedList> = (list) => (
  <p class="feeds">
    <Icon name="feed" />
    {feedsOf(list).map(({ name, href }) => (
      <a href={href}>{name}</a>
    ))}
  </p>
);

/** The same in the head of the page, where feed readers look. */
export const FeedHead: FC<FollowedList & { readonly title: string }> = ({ title, ...list }) => (
  <>
    {feedsOf(list).map(({ type, href }) => (
      <link rel="alternate" type={type} title={title} href={href} />
    ))}
  </>
);

/** The head of a page that is one list, whatever narrows it: its one address, and the feeds of what is shown. */
export const ListHead: FC<FollowedList & { readonly title: string }> = (list) => (
  <>
    <link rel="canonical" href={list.view.addresses.absolute(list.path)} />
    <FeedHead {...list} />
  </>
);

function feedsOf({ view: { addresses }, path, query }: FollowedList) {
  const isHome = path === '/';
  const feed = (ending: string) =>
    addresses.to(`${isHome ? '/program' : path}.${ending}${query === '' ? '' : `?${query}`}`);
  return [
    { name: 'Calendar (iCalendar)', type: 'text/calendar', href: feed('ics') },
    { name: 'Atom', type: 'application/atom+xml', href: feed('atom') },
    {
      name: 'JSON Feed',
      type: 'application/feed+json',
      href: feed(isHome ? 'feed.json' : 'json'),
    },
  ];
}
