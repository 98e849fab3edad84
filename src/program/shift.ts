import { given } from './given.js';
import type { Program } from './model.js';
import type { EpochMs } from './time.js';

/** The program with every time moved by so many milliseconds; keys and all else stay. */
export function shiftProgram(program: Program, ms: number): Program {
  if (ms === 0) return program;
  const moved = (at: EpochMs | undefined) => (at === undefined ? undefined : at + ms);
  return {
    ...program,
    sessions: program.sessions.map((session) => ({
      ...session,
      startsAt: session.startsAt + ms,
      endsAt: session.endsAt + ms,
      presentations: session.presentations.map((presentation) => ({
        ...presentation,
        ...given({
          startsAt: moved(presentation.startsAt),
          endsAt: moved(presentation.endsAt),
        }),
      })),
    })),
  };
}

/**
 * The shift, in milliseconds and rounded up to five seconds of the clock, by which the first session starts `firstStartsIn` milliseconds
 * after `now`. 0 for a program without sessions.
 */
export function startShift(
  program: Program,
  { now, firstStartsIn }: { readonly now: EpochMs; readonly firstStartsIn: number },
): number {
  const first = program.sessions.reduce(
    (earliest, { startsAt }) => Math.min(earliest, startsAt),
    Number.POSITIVE_INFINITY,
  );
  if (!Number.isFinite(first)) return 0;
  const step = 5_000;
  return Math.ceil((now + firstStartsIn) / step) * step - first;
}
