import { given, type Given } from './given.js';
import { wallClockIn } from './moment.js';
import { excerpt, report, type Problems } from './problem.js';
import type { SourceMoment, SourcePresentation, SourceSession } from './source.js';
import { toIso, type EpochMs } from './time.js';

/** When something begins and ends. */
export interface Times {
  readonly startsAt: EpochMs;
  /** Never before `startsAt`. */
  readonly endsAt: EpochMs;
}

const hour = 3_600_000;
const day = 24 * hour;

/** Fixes the times of a session; undefined without a start. Whatever had to be guessed is reported. */
export function sessionTimes(
  zone: string,
  session: SourceSession,
  title: string,
  problems: Problems,
): Times | undefined {
  const { place, durationMs } = session;
  const startsAt = fixed(session.start, zone);
  if (startsAt === undefined) {
    report(problems, 'dropped', 'no-start', {
      place,
      problem: `"${excerpt(title)}" has no start that can be read`,
      remedy: 'Give it a start in the source, as ISO 8601 with an offset where the format allows',
    });
    return undefined;
  }
  const end = fixed(session.end, zone);
  const byDuration =
    durationMs !== undefined && durationMs >= 0 ? startsAt + durationMs : undefined;
  if (end !== undefined && end >= startsAt) return { startsAt, endsAt: end };
  if (end === undefined && byDuration !== undefined) return { startsAt, endsAt: byDuration };
  if (end === undefined) {
    report(problems, 'repaired', 'no-end', {
      place,
      problem: `"${excerpt(title)}" has neither end nor duration, so it ends as it starts`,
      remedy: 'Give it an end in the source',
    });
    return { startsAt, endsAt: startsAt };
  }
  const endsAt =
    byDuration ??
    (end + day - startsAt <= 12 * hour && end + day >= startsAt ? end + day : startsAt);
  report(problems, 'repaired', 'end-before-start', {
    place,
    problem: `"${excerpt(title)}" ends before it starts, so its end is taken as ${toIso(endsAt)}`,
    remedy: 'Correct its end in the source',
  });
  return { startsAt, endsAt };
}

/** The own times of a presentation; none where the source gives none, or one outside the session, which is reported. */
export function presentationTimes(
  zone: string,
  presentation: SourcePresentation,
  session: Times,
  problems: Problems,
): Given<{ startsAt: EpochMs | undefined; endsAt: EpochMs | undefined }> {
  const startsAt = fixed(presentation.start, zone);
  const endsAt = fixed(presentation.end, zone);
  const inside = (at: EpochMs | undefined) =>
    at === undefined || (at >= session.startsAt && at <= session.endsAt);
  if (startsAt === undefined && presentation.start === undefined) return {};
  if (startsAt !== undefined && inside(startsAt)) {
    if (endsAt === undefined || (inside(endsAt) && endsAt >= startsAt)) {
      return given({ startsAt, endsAt });
    }
  }
  const keepStart = startsAt !== undefined && inside(startsAt);
  report(problems, 'repaired', 'presentation-outside-session', {
    place: presentation.place,
    problem: keepStart
      ? 'the presentation ends outside its session or before it starts, so its end is left out'
      : 'the presentation starts outside its session, so its own time is left out',
    remedy: 'Correct its times in the source',
  });
  return keepStart ? { startsAt } : {};
}

/** The moment itself; a wall clock is read in its own zone, else in the given one. */
function fixed(moment: SourceMoment | undefined, zone: string): EpochMs | undefined {
  if (moment === undefined) return undefined;
  return 'at' in moment ? moment.at : wallClockIn(moment.wall, moment.zone ?? zone);
}
