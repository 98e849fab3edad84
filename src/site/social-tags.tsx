import type { FC } from 'hono/jsx';
import type { Picture } from '../compose/content.js';
import type { ProgramLookup } from '../program/lookup.js';
import type { Session } from '../program/model.js';
import { timeWords } from './time-words.js';
import type { Conference } from './web-context.js';

/** Longest description that networks show, in characters. */
const descriptionLimit = 200;

/** What networks read to draw a link card: Open Graph (https://ogp.me) and X's own tags; and the canonical address. */
export const SocialTags: FC<{
  readonly session: Session;
  readonly conference: Conference;
  readonly site: string;
  readonly program: ProgramLookup;
  readonly picture: Picture | undefined;
}> = ({ session, conference, site, program, picture }) => {
  const address = `${site}/sessions/${session.key}`;
  const description = describe(session, conference, program);
  const image = picture && `${site}/cards/${picture.digest}.png`;
  return (
    <>
      <link rel="canonical" href={address} />
      <meta name="description" content={description} />
      <meta property="og:type" content="website" />
      <meta property="og:site_name" content={conference.name} />
      <meta property="og:title" content={session.title} />
      <meta property="og:description" content={description} />
      <meta property="og:url" content={address} />
      <meta name="twitter:card" content={image === undefined ? 'summary' : 'summary_large_image'} />
      <meta name="twitter:title" content={session.title} />
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

function describe(session: Session, conference: Conference, program: ProgramLookup): string {
  const words = timeWords(conference.zone);
  const facts = [
    session.cancelled ? 'Cancelled' : undefined,
    `${words.longDay(session.startsAt)}, ${words.clock(session.startsAt)} ${words.zone(session.startsAt)}`,
    program.room(session.room)?.name,
  ].filter((fact) => fact !== undefined);
  const whole = [facts.join(' · '), session.abstract].filter(Boolean).join('. ');
  const line = whole.replace(/\s+/g, ' ');
  const characters = Array.from(line);
  if (characters.length <= descriptionLimit) return line;
  const cut = characters.slice(0, descriptionLimit - 1).join('');
  return `${cut.replace(/\s\S*$/, '')}…`;
}
