import type { FC } from 'hono/jsx';
import { networkNames, type Network } from '../campaign/network.js';
import type { PreviewPost } from '../networks/preview/timeline.js';
import { toIso, type EpochMs } from '../program/time.js';
import type { Addresses } from '../site/addresses.js';
import type { AssetAddresses } from '../site/assets.js';
import { Brand, Page } from '../site/page.js';
import { timeWords, type TimeWords } from '../site/time-words.js';
import type { CampaignStatus, Conference, Due } from '../site/web-context.js';
import { GlyphSheet, Icon } from './glyphs.js';
import { Post } from './post.js';
import { Awaited, StatusBoard } from './status-board.js';

/** One network's part of the page. */
export interface ColumnContent {
  readonly network: Network;
  /** Newest first. */
  readonly posts: readonly PreviewPost[];
  readonly hasOlder: boolean;
}

/** What the preview page shows. */
export interface PreviewProps {
  readonly assets: AssetAddresses;
  readonly addresses: Addresses;
  readonly conference: Conference;
  readonly status: CampaignStatus;
  readonly columns: readonly ColumnContent[];
  /** By announcement id. */
  readonly due: ReadonlyMap<string, Due>;
  readonly now: EpochMs;
  /** Sequence from which live updates go on; undefined on a page of older posts, which stands still. */
  readonly liveAfter: number | undefined;
}

/** Seconds until a browser without JavaScript looks again. */
const refreshSeconds = 20;

/** The preview timelines of the networks, side by side. */
export const PreviewPage: FC<PreviewProps> = (props) => {
  const { assets, addresses, conference, columns, status, now, liveAfter } = props;
  const words = timeWords(conference.zone);
  const { zone } = conference;
  const live = liveAfter !== undefined;
  return (
    <Page
      assets={assets}
      title={`Preview · ${conference.name}`}
      styles={['preview.css']}
      scripts={['live.js']}
      bodyClass={`board${columns.length === 1 ? ' single' : ''}`}
      head={
        live ? (
          <noscript>
            <meta http-equiv="refresh" content={String(refreshSeconds)} />
          </noscript>
        ) : undefined
      }
    >
      <GlyphSheet />
      <header class="top">
        <div class="who">
          <Brand part="Preview" />
          <h1 dir="auto">{conference.name}</h1>
        </div>
        <StatusBoard status={status} words={words} zone={zone} now={now} />
        <div class="now">
          <p class="clock">
            <time id="clock" datetime={toIso(now)} data-zone={zone}>
              {words.clock(now)}
            </time>{' '}
            <span>{words.zone(now)}</span>
          </p>
          {live ? (
            <p class="line" id="line" hidden>
              Live
            </p>
          ) : (
            <p>
              <a href={addresses.to('/preview')}>Back to the newest</a>
            </p>
          )}
          {live && (
            <noscript>
              <p class="line">
                Looks again every {refreshSeconds} seconds.{' '}
                <a href={addresses.to('/preview')}>Look now</a>
              </p>
            </noscript>
          )}
        </div>
      </header>
      {columns.length > 1 && <Tabs columns={columns} />}
      <main
        id="content"
        tabindex={-1}
        class="columns"
        {...(live
          ? { 'data-after': liveAfter, 'data-events': addresses.to('/preview/events') }
          : {})}
      >
        {columns.map((column) => (
          <Column column={column} page={props} words={words} />
        ))}
      </main>
      <p class="unseen" role="status" id="news"></p>
    </Page>
  );
};

/** On narrow screens one network is shown at a time; radio buttons choose it, with or without JavaScript. */
const Tabs: FC<{ readonly columns: readonly ColumnContent[] }> = ({ columns }) => (
  <nav class="tabs" aria-label="Networks">
    <fieldset>
      <legend class="unseen">Network to show</legend>
      {columns.map(({ network }, index) => (
        <label>
          <input type="radio" name="network" value={network} checked={index === 0} />
          <Icon name={network} />
          <span>{networkNames[network]}</span>
        </label>
      ))}
    </fieldset>
  </nav>
);

const Column: FC<{
  readonly column: ColumnContent;
  readonly page: PreviewProps;
  readonly words: TimeWords;
}> = ({ column, page, words }) => {
  const { network, posts, hasOlder } = column;
  const { addresses, conference, status, due, now, liveAfter } = page;
  return (
    <section class="column" data-network={network} aria-labelledby={`name-${network}`}>
      <div class="name">
        <Icon name={network} />
        <h2 id={`name-${network}`}>{networkNames[network]}</h2>
        <button type="button" class="fresh" hidden>
          New posts
        </button>
      </div>
      {/* Focusable, because it scrolls by itself on wide screens. */}
      <div
        class="scroll"
        tabindex={0}
        role="group"
        aria-label={`Posts on ${networkNames[network]}`}
      >
        <ol class="posts">
          {posts.map((post) => (
            <li>
              <Post
                post={post}
                addresses={addresses}
                due={due.get(post.announcement)}
                conference={conference}
                words={words}
                now={now}
              />
            </li>
          ))}
        </ol>
        {posts.length === 0 &&
          (liveAfter === undefined ? (
            <div class="empty">
              <p>No older post stands here.</p>
            </div>
          ) : (
            <Awaited
              network={network}
              status={status}
              words={words}
              zone={conference.zone}
              now={now}
            />
          ))}
        <p class="older" hidden={!hasOlder}>
          <a
            href={addresses.to(`/preview?network=${network}&before=${posts.at(-1)?.sequence ?? 0}`)}
            rel="next"
          >
            Older posts<span class="unseen"> on {networkNames[network]}</span>
          </a>
        </p>
      </div>
    </section>
  );
};
