import { given } from '../given.js';
import type { ProgramLookup } from '../lookup.js';
import type { Session } from '../model.js';
import { htmlishText } from './export-text.js';
import type { LinkedValue } from './linked-people.js';

/** Where a session is: its room in its building (https://schema.org/MeetingRoom), and its stream (https://schema.org/VirtualLocation). */
export function locationsOf(
  program: ProgramLookup,
  { room: key, stream }: Session,
  site: string,
): readonly LinkedValue[] {
  const room = program.room(key);
  const virtual = stream === undefined ? [] : [{ '@type': 'VirtualLocation', url: stream }];
  if (room === undefined) return virtual;
  const { building, floor } = room;
  return [
    {
      '@type': 'MeetingRoom',
      '@id': `${site}/rooms/${room.key}`,
      name: htmlishText(room.name),
      ...given({
        floorLevel: floor && htmlishText(floor),
        containedInPlace:
          building === undefined ? undefined : { '@type': 'Place', name: htmlishText(building) },
      }),
    },
    ...virtual,
  ];
}
