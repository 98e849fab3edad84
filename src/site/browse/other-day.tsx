import type { FC } from 'hono/jsx';
import { dayOf, type DayName } from '../../program/calendar/day.js';
import type { EpochMs } from '../../program/time.js';
import type { View } from '../shell/view.js';

/** The day of a moment in the visitor's own zone, said beside its time where that is another than the day of the meeting under which it stands. */
export const OtherDay: FC<{
  readonly view: View;
  readonly at: EpochMs;
  readonly under: DayName;
}> = ({ view, at, under }) => {
  const { zone, conference, times } = view;
  if (zone === conference.zone || dayOf(at, zone) === under) return null;
  return <span class="other-day">{times.day(at)}</span>;
};
