import type { FC } from 'hono/jsx';
import { dayOf } from '../../program/calendar/day.js';
import { gridOf, type Cell } from '../../program/calendar/grid.js';
import type { Session } from '../../program/model.js';
import { toIso, type EpochMs } from '../../program/time.js';
import { languageOf } from '../language.js';
import type { View } from '../shell/view.js';
import { OtherDay } from './other-day.js';

/** A day as a table: rooms down, times across; the column of the present moment is marked. */
export const DayGrid: FC<{ readonly view: View; readonly sessions: readonly Session[] }> = ({
  view,
  sessions,
}) => {
  const { catalog, times, conferenceTimes, now, addresses, conference } = view;
  const [first] = sessions;
  if (first === undefined) {
    return (
      <div class="empty">
        <p>No session of this day fits all of this. Take a filter off.</p>
      </div>
    );
  }
  const grid = gridOf(catalog, sessions);
  const day = dayOf(first.startsAt, conference.zone);
  const isOn = (index: number) =>
    (grid.columns[index] ?? Infinity) <= now && now < (grid.columns[index + 1] ?? grid.end);
  const inOrder = grid.rows.flatMap(({ cells }) => cells.flatMap(({ session }) => session ?? []));
  const coming = sessions.find(({ startsAt }) => startsAt > now) ?? first;
  const seenFirst =
    inOrder.find((one) => isOnNow(one, now)) ??
    inOrder.find(({ startsAt }) => startsAt === coming.startsAt);
  return (
    <div class="grid-frame" role="region" aria-label="Rooms and times" tabindex={0}>
      <table class="grid" aria-label={conferenceTimes.longDay(first.startsAt)}>
        <thead>
          <tr>
            <th scope="col">Room</th>
            {grid.columns.map((at, index) => (
              <th scope="col" class={isOn(index) ? 'on' : undefined}>
                <time datetime={toIso(at)}>{times.clock(at)}</time>{' '}
                <OtherDay view={view} at={at} under={day} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {grid.rows.map(({ room, rowsOfRoom, cells }) => (
            <tr>
              {rowsOfRoom > 0 && (
                <th scope="row" rowspan={rowsOfRoom === 1 ? undefined : rowsOfRoom}>
                  {room === undefined ? (
                    'No room'
                  ) : (
                    <a href={addresses.to(`/rooms/${room.key}`)} dir="auto">
                      {room.name}
                    </a>
                  )}
                </th>
              )}
              {cells.map((cell) => (
                <GridCell view={view} cell={cell} seenFirst={seenFirst} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};

const GridCell: FC<{
  readonly view: View;
  readonly cell: Cell;
  /** What the table is opened on, by a script. */
  readonly seenFirst: Session | undefined;
}> = ({ view, cell, seenFirst }) => {
  const { session, span } = cell;
  const width = span === 1 ? undefined : span;
  if (session === undefined) return <td colspan={width}></td>;
  const { addresses, times, now } = view;
  const { key, title, startsAt, endsAt, cancelled } = session;
  return (
    <td
      colspan={width}
      class={cancelled ? 'off' : isOnNow(session, now) ? 'on' : 'set'}
      data-seen-first={session === seenFirst ? '' : undefined}
    >
      <a href={addresses.to(`/sessions/${key}`)} dir="auto" lang={languageOf(view, session)}>
        {title}
      </a>
      <small>
        {times.clock(startsAt)}–{times.clock(endsAt)}
        {cancelled ? ' · Cancelled' : ''}
      </small>
    </td>
  );
};

function isOnNow({ startsAt, endsAt, cancelled }: Session, now: EpochMs): boolean {
  return startsAt <= now && now < endsAt && !cancelled;
}
