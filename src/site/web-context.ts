import type { State } from '../campaign/announcement.js';
import type { Network } from '../campaign/network.js';
import type { Clock } from '../clock.js';
import type { Picture } from '../compose/content.js';
import type { Events } from '../events.js';
import type { PreviewTimeline } from '../networks/preview/timeline.js';
import type { ProgramChange } from '../program/changes.js';
import type { ProgramPast } from '../program/history.js';
import type { ProgramLookup } from '../program/lookup.js';
import type { Key } from '../program/model.js';
import type { EpochMs } from '../program/time.js';
import type { FeedContext } from './feeds/feed-context.js';
import type { Visitors } from './visitors.js';

/** What the pages say about the conference. */
export interface Conference {
  readonly name: string;
  /** IANA zone in which times are said. */
  readonly zone: string;
  /** BCP 47 tag of the conference's own texts. */
  readonly language: string;
  /** What a unit is called here: Division, Section, SIG, Track. */
  readonly unitLabel: string;
}

/** The next announcement on one network. */
export interface NextDue {
  readonly network: Network;
  readonly at: EpochMs;
  /** Title of its first session. */
  readonly title: string;
}

/** How the campaign stands, for the head of the desk's pages. */
export interface CampaignStatus {
  /** Present while everything is paused. */
  readonly paused?: { readonly reason: string; readonly since: EpochMs };
  /** Announcements by state; a state without any may be left out. */
  readonly counts: Readonly<Partial<Record<State, number>>>;
  /** Networks with announcements that are held. */
  readonly heldOn: readonly Network[];
  /** At most one per network, soonest first; empty when nothing more is planned. */
  readonly next: readonly NextDue[];
}

/** When an announcement was to be made. */
export interface Due {
  /** ISO 8601 duration. */
  readonly leadTime: string;
  readonly dueAt: EpochMs;
}

/** A post that waits to be put up by a person. */
export interface WaitingHandOff {
  /** Of its announcement. */
  readonly id: string;
  readonly network: Network;
  readonly title: string;
  readonly text: string;
  readonly picture?: { readonly digest: string; readonly alt: string };
  readonly until: EpochMs;
  readonly overdue: boolean;
  /** Where to put it up, and how. */
  readonly address?: string;
  readonly instruction?: string;
}

/** The program that the pages show. */
export interface ProgramOfPages {
  readonly lookup: ProgramLookup;
  readonly version: number;
  /** What led to this very version. */
  readonly past: ProgramPast;
}

/** A post that a person put up, and gave its address back. */
export interface PutUpPost {
  /** Of its announcement. */
  readonly id: string;
  readonly network: Network;
  readonly title: string;
  readonly permalink: string;
  /** When its address was given back. */
  readonly at: EpochMs;
}

/** A place where the meeting is on a network. */
export interface SocialAccount {
  readonly network: Network;
  /** Name of the network, as the menu says it. */
  readonly name: string;
  /** The account's page on the network; absent while only previews are made for it. */
  readonly address?: string;
}

/** A post about a session that stands on a network. */
export interface OfficialPost {
  readonly announcement: string;
  readonly session: Key;
  readonly network: Network;
  readonly address: string;
  readonly at: EpochMs;
  /** It stands in the preview only, where nobody but the organizers sees it. */
  readonly isPreview: boolean;
}

/** What became different with one version of the program. */
export interface VersionChanges {
  readonly version: number;
  readonly at: EpochMs;
  readonly changes: readonly ProgramChange[];
}

/** Whether the process can do its work, for `/health`; holds no secret. */
export interface Health {
  readonly ok: boolean;
  readonly checks: Readonly<Record<string, { readonly ok: boolean; readonly detail?: string }>>;
}

/** Everything that the pages need from the rest of Callboard. */
export interface WebContext {
  readonly clock: Clock;
  /** Public address of the program site, without a trailing slash. */
  readonly site: string;
  readonly timeline: Pick<PreviewTimeline, 'list'>;
  /** Wakes the live page before its next look at the timeline; without it the page is up to a second later. */
  readonly events?: Events;
  conference(): Conference;
  /** The program in force; undefined before the first import. */
  program(): Promise<ProgramOfPages | undefined>;
  /** The due moments of these announcements, by id; unknown ids are left out. */
  due(announcements: readonly string[]): Promise<ReadonlyMap<string, Due>>;
  /** The PNG of a picture that was composed before; undefined for an unknown digest. */
  card(digest: string): Promise<Uint8Array | undefined>;
  /** The picture that stands for a session where its page is shared. */
  sessionCard(session: Key): Promise<Picture | undefined>;
  status(): Promise<CampaignStatus>;
  /** The meeting's own accounts, one per network that it announces on. */
  readonly social: readonly SocialAccount[];
  /** Signing in, and what is kept for those who did; absent where nobody can. */
  readonly visitors?: Visitors;
  /** Whether the pages for signing in are served. */
  readonly canSignIn: boolean;
  /** The posts that stand about a session, the oldest first. */
  postsAbout(session: Key): Promise<readonly OfficialPost[]>;
  /** The newest posts on one network, at most 50. */
  newestPosts(network: Network): Promise<readonly OfficialPost[]>;
  /** What every version changed, the newest first, at most the last 50 versions; the first version changes nothing. */
  changes(): Promise<readonly VersionChanges[]>;
  /** What files for machines need beside what the pages need. */
  readonly feeds: FeedContext;
  /** A text about a session that fits each network, to be shared by anybody. */
  shareTexts(session: Key): Promise<ReadonlyMap<Network, string>>;
  /** Keeps a signed-in visitor's preferences with the account; of anybody else nothing. Absent where nobody can sign in. */
  keepPreferences?(headers: Headers, preferences: string): Promise<void>;
  /** Soonest first. */
  handOffs(): Promise<readonly WaitingHandOff[]>;
  /** Newest first; the last few. */
  putUp(): Promise<readonly PutUpPost[]>;
  /** @throws CallboardError when the address is not taken */
  handOffDone(announcement: string, address: string): Promise<void>;
  health(): Promise<Health>;
  /** Tells the log about a page that broke; the reader sees no detail. */
  report(error: unknown, path: string): void;
}
