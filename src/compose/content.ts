import type { Key } from '../program/model.js';
import type { EpochMs } from '../program/time.js';

/** How long a text is, in the unit that its network counts. */
export interface TextLength {
  readonly used: number;
  readonly limit: number;
  readonly unit: 'graphemes' | 'characters' | 'weighted';
}

/** What a card shows; the same data gives the same picture and the same alt text. All plain text. */
export interface CardContent {
  readonly conference: string;
  readonly title: string;
  /** In order; the card shows as many as fit. */
  readonly people: readonly string[];
  /** Said for a reader: 'Sat 27 Dec, 10:30–11:00 CET'. */
  readonly time: string;
  readonly room?: string;
  readonly unit?: string;
  /** Name of the layout under `templates/cards/`. */
  readonly layout: string;
}

/** A picture by reference: the pixels are drawn from `card` at most once per digest. */
export interface Picture {
  /** Digest of card, layout and drawing version. */
  readonly digest: string;
  readonly card: CardContent;
  readonly alt: string;
}

/** What an announcement was true about when it was composed; a correction compares against this. */
export interface Facts {
  readonly programVersion: number;
  readonly sessions: readonly {
    readonly key: Key;
    readonly title: string;
    readonly startsAt: EpochMs;
    readonly endsAt: EpochMs;
    readonly room?: string;
  }[];
}

/** Everything that is sent for one announcement. */
export interface Content {
  /** Fits the network's limit; holds the link to the letter, unless the account's link policy leaves it out. */
  readonly text: string;
  readonly length: TextLength;
  readonly link: { readonly url: string; readonly title: string; readonly description: string };
  /** Without `#`, those that stand in the text. */
  readonly hashtags: readonly string[];
  /** BCP 47 tags. */
  readonly languages: readonly string[];
  readonly picture?: Picture;
  readonly facts: Facts;
  /** Digest of all of the above but the program's version: what was prepared stays good while a new version says the same. */
  readonly digest: string;
}
