import { spanMs } from '../campaign/lead-time.js';
import type { Config } from '../config/config.js';
import { editionFor } from '../config/edition.js';
import { readTemplates, templateFolders } from '../config/templates.js';
import { prepare } from '../program-in-force.js';
import type { FetchHints } from '../program/fetch/fetched-program.js';
import type { Program } from '../program/model.js';
import { startShift } from '../program/shift.js';
import type { EpochMs } from '../program/time.js';
import { planWithTexts, type PlanOutput, type PlanProgress } from './plan.js';
import { readingNotes } from './reading-notes.js';
import { fetchConfigured, readFetched, type ProgramReading } from './read-program.js';

const dayMs = 86_400_000;

/**
 * Reads the program that the config names, as a first start at that moment would: moved to now where `startsIn` says so. No database.
 *
 * @throws CallboardError exit `program`
 */
export async function readConfiguredProgram(
  config: Config,
  now: EpochMs,
  onPage?: FetchHints['onPage'],
): Promise<{ readonly edition: string; readonly reading: ProgramReading }> {
  const { startsInMs } = config.program;
  const edition = startsInMs === undefined ? editionFor(config) : `${editionFor(config)}-1`;
  const fetched = await fetchConfigured(config, onPage && { onPage });
  const reading = readFetched(config, fetched, { edition });
  if (startsInMs === undefined) return { edition, reading };
  const shiftMs = startShift(reading.program, { now, firstStartsIn: startsInMs });
  return { edition, reading: readFetched(config, fetched, { edition, shiftMs }) };
}

/**
 * The plan of the program that the config names, if its campaign began now. All of a program that is past is planned as if the campaign had begun before
 * its first due moment. Notes say so, and what was guessed or left out in reading it.
 *
 * @throws CallboardError exit `program`
 */
export async function planProgram(
  config: Config,
  now: EpochMs,
  progress?: (how: PlanProgress) => void,
): Promise<PlanOutput> {
  const { edition, reading } = await readConfiguredProgram(config, now);
  const { program } = reading;
  const isPast = program.sessions.every(({ startsAt }) => startsAt <= now);
  const beganAt = isPast ? beforeFirstDue(program, config) : now;
  const templates = readTemplates(templateFolders(config));
  const inForce = prepare({ config, edition: { id: edition, beganAt }, templates }, 1, program);
  const plan = planWithTexts(inForce, progress);
  const notes = [
    ...readingNotes(reading.report, config),
    ...plan.summary.notes,
    ...(isPast ? [pastNote] : []),
  ];
  return { ...plan, summary: { ...plan.summary, notes } };
}

const pastNote =
  'All sessions have begun already: planned as if the campaign had begun before the first due moment.';

function beforeFirstDue({ sessions }: Program, { accounts }: Config): EpochMs {
  const leads = accounts.flatMap(({ leads }) => leads.map(({ leadTime }) => spanMs(leadTime)));
  // Quiet hours and a change of the clock move a due moment by less than a day each.
  return Math.min(...sessions.map(({ startsAt }) => startsAt)) - Math.max(...leads) - 2 * dayMs;
}
