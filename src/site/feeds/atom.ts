import { XMLBuilder } from 'fast-xml-parser';
import { htmlOf, xmlText } from '../../program/exports/export-text.js';
import { toIso } from '../../program/time.js';
import { updatedOf, type Feed, type FeedItem } from './feed.js';

const writer = new XMLBuilder({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  suppressEmptyNode: true,
});

/** A feed in Atom (https://www.rfc-editor.org/rfc/rfc4287). */
export function writeAtom(feed: Feed): string {
  return writer.build({
    '?xml': { '@version': '1.0', '@encoding': 'UTF-8' },
    feed: {
      '@xmlns': 'http://www.w3.org/2005/Atom',
      '@xml:lang': feed.language,
      id: feed.id,
      title: xmlText(feed.title),
      updated: toIso(updatedOf(feed)),
      author: { name: xmlText(feed.author) },
      generator: 'Callboard',
      link: [
        { '@rel': 'self', '@type': 'application/atom+xml', '@href': feed.self },
        { '@rel': 'alternate', '@type': 'text/html', '@href': feed.page },
      ],
      entry: feed.items.map(entryOf),
    },
  });
}

function entryOf(item: FeedItem): object {
  return {
    id: item.id,
    title: xmlText(item.title),
    updated: toIso(item.updatedAt),
    link: { '@rel': 'alternate', '@type': 'text/html', '@href': item.address },
    // Without one of its own, an entry is by the author of the feed.
    author: item.people.map((name) => ({ name: xmlText(name) })),
    category: item.categories.map((term) => ({ '@term': xmlText(term) })),
    summary: xmlText(item.summary),
    content: { '@type': 'html', '#text': htmlOf(xmlText(item.text)) },
  };
}
