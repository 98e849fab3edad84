import type { FC } from 'hono/jsx';
import type { ProgramLookup } from '../program/lookup.js';
import type { Presentation, Session } from '../program/model.js';
import { toIso } from '../program/time.js';
import { CastList } from './cast-list.js';
import { hostOf, safeAddress } from './safe-address.js';
import { timeWords, type TimeWords } from './time-words.js';

/** The contributions of a session, in its order. */
export const Presentations: FC<{
  readonly session: Session;
  readonly program: ProgramLookup;
  readonly zone: string;
}> = ({ session, program, zone }) => {
  if (session.presentations.length === 0) return null;
  const words = timeWords(zone);
  return (
    <section class="presentations">
      <h2 lang="en">Presentations</h2>
      <ol>
        {session.presentations.map((one) => (
          <Contribution presentation={one} program={program} words={words} />
        ))}
      </ol>
    </section>
  );
};

const Contribution: FC<{
  readonly presentation: Presentation;
  readonly program: ProgramLookup;
  readonly words: TimeWords;
}> = ({ presentation, program, words }) => (
  <li>
    {presentation.startsAt !== undefined && (
      <p class="start">
        <time datetime={toIso(presentation.startsAt)}>{words.clock(presentation.startsAt)}</time>
      </p>
    )}
    <h3 dir="auto">
      {presentation.cancelled ? <s>{presentation.title}</s> : presentation.title}
      {presentation.cancelled && (
        <span class="tag" lang="en">
          Cancelled
        </span>
      )}
    </h3>
    {presentation.people.length > 0 && (
      <dl class="facts" lang="en">
        <CastList people={presentation.people} program={program} />
      </dl>
    )}
    {presentation.abstract !== undefined && (
      <details>
        <summary lang="en">Abstract</summary>
        <p class="plain" dir="auto">
          {presentation.abstract}
        </p>
      </details>
    )}
    {presentation.links.map((link) => {
      const url = safeAddress(link.url);
      return (
        url !== undefined && (
          <p>
            <a href={url} rel="noopener noreferrer nofollow" dir="auto">
              {link.title ?? hostOf(url)}
            </a>
          </p>
        )
      );
    })}
  </li>
);
