import type { FC } from 'hono/jsx';
import type { Facet, Facets } from '../../program/search/facets.js';
import { partText, textWithout } from '../../program/search/query.js';
import type { SearchResult } from '../../program/search/search.js';
import type { View } from '../shell/view.js';
import { counted } from '../time-words.js';
import { partName, valueName } from '../browse/selection-words.js';
import { searchPath } from './search-path.js';

const mostShown = 8;

/** What would narrow the finds, as links that add an operator to the query; and the operators in it, each of which can be taken off. */
export const Narrowing: FC<{ readonly view: View; readonly result: SearchResult }> = ({
  view,
  result,
}) => {
  const { facets, query, counts } = result;
  const found = counts.session + counts.presentation;
  const lists = (['day', 'unit', 'type', 'room'] as const).filter((part) =>
    facets[part].some(({ count }) => count < found),
  );
  return (
    <>
      <Chosen view={view} result={result} />
      {lists.length > 0 && (
        <details class="narrow">
          <summary>Narrow this search</summary>
          <div class="facets">
            {lists.map((part) => (
              <FacetList view={view} part={part} facets={facets[part]} text={query.text} />
            ))}
          </div>
        </details>
      )}
    </>
  );
};

const Chosen: FC<{ readonly view: View; readonly result: SearchResult }> = ({ view, result }) => {
  const { query } = result;
  const filters = query.parts.flatMap((part, index) =>
    part.kind === 'filter' ? [{ part, index }] : [],
  );
  if (filters.length === 0) return null;
  return (
    <ul class="chosen" aria-label="Chosen filters">
      {filters.map(({ part, index }) => (
        <li>
          <a href={view.addresses.to(searchPath({ text: textWithout(query, index) }))}>
            <span class="unseen">Remove: </span>
            <span dir="auto">{partText(query, part)}</span>
            <span aria-hidden="true"> ×</span>
          </a>
        </li>
      ))}
    </ul>
  );
};

const FacetList: FC<{
  readonly view: View;
  readonly part: keyof Facets;
  readonly facets: readonly Facet[];
  readonly text: string;
}> = ({ view, part, facets, text }) => (
  <section>
    <h2 dir="auto">{partName(view, part)}</h2>
    <ul>
      {facets.slice(0, mostShown).map(({ filter, name, count }) => (
        <li>
          <a href={view.addresses.to(searchPath({ text: `${text} ${filter}` }))} dir="auto">
            {part === 'day' ? valueName(view, 'day', name) : name}
          </a>{' '}
          <span class="count" aria-label={counted(count, 'find')}>
            {count}
          </span>
        </li>
      ))}
    </ul>
    {facets.length > mostShown && <p class="quiet">and {facets.length - mostShown} more</p>}
  </section>
);
