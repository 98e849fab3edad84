import type { FC } from 'hono/jsx';
import { selectionQuery, type Selection } from '../../program/calendar/selection.js';
import type { Room } from '../../program/model.js';
import { BrowseList } from '../browse/browse-list.js';
import { Directory } from '../browse/directory.js';
import { ListHead } from '../browse/feed-links.js';
import { foldId } from '../browse/session-list.js';
import { placeAround } from '../place-words.js';
import { SitePage } from '../shell/site-page.js';
import type { View } from '../shell/view.js';

/** Browse by room: by building and floor where the program knows them. */
export const RoomsPage: FC<{ readonly view: View }> = ({ view }) => {
  const { addresses, catalog } = view;
  const isOneOfNone = catalog.buildings.length === 1 && catalog.buildings[0]?.name === undefined;
  return (
    <SitePage view={view} title="Browse by room" current="/rooms">
      <h1>Browse by room</h1>
      {catalog.buildings.length === 0 && (
        <p class="empty">
          The program names no rooms. <a href={addresses.to('/days')}>Browse by day</a> instead.
        </p>
      )}
      {catalog.buildings.map(({ name, floors }) => (
        <section>
          {!isOneOfNone && <h2 dir="auto">{name ?? 'Elsewhere'}</h2>}
          {floors.map((floor) => (
            <>
              {(floors.length > 1 || floor.name !== undefined) && (
                <h3 dir="auto">
                  {floor.name === undefined ? 'Other rooms' : floorName(floor.name)}
                </h3>
              )}
              <Directory
                entries={floor.rooms.map((room) => ({
                  href: addresses.to(`/rooms/${room.key}`),
                  name: room.name,
                  count: catalog.inRoom(room.key).length,
                }))}
              />
            </>
          ))}
        </section>
      ))}
    </SitePage>
  );
};

function floorName(floor: string): string {
  return /\p{L}{2}/u.test(floor) ? floor : `Floor ${floor}`;
}

/** What takes place in one room. */
export const RoomPage: FC<{
  readonly view: View;
  readonly room: Room;
  readonly selection: Selection;
  readonly page: number;
}> = ({ view, room, selection, page }) => {
  const path = `/rooms/${room.key}`;
  const around = placeAround(room);
  return (
    <SitePage
      view={view}
      title={room.name}
      current="/rooms"
      drawnFrom={foldId}
      head={
        <ListHead view={view} path={path} query={selectionQuery(selection)} title={room.name} />
      }
    >
      <p class="eyebrow">Room</p>
      <h1 dir="auto">{room.name}</h1>
      {around !== '' && (
        <p class="lead" dir="auto">
          {around}
        </p>
      )}
      <BrowseList
        view={view}
        path={path}
        selection={selection}
        fixed={{ room: room.key }}
        page={page}
      />
    </SitePage>
  );
};
