import { sourceId } from '../identity.js';
import type { SourceRoom } from '../source.js';
import { isNode, listOf, textIn, typesOf, type LinkedNode } from './json-ld.js';
import { idOf } from './schema-org-graph.js';

/** Where an event is, and where it is streamed. */
export interface EventPlace {
  readonly room?: SourceRoom;
  readonly stream?: string;
}

/** Places lie in places, but not many deep. */
const outermost = 5;

/** Reads `location`: a place and the building that contains it, a virtual one, or a text. */
export function placeOf(node: LinkedNode, resolve: (value: unknown) => unknown): EventPlace {
  let room: SourceRoom | undefined;
  let stream: string | undefined;
  for (const value of listOf(node.location)) {
    const place = resolve(value);
    if (!isNode(place)) {
      const text = textIn(place);
      if (text !== undefined && /^https?:\/\//i.test(text)) stream ??= text;
      else if (text !== undefined) room ??= { ids: [], name: text };
    } else if (typesOf(place).includes('VirtualLocation')) stream ??= textIn(place.url);
    else room ??= roomOf(place, resolve);
  }
  return { ...(room && { room }), ...(stream !== undefined && { stream }) };
}

function roomOf(place: LinkedNode, resolve: (value: unknown) => unknown): SourceRoom | undefined {
  const name = textIn(place.name) ?? addressOf(resolve(listOf(place.address)[0]));
  if (name === undefined) return undefined;
  let building: string | undefined;
  let around = resolve(listOf(place.containedInPlace ?? place.containedIn)[0]);
  for (let hops = 0; isNode(around) && building === undefined && hops < outermost; hops++) {
    building = textIn(around.name);
    around = resolve(listOf(around.containedInPlace ?? around.containedIn)[0]);
  }
  const id = idOf(place);
  return {
    ids: id === undefined || id.startsWith('_:') ? [] : sourceId('id', id),
    name,
    building,
    floor: textIn(place.floorLevel),
  };
}

function addressOf(address: unknown): string | undefined {
  return isNode(address) ? textIn(address.streetAddress) : textIn(address);
}
