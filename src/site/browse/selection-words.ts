import type { SelectionPart } from '../../program/calendar/selection.js';
import type { View } from '../shell/view.js';

/** What a part of a selection is called on the pages. */
export function partName({ conference }: View, part: SelectionPart): string {
  const names: Readonly<Record<SelectionPart, string>> = {
    day: 'Day',
    after: 'Begins at or after',
    before: 'Begins before',
    unit: conference.unitLabel,
    type: 'Session type',
    room: 'Room',
    person: 'Person',
  };
  return names[part];
}

/** A value of a part as a person reads it; the value itself where the program does not know it. */
export function valueName(
  { catalog, conferenceTimes }: View,
  part: SelectionPart,
  value = '',
): string {
  const { lookup } = catalog;
  switch (part) {
    case 'day': {
      const first = catalog.days.find(({ name }) => name === value)?.sessions[0];
      return first ? conferenceTimes.day(first.startsAt) : value;
    }
    case 'unit':
      return lookup.unit(value)?.name ?? value;
    case 'room':
      return lookup.room(value)?.name ?? value;
    case 'type':
      return catalog.types.find(({ slug }) => slug === value)?.name ?? value;
    case 'person':
      return lookup.person(value)?.name ?? value;
    case 'after':
    case 'before':
      return value;
  }
}
