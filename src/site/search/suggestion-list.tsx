import type { FC } from 'hono/jsx';
import type { Suggestion } from '../../program/search/suggestions.js';
import { Icon } from '../shell/icons.js';
import type { View } from '../shell/view.js';
import { foundPath, kindIcons, kindWords } from './found-words.js';
import { Marked } from './marked.js';

/**
 * What somebody may mean, as the items of the list below a search field. An option is a link: choosing it leads to its page.
 * https://github.com/github/auto-complete-element
 */
export const SuggestionList: FC<{
  readonly view: View;
  readonly suggestions: readonly Suggestion[];
}> = ({ view, suggestions }) => (
  <>
    {suggestions.map((suggestion) => (
      <li role="presentation">
        <a role="option" tabindex={-1} href={view.addresses.to(foundPath(suggestion))}>
          <Icon name={kindIcons[suggestion.kind]} />
          <span class="suggested" dir="auto">
            <Marked marked={suggestion.title} />
          </span>{' '}
          <span class="note" dir="auto">
            {noteOf(view, suggestion)}
          </span>
        </a>
      </li>
    ))}
    {suggestions.length === 0 && (
      <li role="presentation" aria-hidden="true" data-no-result-found="true" class="note">
        No name or title has this
      </li>
    )}
  </>
);

function noteOf(view: View, { kind, session, note }: Suggestion): string {
  if (session) return `${view.times.day(session.startsAt)}, ${view.times.clock(session.startsAt)}`;
  return note ?? kindWords(view, kind)[0];
}
