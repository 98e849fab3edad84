import type { Room } from '../program/model.js';

/**
 * Building and floor of a room, in words; empty where the program knows neither.
 *
 * @example placeAround({ key: 'r', name: 'Hall 2', building: 'Main building', floor: '1' }) // 'Main building, Floor 1'
 */
export function placeAround({ building, floor }: Room): string {
  const named = floor === undefined || /\p{L}{2}/u.test(floor) ? floor : `Floor ${floor}`;
  return [building, named].filter((part) => part !== undefined).join(', ');
}
