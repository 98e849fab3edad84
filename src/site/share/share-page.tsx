import type { FC } from 'hono/jsx';
import type { Picture } from '../../compose/content.js';
import { networks } from '../../campaign/network.js';
import type { Session } from '../../program/model.js';
import { SitePage } from '../shell/site-page.js';
import type { View } from '../shell/view.js';
import type { OfficialPost } from '../web-context.js';
import { intentAddress } from './intents.js';
import { OfficialPosts } from './official-posts.js';
import { networkNames, type ShareTexts } from './share-menu.js';

/** Everything about a session that is ready to be shared: the posts that stand, a text for each network, the picture. */
export const SharePage: FC<{
  readonly view: View;
  readonly session: Session;
  readonly picture: Picture | undefined;
  readonly posts: readonly OfficialPost[];
  readonly texts: ShareTexts;
}> = ({ view, session, picture, posts, texts }) => {
  const { addresses } = view;
  const address = addresses.absolute(`/sessions/${session.key}`);
  return (
    <SitePage
      view={view}
      title={`Share: ${session.title}`}
      current="/"
      scripts={['clipboard-copy.js']}
      head={<meta name="robots" content="noindex" />}
    >
      <p class="eyebrow">Share</p>
      <h1 dir="auto">
        <a href={addresses.to(`/sessions/${session.key}`)}>{session.title}</a>
      </h1>
      {session.cancelled && (
        <p class="cancelled">
          <strong>Cancelled.</strong> This session does not take place.
        </p>
      )}
      <OfficialPosts view={view} posts={posts} />
      <section class="ready">
        <h2>The link</h2>
        <p class="copy-line">
          <input type="text" readonly value={address} aria-label="The link" id="share-link" />
          <clipboard-copy for="share-link" class="button" role="button">
            Copy
          </clipboard-copy>
        </p>
      </section>
      {networks.map((network) => {
        const text = texts.get(network);
        if (text === undefined) return null;
        const page = intentAddress(network, text);
        return (
          <section class="ready">
            <h2 id={`name-${network}`}>{networkNames[network]}</h2>
            <textarea
              readonly
              rows={7}
              id={`text-${network}`}
              aria-labelledby={`name-${network}`}
              dir="auto"
            >
              {text}
            </textarea>
            <p class="actions">
              <clipboard-copy for={`text-${network}`} class="button" role="button">
                Copy the text
              </clipboard-copy>
              {page !== undefined && (
                <a class="button" href={page} rel="noopener noreferrer">
                  Post it on {networkNames[network]}
                </a>
              )}
            </p>
          </section>
        );
      })}
      {picture && (
        <section class="ready">
          <h2>The picture</h2>
          <img
            src={addresses.to(`/cards/${picture.digest}.png`)}
            alt={picture.alt}
            width={1200}
            height={630}
            loading="lazy"
          />
          <p class="actions">
            <a
              class="button"
              href={addresses.to(`/cards/${picture.digest}.png`)}
              download={`${session.key}.png`}
            >
              Save the picture
            </a>
            <clipboard-copy value={picture.alt} class="button" role="button">
              Copy its description
            </clipboard-copy>
          </p>
          <p class="quiet" dir="auto">
            {picture.alt}
          </p>
        </section>
      )}
    </SitePage>
  );
};
