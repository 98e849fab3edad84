import type { Network } from '../../src/campaign/network.js';
import type { Clock } from '../../src/clock.js';
import { systemClock } from '../../src/clock.js';
import type { Content } from '../../src/compose/content.js';
import type { PreviewPost, PreviewTimeline } from '../../src/networks/preview/timeline.js';
import { noPast, type ProgramPast } from '../../src/program/history.js';
import { lookup } from '../../src/program/lookup.js';
import type { Program, Session } from '../../src/program/model.js';
import type { CampaignStatus, Due, WebContext } from '../../src/site/web-context.js';

/** 2026-11-24T13:00:00Z, a Tuesday; 14:00 in Berlin. */
export const now = Date.UTC(2026, 10, 24, 13);

/** A timeline in memory, by the port's rules. */
export class MemoryTimeline implements PreviewTimeline {
  posts: PreviewPost[] = [];

  accept(post: Omit<PreviewPost, 'sequence' | 'removedAt'>): Promise<PreviewPost> {
    const standing = this.posts.find((p) => p.account === post.account && p.key === post.key);
    if (standing) return Promise.resolve(standing);
    const accepted = { ...post, sequence: (this.posts.at(-1)?.sequence ?? 0) + 1 };
    this.posts.push(accepted);
    return Promise.resolve(accepted);
  }

  find(account: string, key: string): Promise<PreviewPost | undefined> {
    return Promise.resolve(this.posts.find((p) => p.account === account && p.key === key));
  }

  remove(account: string, key: string, at: number): Promise<boolean> {
    this.posts = this.posts.map((p) =>
      p.account === account && p.key === key ? { ...p, removedAt: at } : p,
    );
    return Promise.resolve(true);
  }

  list(query: Parameters<PreviewTimeline['list']>[0]): Promise<readonly PreviewPost[]> {
    const { network, after = -1, before = Infinity, limit } = query;
    return Promise.resolve(
      this.posts
        .filter((p) => p.removedAt === undefined && (network ?? p.network) === p.network)
        .filter((p) => p.sequence > after && p.sequence < before)
        .sort((a, b) => b.sequence - a.sequence)
        .slice(0, limit),
    );
  }
}

/** What is sent for one announcement, with a link to the session `s1`. */
export function content(text: string, over: Partial<Content> = {}): Content {
  return {
    text,
    length: { used: Array.from(text).length, limit: 300, unit: 'graphemes' },
    link: {
      url: 'https://program.example.org/sessions/s1',
      title: 'Rumour and evidence',
      description: 'Tue 24 Nov, 14:15 CET · Hall 2',
    },
    hashtags: ['NM26'],
    languages: ['en'],
    picture: {
      digest: 'abc123',
      alt: 'Card: Rumour and evidence, 14:15, Hall 2',
      card: { conference: 'NM', title: 'Rumour and evidence', people: [], time: '', layout: 'a' },
    },
    facts: { programVersion: 1, sessions: [] },
    digest: 'd',
    ...over,
  };
}

/** Puts a post up, one second ago. */
export function put(
  timeline: MemoryTimeline,
  network: Network,
  what: Content,
): Promise<PreviewPost> {
  const key = `k${timeline.posts.length}`;
  return timeline.accept({
    account: `preview:${network}`,
    network,
    key,
    announcement: `a-${key}`,
    content: what,
    acceptedAt: now - 1_000,
  });
}

/** A session at 14:15 in Berlin. */
export function session(over: Partial<Session> = {}): Session {
  return {
    key: 's1',
    aliases: [],
    title: 'Rumour and evidence',
    startsAt: now + 15 * 60_000,
    endsAt: now + 90 * 60_000,
    languages: ['en'],
    links: [],
    cancelled: false,
    people: [],
    presentations: [],
    ...over,
  };
}

/** A program of these sessions, with a room `r1`, a unit `u1` and the people `p1` to `p3`. */
export function program(sessions: readonly Session[], over: Partial<Program> = {}): Program {
  return {
    title: 'Northern Meeting',
    zone: 'Europe/Berlin',
    sessions,
    people: [
      { key: 'p1', aliases: [], name: 'Ada Example', affiliation: 'University of Somewhere' },
      { key: 'p2', aliases: [], name: 'Bo Sample', url: 'https://bo.example.org/' },
      { key: 'p3', aliases: [], name: 'Chi Specimen' },
    ],
    rooms: [{ key: 'r1', name: 'Hall 2', building: 'Main building', floor: '1' }],
    units: [{ key: 'u1', name: 'Methods' }],
    ...over,
  };
}

/** What a test may change in the context. */
export interface Fixture {
  readonly timeline: MemoryTimeline;
  readonly context: WebContext;
  readonly reported: unknown[];
  status: CampaignStatus;
  program: Program | undefined;
  /** Of the program in force. */
  version: number;
  past: ProgramPast;
  due: Map<string, Due>;
}

/** The clock stands at `now`, yet sleeps really. */
export const standingClock: Clock = {
  now: () => now,
  sleep: (ms, signal) => systemClock.sleep(ms, signal),
};

/** A context whose answers are the fixture's fields. */
export function webFixture(over: Partial<WebContext> = {}): Fixture {
  const timeline = new MemoryTimeline();
  const reported: unknown[] = [];
  const fixture: Fixture = {
    timeline,
    reported,
    status: {
      counts: { planned: 12, published: 3 },
      heldOn: [],
      next: [{ network: 'bluesky', at: now + 12 * 60_000, title: 'Rumour and evidence' }],
    },
    program: program([session()]),
    version: 7,
    past: noPast,
    due: new Map(),
    context: {
      clock: standingClock,
      site: 'https://program.example.org',
      timeline,
      conference: () => ({
        name: 'Northern Meeting 2026',
        zone: 'Europe/Berlin',
        language: 'en',
        unitLabel: 'Division',
      }),
      program: () =>
        Promise.resolve(
          fixture.program === undefined
            ? undefined
            : {
                lookup: lookup(fixture.program),
                version: fixture.version,
                past: fixture.past,
              },
        ),
      due: () => Promise.resolve(fixture.due),
      card: (digest) =>
        Promise.resolve(digest === 'abc123' ? Uint8Array.of(137, 80, 78, 71) : undefined),
      sessionCard: () => Promise.resolve(undefined),
      social: [{ network: 'bluesky', name: 'Bluesky', address: 'https://bsky.app/profile/nm26' }],
      canSignIn: false,
      postsAbout: () => Promise.resolve([]),
      newestPosts: () => Promise.resolve([]),
      changes: () => Promise.resolve([]),
      feeds: {
        livePosts: () => Promise.resolve([]),
      },
      shareTexts: () => Promise.resolve(new Map()),
      status: () => Promise.resolve(fixture.status),
      handOffs: () => Promise.resolve([]),
      putUp: () => Promise.resolve([]),
      handOffDone: () => Promise.resolve(),
      health: () => Promise.resolve({ ok: true, checks: { database: { ok: true } } }),
      report: (error) => void reported.push(error),
      ...over,
    },
  };
  return fixture;
}

/** The same on the organizer's own machine, where the desk is open without signing in. */
export function deskFixture(over: Partial<WebContext> = {}): Fixture {
  return webFixture({ site: 'http://localhost:4680', ...over });
}
