import { htmlOf } from '../../program/exports/export-text.js';
import { toIso } from '../../program/time.js';
import type { Feed, FeedItem } from './feed.js';

/** A feed in JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/). */
export function writeJsonFeed(feed: Feed): string {
  const document = {
    version: 'https://jsonfeed.org/version/1.1',
    title: feed.title,
    home_page_url: feed.page,
    feed_url: feed.self,
    language: feed.language,
    authors: [{ name: feed.author }],
    items: feed.items.map(itemOf),
  };
  return `${JSON.stringify(document)}\n`;
}

function itemOf(item: FeedItem): object {
  return {
    id: item.id,
    url: item.address,
    title: item.title,
    summary: item.summary,
    content_html: htmlOf(item.text),
    content_text: item.text,
    date_modified: toIso(item.updatedAt),
    ...(item.categories.length > 0 && { tags: item.categories }),
    ...(item.people.length > 0 && { authors: item.people.map((name) => ({ name })) }),
  };
}
