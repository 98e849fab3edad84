import type { FC } from 'hono/jsx';
import type { SearchResult } from '../../program/search/search.js';
import type { View } from '../shell/view.js';
import { counted } from '../time-words.js';
import { searchPath } from './search-path.js';

const mostShown = 6;

/** Says what to relax when nothing was found. */
export const NothingFound: FC<{ readonly view: View; readonly result: SearchResult }> = ({
  view,
  result,
}) => {
  const { addresses } = view;
  const { relaxations } = result;
  return (
    <div class="empty">
      <p>Nothing in the program has all of this.</p>
      {relaxations.length > 0 && (
        <ul>
          {relaxations.slice(0, mostShown).map(({ kind, dropped, text, count }) => (
            <li>
              <a href={addresses.to(searchPath({ text }))}>
                {kind === 'any' ? (
                  'With any one of the words'
                ) : (
                  <>
                    Without <span dir="auto">{dropped}</span>
                  </>
                )}
              </a>
              : {counted(count, 'find')}
            </li>
          ))}
        </ul>
      )}
      <p>
        See the <a href={addresses.to('/search/tips')}>search tips</a>, or browse{' '}
        <a href={addresses.to('/days')}>by day</a>, <a href={addresses.to('/people')}>by person</a>{' '}
        or <a href={addresses.to('/rooms')}>by room</a>.
      </p>
    </div>
  );
};

/** The words that the program does not have, and what it has instead. */
export const Corrections: FC<{ readonly view: View; readonly result: SearchResult }> = ({
  view,
  result,
}) => {
  const { corrections, total } = result;
  if (corrections.length === 0) return null;
  return (
    <div class="done">
      {corrections.map(({ typed, instead, text }) => (
        <p>
          Nothing in the program says “<span dir="auto">{typed}</span>”
          {total > 0 ? '; this is what is spelled nearly so' : ''}. Did you mean{' '}
          <a href={view.addresses.to(searchPath({ text }))} dir="auto">
            {instead}
          </a>
          ?
        </p>
      ))}
    </div>
  );
};
