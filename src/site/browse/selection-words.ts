import type { SelectionPart } from '../../program/calendar/selection.js';
import type { View } from '../shell/view.js';
import { timeWords } from '../time-words.js';

/** What a part of a selection is called on the pages. */
export function partName(view: View, part: SelectionPart): string {
  const { conference } = view;
  const names: Readonly<Record<SelectionPart, string>> = {
    day: 'Day',
    after: `Begins at or after${whoseClock(view)}`,
    before: `Begins before${whoseClock(view)}`,
    unit: conference.unitLabel,
    type: 'Session type',
    room: 'Room',
    person: 'Person',
  };
  return names[part];
}

/** Filters are in the time of the meeting; that is said to who sees other times. */
function whoseClock({ zone, conference, conferenceTimes, catalog }: View): string {
  const [first] = catalog.sessions;
  return zone === conference.zone || !first ? '' : ` (${conferenceTimes.zone(first.startsAt)})`;
}

/** A value of a part as a person reads it; the value itself where the program does not know it. */
export function valueName(
  { catalog, conferenceTimes, preferences }: View,
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
      // The hours of any day without a change of clocks.
      return timeWords('UTC', preferences).clock(Date.parse(`1970-01-01T${value}Z`));
  }
}
