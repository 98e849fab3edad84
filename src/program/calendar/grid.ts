import type { Room, Session } from '../model.js';
import type { EpochMs } from '../time.js';
import type { Catalog } from './catalog.js';

/** Part of a row of the grid: a session, or a gap. */
export interface Cell {
  readonly session?: Session;
  /** How many columns wide, at least 1. */
  readonly span: number;
}

/** One row of a room, or of what has none. A room whose sessions overlap takes several rows. */
export interface Row {
  readonly room?: Room;
  /** How many rows the room takes; 0 on all but its first. */
  readonly rowsOfRoom: number;
  readonly cells: readonly Cell[];
}

/** A day as a table: rooms down, time across. */
export interface Grid {
  /** The moments at which columns begin; the last one ends at `end`. */
  readonly columns: readonly EpochMs[];
  readonly end: EpochMs;
  readonly rows: readonly Row[];
}

/** Lays sessions out, each as wide as the columns that it lasts; a column begins wherever a session begins or ends. */
export function gridOf({ lookup, buildings }: Catalog, sessions: readonly Session[]): Grid {
  const edges = [
    ...new Set(sessions.flatMap(({ startsAt, endsAt }) => [startsAt, lastOf(startsAt, endsAt)])),
  ].sort((one, other) => one - other);
  const column = new Map(edges.map((at, index) => [at, index]));
  const byRoom = new Map<Room | undefined, Session[]>();
  for (const session of sessions) {
    const room = lookup.room(session.room);
    const row = byRoom.get(room);
    if (row) row.push(session);
    else byRoom.set(room, [session]);
  }
  const inOrder = buildings.flatMap(({ floors }) => floors.flatMap(({ rooms }) => rooms));
  const rows = [...inOrder, undefined].flatMap((room) =>
    lanes(byRoom.get(room) ?? []).map((lane, index, all) => ({
      ...(room && { room }),
      rowsOfRoom: index === 0 ? all.length : 0,
      cells: cellsOf(lane, column, edges.length - 1),
    })),
  );
  return { columns: edges.slice(0, -1), end: edges.at(-1) ?? 0, rows };
}

/** Sessions of one room in as few rows as hold them without overlap. */
function lanes(sessions: readonly Session[]): readonly (readonly Session[])[] {
  const rows: Session[][] = [];
  for (const session of sessions) {
    const free = rows.find((row) => {
      const last = row.at(-1);
      return last === undefined || lastOf(last.startsAt, last.endsAt) <= session.startsAt;
    });
    if (free) free.push(session);
    else rows.push([session]);
  }
  return rows;
}

function cellsOf(
  lane: readonly Session[],
  column: ReadonlyMap<EpochMs, number>,
  width: number,
): readonly Cell[] {
  const cells: Cell[] = [];
  let at = 0;
  for (const session of lane) {
    const from = column.get(session.startsAt) ?? at;
    const to = column.get(lastOf(session.startsAt, session.endsAt)) ?? from + 1;
    if (from > at) cells.push({ span: from - at });
    cells.push({ session, span: to - from });
    at = to;
  }
  if (at < width) cells.push({ span: width - at });
  return cells;
}

/** A session that lasts no time takes five minutes of the table. */
function lastOf(startsAt: EpochMs, endsAt: EpochMs): EpochMs {
  return endsAt > startsAt ? endsAt : startsAt + 300_000;
}
