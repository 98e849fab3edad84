import type { EpochMs } from '../../program/time.js';

/** A list to follow, as Atom and JSON Feed both say it. */
export interface Feed {
  /** Permanent, as a URN. */
  readonly id: string;
  readonly title: string;
  /** Public address of the page that shows the same. */
  readonly page: string;
  /** Public address of the feed itself. */
  readonly self: string;
  /** BCP 47 tag of the texts. */
  readonly language: string;
  /** The conference. */
  readonly author: string;
  readonly items: readonly FeedItem[];
}

/** One thing in a feed. Texts are plain. */
export interface FeedItem {
  /** Permanent, as a URN: the same for the same thing whatever becomes of it. */
  readonly id: string;
  readonly title: string;
  /** Public address of its page. */
  readonly address: string;
  readonly updatedAt: EpochMs;
  /** One line. */
  readonly summary: string;
  /** Paragraphs, parted by an empty line. */
  readonly text: string;
  readonly categories: readonly string[];
  readonly people: readonly string[];
}

/** The newest change of a feed; 1970 for an empty one, so that the same content has the same bytes. */
export function updatedOf({ items }: Feed): EpochMs {
  return items.reduce((last, { updatedAt }) => Math.max(last, updatedAt), 0);
}
