import type { IdentityContext, Kind, Recognition } from '../identity.js';
import { excerpt, report } from '../problem.js';

/** Something that has a name and little else: a person, a room, a unit. */
interface Named {
  readonly name: string;
}

/**
 * Finds people, rooms and units of the last version again by their names, where each name is borne by one on either side. Of several who bear one name
 * nobody can say who is who: that is reported for people.
 */
export function recognizeByName(
  { before, problems }: IdentityContext,
  kind: Kind,
  things: readonly Named[],
): Recognition | undefined {
  if (!before || kind === 'session' || kind === 'presentation') return undefined;
  const old: readonly (Named & Recognition['previous'][number])[] = {
    person: before.people,
    room: before.rooms.map((room) => ({ ...room, aliases: [] })),
    unit: before.units.map((unit) => ({ ...unit, aliases: [] })),
  }[kind];
  const bearersBefore = byName(old);
  const bearersNow = byName(things);
  return {
    previous: old,
    recognize(freeAfter, freeBefore) {
      const isFree = new Set(freeBefore);
      const found = new Map<number, number>();
      for (const index of freeAfter) {
        const name = normal(things[index]?.name ?? '');
        const [place, ...others] = bearersBefore.get(name) ?? [];
        if (place === undefined || !isFree.has(place)) continue;
        if (others.length === 0 && bearersNow.get(name)?.length === 1) found.set(index, place);
        else if (kind === 'person') {
          report(problems, 'note', 'identity-unclear', {
            place: `${kind} "${excerpt(name)}"`,
            problem: `several bear the name "${excerpt(things[index]?.name ?? '')}", and the ids do not say who was who in the last version; this one is taken as new`,
            remedy: 'Keep the ids of people from version to version in the source',
          });
        }
      }
      return found;
    },
  };
}

function byName(things: readonly Named[]): ReadonlyMap<string, readonly number[]> {
  const places = new Map<string, number[]>();
  things.forEach(({ name }, index) => {
    const same = places.get(normal(name));
    if (same) same.push(index);
    else places.set(normal(name), [index]);
  });
  return places;
}

function normal(name: string): string {
  return name.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ');
}
