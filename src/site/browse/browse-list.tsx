import type { FC } from 'hono/jsx';
import {
  leaving,
  relaxations,
  select,
  selectionQuery,
  type Selection,
  type SelectionPart,
} from '../../program/calendar/selection.js';
import type { View } from '../shell/view.js';
import { counted } from '../time-words.js';
import { FeedLinks } from './feed-links.js';
import { Filters, withQuery } from './filters.js';
import { Pager, pageOf } from './pager.js';
import { partName } from './selection-words.js';
import { SessionList, foldId, foldRow } from './session-list.js';

/** A list that a page is about. */
export interface BrowseListProps {
  readonly view: View;
  /** Path of the page, without the base path. */
  readonly path: string;
  readonly selection: Selection;
  /** The parts that the page itself stands for; they are not in its query. */
  readonly fixed: Selection;
  /** 1 is the first. */
  readonly page: number;
  readonly withDays?: boolean;
}

/** Sessions on one page of a long list. */
export const sessionsPerPage = 200;

/** Sessions that fit a selection, with what narrows them, what to relax when there are none, and the feeds of the same list. */
export const BrowseList: FC<BrowseListProps> = ({
  view,
  path,
  selection,
  fixed,
  page,
  withDays,
}) => {
  const whole = { ...selection, ...fixed };
  const found = select(view.catalog, whole);
  const { items, number, of } = pageOf(found, page, sessionsPerPage);
  const query = selectionQuery(selection);
  return (
    <>
      <div class="list-head" id={items.length < foldRow ? foldId : undefined}>
        <p class="count">{counted(found.length, 'session')}</p>
        <Filters
          view={view}
          path={path}
          selection={whole}
          fixed={Object.keys(fixed) as SelectionPart[]}
        />
      </div>
      {found.length === 0 ? (
        <NothingFits view={view} path={path} selection={selection} whole={whole} />
      ) : (
        <SessionList
          view={view}
          sessions={items}
          before={found[(number - 1) * sessionsPerPage - 1]}
          withDays={withDays ?? fixed.day === undefined}
        />
      )}
      <Pager
        number={number}
        of={of}
        address={(wanted) =>
          view.addresses.to(withQuery(path, query, wanted === 1 ? {} : { page: String(wanted) }))
        }
      />
      {found.length > 0 && <FeedLinks view={view} path={path} query={query} />}
    </>
  );
};

const NothingFits: FC<{
  readonly view: View;
  readonly path: string;
  readonly selection: Selection;
  readonly whole: Selection;
}> = ({ view, path, selection, whole }) => {
  const { addresses, catalog } = view;
  const ways = relaxations(catalog, whole).filter(({ part }) => selection[part] !== undefined);
  return (
    <div class="empty">
      <p>No session fits all of this.</p>
      {ways.length > 0 && (
        <ul>
          {ways.map(({ part, count }) => (
            <li>
              <a href={addresses.to(withQuery(path, selectionQuery(leaving(selection, part))))}>
                Without “{partName(view, part)}”: {counted(count, 'session')}
              </a>
            </li>
          ))}
        </ul>
      )}
      <p>
        <a href={addresses.to(path)}>Take off all filters</a>, or{' '}
        <a href={addresses.to('/search')}>search the program</a>.
      </p>
    </div>
  );
};
