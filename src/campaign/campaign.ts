import type { EpochMs } from '../program/time.js';
import type { Attachment, Caps, LinkPolicy, Pace, YoutubeWay } from './account-manners.js';
import type { Account } from './network.js';

/** The organizer's rules: what is announced where, when, how. */
export interface Campaign {
  /** One run of one conference; part of every identity. Lower-case letters, digits and hyphens. */
  readonly edition: string;
  readonly conference: {
    readonly name: string;
    /** IANA zone in which wall-clock times are said and computed. */
    readonly zone: string;
    /** Without `#`. */
    readonly hashtags: readonly string[];
    /** What a unit is called: Division, Section, SIG, Track. */
    readonly unitLabel: string;
    /** BCP 47 tag in which dates are said. */
    readonly language: string;
    /** BCP 47 tag of what stands between the words of the templates, such as "in 15 minutes"; the conference's language without it. */
    readonly wordsIn?: string;
  };
  /** Public address of the program site, without a trailing slash; a session stands at `<site>/sessions/<key>`. */
  readonly site: string;
  /** When the campaign began: a lead time past by then is a note, not a row. */
  readonly beganAt: EpochMs;
  readonly accounts: readonly AccountRules[];
  /** Wall-clock times of the conference zone, `HH:MM`; `from` may be later than `to`, then the night lies between. */
  readonly quietHours?: { readonly from: string; readonly to: string };
  /** Whether announcements wait for a person's release. */
  readonly approval: boolean;
  /** Whether a session without a room, or with one called TBA, waits for a person. */
  readonly holdWithoutRoom: boolean;
}

/** What is announced on one account. */
export interface AccountRules {
  readonly account: Account;
  readonly leads: readonly LeadRule[];
  readonly only: SessionFilter;
  readonly except: SessionFilter;
  /** The most posts in so many milliseconds; undefined is as fast as the network takes them. */
  readonly pace?: Pace;
  readonly links: LinkPolicy;
  readonly attach: Attachment;
  readonly caps: Caps;
  /** The network's base address in place of its own: another PDS, a proxy, a test. */
  readonly server?: string;
  /** YouTube only. */
  readonly way?: YoutubeWay;
  /** Threads only: the topic that posts are filed under. */
  readonly topicTag?: string;
  /** The longest text in this network's unit, where it is configurable (YouTube). */
  readonly textLimit?: number;
}

/** One lead time on one account. */
export interface LeadRule {
  /** How long before the start a post is due, ISO 8601: `P7D`, `P1D`, `PT1H`, `PT15M`. Days keep the wall-clock time, hours do not. */
  readonly leadTime: string;
  /** Name of the template, `bluesky/P1D`: a file under `templates/`, without its ending. */
  readonly template: string;
  /** How long after the due moment it may still be sent, ISO 8601. */
  readonly grace: string;
}

/** Lists of names; an empty list says nothing. Compared without regard to case. */
export interface SessionFilter {
  readonly units: readonly string[];
  readonly types: readonly string[];
  readonly rooms: readonly string[];
}
