import type { State } from '../campaign/announcement.js';

/** What a person can do with announcements. */
export const verbs = ['hold', 'release', 'skip', 'retry', 'remove'] as const;

/** One of the verbs. */
export type Verb = (typeof verbs)[number];

/** From which states each verb leads. */
export const startsFrom: Readonly<Record<Verb, readonly State[]>> = {
  hold: ['planned'],
  release: ['held'],
  skip: ['planned', 'held'],
  retry: ['rejected', 'cancelled', 'expired'],
  remove: ['published'],
};
