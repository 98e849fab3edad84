import type { FC } from 'hono/jsx';
import type { View } from '../shell/view.js';
import { counted } from '../time-words.js';
import { SitePage } from '../shell/site-page.js';
import { searchPath } from './search-path.js';

/** Something that can be typed, taken from this very program. */
export interface LiveExample {
  readonly text: string;
  /** What it does. */
  readonly meaning: string;
  /** What it finds. */
  readonly count: number;
}

/** What can be typed, each a link to what it finds. */
export const Tips: FC<{
  readonly view: View;
  readonly examples: readonly LiveExample[];
  readonly level: 2 | 3;
}> = ({ view, examples, level }) => {
  const Heading = level === 2 ? 'h2' : 'h3';
  if (examples.length === 0) return null;
  return (
    <section>
      <Heading>What you can type</Heading>
      <dl class="tips">
        {examples.map(({ text, meaning, count }) => (
          <div>
            <dt>
              <a href={view.addresses.to(searchPath({ text }))} dir="auto">
                {text}
              </a>
            </dt>
            <dd>
              {meaning} <span class="count">{counted(count, 'find')}</span>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
};

/** The page of search tips. */
export const TipsPage: FC<{ readonly view: View; readonly examples: readonly LiveExample[] }> = ({
  view,
  examples,
}) => (
  <SitePage view={view} title="Search tips" current="/search/tips" styles={['search.css']}>
    <h1>Search tips</h1>
    <p class="lead">
      The search looks through titles, abstracts, people, affiliations, rooms, session types and{' '}
      <span dir="auto">{view.conference.unitLabel}</span>. All words must be found, in any order.
    </p>
    <Tips view={view} examples={examples} level={2} />
    <section>
      <h2>How it reads</h2>
      <ul class="rules">
        <li>Capitals and accents do not matter, and small typing mistakes are forgiven.</li>
        <li>The beginning of a word is enough; between quotation marks it must be whole.</li>
        <li>Common words (the, of, und) need not be found, except in an exact phrase.</li>
        <li>
          Times are those of the meeting, {view.conference.zone.replaceAll('_', ' ')}, whichever you
          have chosen to see.
        </li>
        <li>
          Operators can be joined: <code>day:friday after:14:00 -type:"Business meeting"</code>. Two
          of one kind mean either, except for times.
        </li>
        <li>
          Names of more than one word stand in quotation marks. After the colon there may be a
          space.
        </li>
      </ul>
    </section>
  </SitePage>
);
