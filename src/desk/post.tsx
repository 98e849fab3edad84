import type { FC } from 'hono/jsx';
import type { Network } from '../campaign/network.js';
import type { TextLength } from '../compose/content.js';
import type { PreviewPost } from '../networks/preview/timeline.js';
import { toIso, type EpochMs } from '../program/time.js';
import type { Addresses } from '../site/addresses.js';
import { hostOf, safeAddress } from '../site/safe-address.js';
import { briefWords, relativeWords, type TimeWords } from '../site/time-words.js';
import type { Conference, Due } from '../site/web-context.js';
import { Icon, type Glyph } from './glyphs.js';
import { latenessWords, leadWords } from './lead-words.js';
import { textParts } from './post-text.js';

/** What a post is shown with. */
export interface PostProps {
  readonly post: PreviewPost;
  readonly addresses: Addresses;
  readonly due: Due | undefined;
  readonly conference: Conference;
  readonly words: TimeWords;
  readonly now: EpochMs;
}

/** What stands under a post on its network, for the look only. */
const actions: Readonly<Record<Network, readonly Glyph[]>> = {
  bluesky: ['reply', 'repost', 'heart', 'share'],
  threads: ['heart', 'reply', 'repost', 'share'],
  x: ['reply', 'repost', 'heart', 'views', 'share'],
  youtube: ['up', 'down', 'share', 'reply'],
};

/** A post as its network would show it, and below it what only we know: lead time, punctuality, length. */
export const Post: FC<PostProps> = (props) => {
  const { post, addresses, conference, now } = props;
  const { network, content, acceptedAt } = post;
  return (
    <article class="post" id={`post-${post.sequence}`} aria-label={content.link.title}>
      <div class="posted">
        <span class="avatar" aria-hidden="true">
          {initials(conference.name)}
        </span>
        <p class="byline">
          <b dir="auto">{conference.name}</b> <span class="handle">@preview</span>{' '}
          <time datetime={toIso(acceptedAt)} data-since={network === 'youtube' ? 'words' : 'brief'}>
            {network === 'youtube' ? relativeWords(acceptedAt, now) : briefWords(acceptedAt, now)}
          </time>
        </p>
        <p class="text" dir="auto" lang={content.languages[0]}>
          {textParts(content.text, network).map((part) =>
            part.kind === 'plain' ? (
              part.text
            ) : (
              <a href={part.address} rel="noopener noreferrer nofollow">
                {part.text}
              </a>
            ),
          )}
        </p>
        <LinkCard post={post} addresses={addresses} />
        <p class="actions" aria-hidden="true">
          {actions[network].map((name) => (
            <Icon name={name} />
          ))}
        </p>
      </div>
      <Facts {...props} />
    </article>
  );
};

const LinkCard: FC<Pick<PostProps, 'post' | 'addresses'>> = ({ post: { content }, addresses }) => {
  const { link, picture } = content;
  const address = safeAddress(link.url);
  return (
    <div class="card" lang={content.languages[0]}>
      {picture !== undefined && (
        <div class="picture">
          <img
            src={addresses.to(`/cards/${picture.digest}.png`)}
            alt={picture.alt}
            width="1200"
            height="630"
            loading="lazy"
            decoding="async"
          />
          <details>
            <summary lang="en">
              ALT<span class="unseen"> text of the picture</span>
            </summary>
            <p dir="auto">{picture.alt}</p>
          </details>
        </div>
      )}
      <div class="link">
        <p class="host">
          <Icon name="globe" /> {hostOf(link.url)}
        </p>
        <p class="title" dir="auto">
          {address === undefined ? link.title : <a href={address}>{link.title}</a>}
        </p>
        {link.description !== '' && (
          <p class="description" dir="auto">
            {link.description}
          </p>
        )}
      </div>
    </div>
  );
};

const Facts: FC<PostProps> = ({ post, due, words }) => {
  const { acceptedAt, content } = post;
  return (
    <dl class="facts">
      {due !== undefined && (
        <div class="lead">
          <dt>Lead time</dt>
          <dd>{leadWords(due.leadTime)}</dd>
        </div>
      )}
      <div class="length">
        <dt>Length</dt>
        <dd>
          <Ring length={content.length} /> {content.length.used} / {content.length.limit}{' '}
          {content.length.unit}
        </dd>
      </div>
      <div class="time">
        <dt>Posted</dt>
        <dd>
          {words.day(acceptedAt)}, {words.exact(acceptedAt)} {words.zone(acceptedAt)}
          {due !== undefined && (
            <span class="lateness"> {latenessWords(acceptedAt - due.dueAt)}</span>
          )}
        </dd>
      </div>
    </dl>
  );
};

/** How much of the limit is used, as a ring that fills. */
const Ring: FC<{ readonly length: TextLength }> = ({ length: { used, limit } }) => (
  <svg class={used > limit * 0.95 ? 'ring full' : 'ring'} viewBox="0 0 20 20" aria-hidden="true">
    <circle cx="10" cy="10" r="8" />
    <circle
      cx="10"
      cy="10"
      r="8"
      pathLength="100"
      stroke-dasharray={`${Math.min(100, Math.round((used / limit) * 100))} 100`}
    />
  </svg>
);

/**
 * Up to two letters for a name.
 *
 * @example initials('Nordic Meeting 2026') // 'NM'
 */
export function initials(name: string): string {
  const letters = name
    .split(/\s+/)
    .flatMap((word) => (/^[\p{L}\p{N}]/u.test(word) ? [Array.from(word)[0] ?? ''] : []));
  return letters.slice(0, 2).join('').toUpperCase();
}
