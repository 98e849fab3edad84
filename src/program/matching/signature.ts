import { numbering } from './numbering.js';
import type { Subject } from './subject.js';

/** Makes signatures, which are equal for things that nobody could tell apart, and short however long their texts are. */
export function signatures(): (subject: Subject) => string {
  const numberOf = numbering();
  const some = (text: string | undefined) => (text === undefined ? '' : numberOf(text));
  return ({ title, startsAt, endsAt, place, within, people, unit, type, abstract }) => {
    const texts = `${some(title)},${some(place)},${some(within)},${some(unit)},${some(type)},${some(abstract)}`;
    const keys = people.length < 2 ? people.map(numberOf) : people.map(numberOf).sort();
    return `${texts},${startsAt ?? ''},${endsAt ?? ''},${keys.join()}`;
  };
}
