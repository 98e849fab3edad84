import type { FC } from 'hono/jsx';
import type { TypeEntry } from '../../program/calendar/catalog.js';
import { select, selectionQuery, type Selection } from '../../program/calendar/selection.js';
import type { Unit } from '../../program/model.js';
import { BrowseList } from '../browse/browse-list.js';
import { Directory } from '../browse/directory.js';
import { FeedHead, ListHead } from '../browse/feed-links.js';
import { foldId } from '../browse/session-list.js';
import { SitePage } from '../shell/site-page.js';
import type { View } from '../shell/view.js';

const names = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/** Browse by unit, called as this meeting calls it. */
export const UnitsPage: FC<{ readonly view: View }> = ({ view }) => {
  const { addresses, catalog, conference } = view;
  const units = catalog.lookup.program.units
    .map((unit) => ({ unit, count: catalog.inUnit(unit.key).length }))
    .filter(({ count }) => count > 0)
    .sort((one, other) => names.compare(one.unit.name, other.unit.name));
  const title = `Browse by ${conference.unitLabel}`;
  return (
    <SitePage view={view} title={title} current="/units">
      <h1 dir="auto">{title}</h1>
      {units.length === 0 ? (
        <p class="empty">
          The sessions of this program belong to no {conference.unitLabel}.{' '}
          <a href={addresses.to('/types')}>Browse by session type</a> instead.
        </p>
      ) : (
        <Directory
          entries={units.map(({ unit, count }) => ({
            href: addresses.to(`/units/${unit.key}`),
            name: unit.name,
            count,
          }))}
        />
      )}
    </SitePage>
  );
};

/** What belongs to one unit. */
export const UnitPage: FC<{
  readonly view: View;
  readonly unit: Unit;
  readonly selection: Selection;
  readonly page: number;
}> = ({ view, unit, selection, page }) => {
  const path = `/units/${unit.key}`;
  return (
    <SitePage
      view={view}
      title={unit.name}
      current="/units"
      drawnFrom={foldId}
      head={
        <ListHead view={view} path={path} query={selectionQuery(selection)} title={unit.name} />
      }
    >
      <p class="eyebrow" dir="auto">
        {view.conference.unitLabel}
      </p>
      <h1 dir="auto">{unit.name}</h1>
      <BrowseList
        view={view}
        path={path}
        selection={selection}
        fixed={{ unit: unit.key }}
        page={page}
      />
    </SitePage>
  );
};

/** Browse by session type. */
export const TypesPage: FC<{ readonly view: View }> = ({ view }) => {
  const { addresses, catalog } = view;
  return (
    <SitePage view={view} title="Browse by session type" current="/types">
      <h1>Browse by session type</h1>
      {catalog.types.length === 0 ? (
        <p class="empty">
          The program names no session types. <a href={addresses.to('/days')}>Browse by day</a>{' '}
          instead.
        </p>
      ) : (
        <Directory
          entries={catalog.types.map(({ slug, name, sessions }) => ({
            href: addresses.to(`/types/${slug}`),
            name,
            count: sessions.length,
          }))}
        />
      )}
    </SitePage>
  );
};

/** Sessions of one type. */
export const TypePage: FC<{
  readonly view: View;
  readonly type: TypeEntry;
  readonly selection: Selection;
  readonly page: number;
}> = ({ view, type, selection, page }) => {
  const path = `/types/${type.slug}`;
  return (
    <SitePage
      view={view}
      title={type.name}
      current="/types"
      drawnFrom={foldId}
      head={
        <ListHead view={view} path={path} query={selectionQuery(selection)} title={type.name} />
      }
    >
      <p class="eyebrow">Session type</p>
      <h1 dir="auto">{type.name}</h1>
      <BrowseList
        view={view}
        path={path}
        selection={selection}
        fixed={{ type: type.slug }}
        page={page}
      />
    </SitePage>
  );
};

/** All sessions, or those that a shared address selects. */
export const SessionsPage: FC<{
  readonly view: View;
  readonly selection: Selection;
  readonly page: number;
}> = ({ view, selection, page }) => {
  const isAll = select(view.catalog, selection).length === view.catalog.sessions.length;
  return (
    <SitePage
      view={view}
      title={isAll ? 'All sessions' : 'Sessions'}
      current="/"
      drawnFrom={foldId}
      head={
        <FeedHead view={view} path="/sessions" query={selectionQuery(selection)} title="Sessions" />
      }
    >
      <h1>{isAll ? 'All sessions' : 'Sessions'}</h1>
      <BrowseList view={view} path="/sessions" selection={selection} fixed={{}} page={page} />
    </SitePage>
  );
};
