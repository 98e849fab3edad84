import type { FC } from 'hono/jsx';
import type { Picture } from '../compose/content.js';
import type { Session } from '../program/model.js';
import type { EpochMs } from '../program/time.js';
import type { View } from './shell/view.js';

/** Longest description that networks show, in characters. */
const descriptionLimit = 200;

/** What a page is about, as a link card says it. */
interface Subject {
  /** The session, or that of the presentation. */
  readonly session: Session;
  readonly startsAt: EpochMs;
  readonly cancelled: boolean;
  readonly abstract: string | undefined;
}

/** What networks read to draw a link card: Open Graph (https://ogp.me), X's own tags and oEmbed; and the canonical address. */
export const SocialTags: FC<{
  readonly view: View;
  /** Of the page, without the base path. */
  readonly path: string;
  readonly title: string;
  readonly subject: Subject;
  readonly picture: Picture | undefined;
}> = ({ view, path, title, subject, picture }) => {
  const { addresses, conference } = view;
  const address = addresses.absolute(path);
  const description = describe(view, subject);
  const image = picture && addresses.absolute(`/cards/${picture.digest}.png`);
  return (
    <>
      <link rel="canonical" href={address} />
      <link
        rel="alternate"
        type="application/json+oembed"
        href={addresses.absolute(`/oembed?format=json&url=${encodeURIComponent(address)}`)}
        title={title}
      />
      <meta name="description" content={description} />
      <meta property="og:type" content="website" />
      <meta property="og:site_name" content={conference.name} />
      <meta property="og:title" content={title} />
      <meta property="og:description" content={description} />
      <meta property="og:url" content={address} />
      <meta name="twitter:card" content={image === undefined ? 'summary' : 'summary_large_image'} />
      <meta name="twitter:title" content={title} />
      <meta name="twitter:description" content={description} />
      {picture !== undefined && image !== undefined && (
        <>
          <meta property="og:image" content={image} />
          <meta property="og:image:type" content="image/png" />
          <meta property="og:image:width" content="1200" />
          <meta property="og:image:height" content="630" />
          <meta property="og:image:alt" content={picture.alt} />
          <meta name="twitter:image" content={image} />
          <meta name="twitter:image:alt" content={picture.alt} />
        </>
      )}
    </>
  );
};

function describe(view: View, { session, startsAt, cancelled, abstract }: Subject): string {
  const { conferenceTimes: words, catalog } = view;
  const facts = [
    cancelled ? 'Cancelled' : undefined,
    `${words.longDay(startsAt)}, ${words.clock(startsAt)} ${words.zone(startsAt)}`,
    catalog.lookup.room(session.room)?.name,
  ].filter((fact) => fact !== undefined);
  const whole = [facts.join(' · '), abstract].filter(Boolean).join('. ');
  const line = whole.replace(/\s+/g, ' ');
  const characters = Array.from(line);
  if (characters.length <= descriptionLimit) return line;
  const cut = characters.slice(0, descriptionLimit - 1).join('');
  return `${cut.replace(/\s\S*$/, '')}…`;
}
