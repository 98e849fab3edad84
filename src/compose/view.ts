import type { Network } from '../campaign/network.js';
import { defuse, shorten } from './plain-text.js';
import type { SessionFacts } from './session-facts.js';
import type { When, Wording } from './wording.js';

/** How much of a session a template is given: `fit.ts` goes down from everything until the text fits. */
export interface Richness {
  /** How many hashtags. */
  readonly hashtags: number;
  /** How many people of each list, before "et al."; 0 leaves the lists empty. */
  readonly people: number;
  /** How many presentations. */
  readonly presentations: number;
  /** How many of `optionalParts` are gone. */
  readonly without: number;
  /** How many graphemes of the title. */
  readonly title: number;
}

/** Everything there is. */
export const everything: Richness = {
  hashtags: Infinity,
  people: Infinity,
  presentations: Infinity,
  without: 0,
  title: Infinity,
};

/** What is dropped after the people have become "et al." and before the title is cut, first to last. */
export const optionalParts = [
  'abstract',
  'presentations',
  'subtitle',
  'discussants',
  'chairs',
  'type',
  'building',
  'unit',
] as const;

/** What a template sees: plain data, every name always there, null where there is nothing. Documented in docs/templates.md. */
export interface View {
  readonly session: {
    readonly title: string;
    readonly subtitle: string | null;
    readonly type: string | null;
    readonly abstract: string | null;
  };
  readonly presenters: string | null;
  readonly chairs: string | null;
  readonly discussants: string | null;
  readonly presentations: readonly {
    readonly title: string;
    readonly time: string | null;
    readonly presenters: string | null;
  }[];
  readonly unit: string | null;
  readonly unitLabel: string;
  readonly room: string | null;
  readonly building: string | null;
  readonly floor: string | null;
  /** Room, building and floor, as many as there are. */
  readonly place: string | null;
  readonly start: When;
  readonly link: string;
  readonly hashtags: readonly string[];
  readonly conference: string;
  readonly network: Network;
  readonly leadTime: string;
}

/** What a view is made from besides the facts; the same for every richness. */
export interface Occasion {
  readonly facts: SessionFacts;
  readonly when: When;
  readonly wording: Wording;
  readonly network: Network;
  readonly leadTime: string;
  readonly link: string;
  /** With `#`. */
  readonly hashtags: readonly string[];
  readonly conference: string;
  readonly unitLabel: string;
}

/** The data of one occasion, as rich as asked; text from the program mentions and links nobody on the network. */
export function viewOf(occasion: Occasion, richness: Richness): View {
  const { facts, wording, network } = occasion;
  const gone: readonly string[] = optionalParts.slice(0, richness.without);
  const safe = (text: string | undefined) => (text === undefined ? null : defuse(text, network));
  const optional = (part: (typeof optionalParts)[number], text: string | undefined) =>
    gone.includes(part) ? null : safe(text);
  const names = (people: readonly string[]) =>
    safe(wording.names(people, richness.people) || undefined);
  const building = optional('building', facts.room?.building);
  const floor = optional('building', facts.room?.floor);
  const room = safe(facts.room?.name);
  return {
    session: {
      title: defuse(shorten(facts.title, richness.title), network),
      subtitle: optional('subtitle', facts.subtitle),
      type: optional('type', facts.type),
      abstract: optional('abstract', facts.abstract),
    },
    presenters: names(facts.presenters),
    chairs: gone.includes('chairs') ? null : names(facts.chairs),
    discussants: gone.includes('discussants') ? null : names(facts.discussants),
    presentations: gone.includes('presentations')
      ? []
      : facts.presentations.slice(0, richness.presentations).map((presentation) => ({
          title: defuse(presentation.title, network),
          time: presentation.startsAt === undefined ? null : wording.clock(presentation.startsAt),
          presenters: names(presentation.presenters),
        })),
    unit: optional('unit', facts.unit),
    unitLabel: occasion.unitLabel,
    room,
    building,
    floor,
    place: [room, building, floor].filter((part) => part !== null).join(', ') || null,
    start: occasion.when,
    link: occasion.link,
    hashtags: occasion.hashtags.slice(0, richness.hashtags),
    conference: occasion.conference,
    network,
    leadTime: occasion.leadTime,
  };
}
