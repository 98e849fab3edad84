import type { SourceRoom } from '../source.js';

const unknown = /^(?:tb[acd]|to be (?:announced|assigned|determined))\.?$/i;

/**
 * The room that a time line names: what stands before the floor is the building, what stands behind it the room. Without a floor the first of several parts is the
 * building. "TBA" is none yet.
 *
 * @example roomAt('Palmer House, Floor: 3rd, Salon 2') // { ids: [], name: 'Salon 2', building: 'Palmer House', floor: '3rd' }
 */
export function roomAt(place: string): SourceRoom | undefined {
  const parts = place.split(/\s*,\s*/, 20).filter((part) => part !== '' && !unknown.test(part));
  if (parts.length === 0) return undefined;
  const at = parts.findIndex((part) => /^(?:floor|level)\b|\b(?:floor|level)$/i.test(part));
  const split = at === -1 ? Math.min(1, parts.length - 1) : at;
  const building = parts.slice(0, split).join(', ');
  const floor = at === -1 ? undefined : parts[at]?.replace(/^floor\s*:\s*/i, '');
  const name = parts.slice(at === -1 ? split : at + 1).join(', ');
  return {
    ids: [],
    name: name === '' ? (floor ?? building) : name,
    building: building === '' ? undefined : building,
    floor: name === '' ? undefined : floor,
  };
}
