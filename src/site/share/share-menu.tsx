import type { FC } from 'hono/jsx';
import type { Network } from '../../campaign/network.js';
import { networks } from '../../campaign/network.js';
import type { Session } from '../../program/model.js';
import { safeAddress } from '../safe-address.js';
import { Icon } from '../shell/icons.js';
import { NetworkGlyph } from '../shell/network-glyphs.js';
import type { View } from '../shell/view.js';
import { intentAddress } from './intents.js';

/** A text for each network, ready to be posted. */
export type ShareTexts = ReadonlyMap<Network, string>;

/** What a network is called. */
export const networkNames: Readonly<Record<Network, string>> = {
  bluesky: 'Bluesky',
  threads: 'Threads',
  x: 'X (Twitter)',
  youtube: 'YouTube',
};

/** Ways to share a page: to each network with its text ready, as a link, and by the system's own sheet where the browser has one. */
export const ShareMenu: FC<{
  readonly view: View;
  readonly session: Session;
  /** Path of the page that is shared. */
  readonly path: string;
  readonly title: string;
  readonly texts: ShareTexts;
}> = ({ view, session, path, title, texts }) => {
  const { addresses } = view;
  const address = addresses.absolute(path);
  return (
    <details class="share">
      <summary class="button">
        <Icon name="share" />
        Share
      </summary>
      <ul>
        <li hidden data-share-sheet="" data-title={title} data-address={address}>
          <button type="button">
            <Icon name="share" />
            With an app of this device
          </button>
        </li>
        {networks.map((network) => {
          const page = addressFor(
            view,
            network,
            session,
            texts.get(network) ?? `${title} ${address}`,
          );
          return (
            page !== undefined && (
              <li>
                <a href={page} rel="noopener noreferrer">
                  <NetworkGlyph network={network} />
                  {networkNames[network]}
                </a>
              </li>
            )
          );
        })}
        <li>
          <clipboard-copy value={address} class="copy" role="button">
            <Icon name="copy" />
            Copy the link
          </clipboard-copy>
          <noscript>
            <input type="text" readonly value={address} aria-label="The link" />
          </noscript>
        </li>
        <li>
          <a href={addresses.to(`/sessions/${session.key}/share`)}>
            <Icon name="link" />
            Texts and picture
          </a>
        </li>
      </ul>
    </details>
  );
};

/** On YouTube a visitor finds the session's broadcast where it has one, or the meeting's channel where that is live. */
function addressFor(
  { social }: View,
  network: Network,
  session: Session,
  text: string,
): string | undefined {
  if (network !== 'youtube') return intentAddress(network, text);
  const video = [session.stream, session.recording]
    .map((one) => safeAddress(one))
    .find(
      (one) =>
        one !== undefined && /^https:\/\/(?:[\w-]+\.)*(?:youtube\.com|youtu\.be)\//.test(one),
    );
  return video ?? safeAddress(social.find((one) => one.network === 'youtube')?.address);
}
