import type { Program } from './model.js';
import { excerpt, report, type Problems } from './problem.js';
import { reportSpellings } from './spellings.js';
import { inZone, toIso, type EpochMs } from './time.js';

/** UTF-8 that was read as Latin-1 or Windows-1252 on its way: `Ã©` for é, `â€™` for ’, `Â°` for °. */
const mojibake =
  /Ã(?:[\u0080-\u00bf€‚ƒ„†‡ˆ‰Š‹ŒŽ•˜™š›œžŸ]|[‘’“”–—…](?=\p{L}))|Â[\u0080-\u00bf]|â(?:€[\u0080-\u00bf™œžŸ¦“”˜’‘•–—šº¢]|\u0080[\u0080-\u00bf])|ðŸ/u;

const tenMonths = 304 * 86_400_000;

/**
 * Reports what makes a program as a whole doubtful, though each part of it can be read: broken letters, days of another year, nothing but the past, no
 * length at all, people under two spellings. Nothing is changed. Sessions of one person at the same time are no such thing.
 */
export function reportDoubts(
  program: Program,
  { asOf, isMoved }: { readonly asOf?: EpochMs | undefined; readonly isMoved: boolean },
  problems: Problems,
): void {
  const { sessions } = program;
  reportMojibake(program, problems);
  reportOtherYears(program, problems);
  if (sessions.length > 0 && sessions.every(({ startsAt, endsAt }) => startsAt === endsAt)) {
    report(problems, 'note', 'zero-length', {
      place: 'sessions',
      problem:
        sessions.length === 1
          ? 'the only session ends as it starts'
          : `all ${sessions.length} sessions end as they start`,
      remedy: 'See whether the export leaves out ends or durations',
    });
  }
  const last = sessions.reduce((latest, { endsAt }) => Math.max(latest, endsAt), -Infinity);
  // A program that is played from now on is meant to be an old one.
  if (asOf !== undefined && !isMoved && sessions.length > 0 && last < asOf) {
    report(problems, 'note', 'all-past', {
      place: 'sessions',
      problem: `all of it is past: the last session ended ${toIso(last)}`,
      remedy: 'See whether this is the program of an earlier year; nothing of it will be announced',
    });
  }
  reportSpellings(program.people, problems);
}

function reportMojibake({ sessions, people, rooms, units }: Program, problems: Problems): void {
  const texts = [
    ...sessions.flatMap(({ title, presentations }) => [
      title,
      ...presentations.map((presentation) => presentation.title),
    ]),
    ...[...people, ...rooms, ...units].map(({ name }) => name),
  ];
  const broken = texts.filter((text) => mojibake.test(text));
  if (broken.length === 0) return;
  const examples = [...new Set(broken)].slice(0, 3).map((text) => `"${excerpt(text, 40)}"`);
  report(problems, 'note', 'mojibake', {
    place: 'titles and names',
    problem: `${broken.length} of them ${broken.length === 1 ? 'holds' : 'hold'} broken letters, as UTF-8 read as Latin-1 shows: ${examples.join(', ')}`,
    remedy: 'Export it as UTF-8, or correct the texts in the source; nothing is changed here',
  });
}

function reportOtherYears({ sessions, zone }: Program, problems: Problems): void {
  // Sessions stand in order of their start.
  const middle = sessions[Math.floor(sessions.length / 2)]?.startsAt ?? 0;
  const far = sessions.filter(({ startsAt }) => Math.abs(startsAt - middle) > tenMonths);
  const [first] = far;
  if (!first) return;
  const dayOf = (at: EpochMs) => inZone(at, zone).toPlainDate().toString();
  report(problems, 'note', 'dates-of-another-year', {
    place: 'sessions',
    problem: `${far.length} ${far.length === 1 ? 'lies' : 'lie'} more than ten months from the others, such as "${excerpt(first.title)}" on ${dayOf(first.startsAt)} (most are about ${dayOf(middle)})`,
    remedy: 'Correct their days in the source, or leave them out of the export',
  });
}
