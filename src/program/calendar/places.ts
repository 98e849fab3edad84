import type { Room } from '../model.js';

/** The rooms of one floor. */
export interface Floor {
  /** Absent where the program does not say. */
  readonly name?: string;
  readonly rooms: readonly Room[];
}

/** The rooms of one building. */
export interface Building {
  /** Absent where the program does not say. */
  readonly name?: string;
  readonly floors: readonly Floor[];
}

/** Rooms by building and floor, each in the order of their names ("Room 2" before "Room 10"); what is not said comes last. */
export function placesOf(rooms: readonly Room[], names: Intl.Collator): readonly Building[] {
  return byName(rooms, ({ building }) => building, names).map(([building, there]) => ({
    ...(building !== undefined && { name: building }),
    floors: byName(there, ({ floor }) => floor, names).map(([floor, here]) => ({
      ...(floor !== undefined && { name: floor }),
      rooms: [...here].sort((one, other) => names.compare(one.name, other.name)),
    })),
  }));
}

function byName(
  rooms: readonly Room[],
  of: (room: Room) => string | undefined,
  names: Intl.Collator,
): [string | undefined, Room[]][] {
  const groups = new Map<string | undefined, Room[]>();
  for (const room of rooms) {
    const group = groups.get(of(room));
    if (group) group.push(room);
    else groups.set(of(room), [room]);
  }
  return [...groups].sort(([one], [other]) =>
    one === undefined || other === undefined
      ? Number(one === undefined) - Number(other === undefined)
      : names.compare(one, other),
  );
}
