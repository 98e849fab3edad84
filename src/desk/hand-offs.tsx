import type { FC } from 'hono/jsx';
import { networkNames } from '../campaign/network.js';
import { toIso, type EpochMs } from '../program/time.js';
import type { Addresses } from '../site/addresses.js';
import type { AssetAddresses } from '../site/assets.js';
import { Brand, Page } from '../site/page.js';
import { timeWords, type TimeWords } from '../site/time-words.js';
import type { Conference, PutUpPost, WaitingHandOff } from '../site/web-context.js';

/** What the page of hand-offs shows. */
export interface HandOffsProps {
  readonly assets: AssetAddresses;
  readonly addresses: Addresses;
  readonly now: EpochMs;
  readonly conference: Conference;
  readonly handOffs: readonly WaitingHandOff[];
  /** Newest first. */
  readonly putUp: readonly PutUpPost[];
  /** Of the announcement whose address was just taken. */
  readonly done?: string | undefined;
  /** Why an address that was given back was not taken, and for which. */
  readonly refused?: { readonly id: string; readonly address: string; readonly sentence: string };
}

/** The posts that a person puts up by hand: text and picture to take along, where to, and a field for the address. */
export const HandOffsPage: FC<HandOffsProps> = (props) => {
  const { assets, addresses, conference, handOffs, putUp, done, refused, now } = props;
  const words = timeWords(conference.zone);
  const taken = putUp.find(({ id }) => id === done);
  return (
    <Page
      assets={assets}
      title={`Hand-offs · ${conference.name}`}
      styles={['hand-offs.css']}
      scripts={['hand-off-news.js']}
      bodyClass="hand-offs"
    >
      <main id="content" tabindex={-1}>
        <Brand part="Hand-offs" />
        <h1 dir="auto">{conference.name}</h1>
        {handOffs.length === 0 ? (
          <p>Nothing waits to be put up by hand.</p>
        ) : (
          <p class="quiet">
            Put each of these up, then paste the address of the post into its field. A click on the
            text selects all of it.
          </p>
        )}
        <p class="quiet">
          As of{' '}
          <time datetime={toIso(now)}>
            {words.clock(now)} {words.zone(now)}
          </time>
          . <a href={addresses.to('/handoffs')}>Look again</a>
        </p>
        {taken ? (
          <p class="told well" role="status">
            Recorded: <bdi>{taken.title}</bdi>, <PostAddress post={taken} />
          </p>
        ) : undefined}
        <p id="news" class="told" role="status" hidden></p>
        {handOffs.map((one) => (
          <HandOffSheet
            addresses={addresses}
            words={words}
            handOff={one}
            refused={refused?.id === one.id ? refused : undefined}
          />
        ))}
        {putUp.length === 0 ? undefined : (
          <section class="put-up" aria-labelledby="put-up">
            <h2 id="put-up">Put up lately</h2>
            <ul>
              {putUp.map((post) => (
                <li>
                  <bdi>{post.title}</bdi>
                  <span class="quiet">
                    {networkNames[post.network]} ·{' '}
                    <time datetime={toIso(post.at)}>
                      {words.day(post.at)}, {words.clock(post.at)}
                    </time>{' '}
                    · <PostAddress post={post} />
                  </span>
                </li>
              ))}
            </ul>
          </section>
        )}
      </main>
    </Page>
  );
};

const PostAddress: FC<{ readonly post: PutUpPost }> = ({ post: { permalink } }) => (
  <a href={permalink} target="_blank" rel="noopener noreferrer">
    {permalink.replace(/^https:\/\/(www\.)?/, '')}
  </a>
);

const HandOffSheet: FC<{
  readonly addresses: Addresses;
  readonly words: TimeWords;
  readonly handOff: WaitingHandOff;
  readonly refused: HandOffsProps['refused'];
}> = ({ addresses, words, handOff, refused }) => {
  const { id, network, title, text, picture, until, overdue, address, instruction } = handOff;
  const field = `address-${id}`;
  const card = (digest: string) => addresses.to(`/cards/${digest}.png`);
  return (
    <article
      id={`hand-off-${id}`}
      class={overdue ? 'hand-off overdue' : 'hand-off'}
      aria-labelledby={`title-${id}`}
    >
      <h2 id={`title-${id}`} dir="auto">
        {title}
      </h2>
      <p class={overdue ? 'alarm' : 'quiet'}>
        {networkNames[network]} · {overdue ? 'overdue since' : 'until'}{' '}
        <time datetime={toIso(until)}>
          {words.day(until)}, {words.clock(until)}
        </time>
      </p>
      {address === undefined ? undefined : (
        <p>
          {instruction}{' '}
          <a href={address} target="_blank" rel="noopener noreferrer">
            Open {networkNames[network]}
          </a>
        </p>
      )}
      <pre dir="auto">{text}</pre>
      {picture ? (
        <figure>
          <a href={card(picture.digest)} download={`${id}.png`}>
            <img src={card(picture.digest)} alt={picture.alt} width="1200" height="630" />
          </a>
          <figcaption class="quiet">The picture; a click saves it.</figcaption>
        </figure>
      ) : undefined}
      <form method="post" action={addresses.to(`/handoffs/${id}`)}>
        <label for={field}>
          Address of the post
          <input
            id={field}
            name="address"
            type="url"
            required
            maxlength={2000}
            value={refused?.address}
            aria-invalid={refused ? 'true' : undefined}
            aria-describedby={refused ? `why-${id}` : undefined}
          />
        </label>
        <button type="submit">It is up</button>
      </form>
      {refused ? (
        <p id={`why-${id}`} class="told" role="alert">
          {refused.sentence}
        </p>
      ) : undefined}
    </article>
  );
};
