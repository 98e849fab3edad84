import type { Clock } from '../clock.js';
import type { Config } from '../config/config.js';
import { editionFor } from '../config/edition.js';
import { CallboardError } from '../errors.js';
import { aliasesOf } from '../program/identity.js';
import type { FetchHints } from '../program/fetch/fetched-program.js';
import { startShift } from '../program/shift.js';
import type { Queryable, Database } from '../storage/database.js';
import {
  createEdition,
  findEdition,
  listEditions,
  unfinishedMove,
  type Edition,
} from '../storage/editions.js';
import { currentProgram, storeProgram } from '../storage/programs.js';
import { fetchConfigured, readFetched } from './read-program.js';

/** An edition that is there, and whether it was begun just now. */
export interface Entered {
  readonly edition: Edition;
  readonly begun: boolean;
}

/**
 * The edition that the config speaks of, begun now when it is not there yet: its program is read first, and edition and first version are
 * stored together or not at all. A program that is moved to now (`startsIn`) begins a new edition when all of the last one is past.
 *
 * @throws CallboardError exit `program` when there is no edition yet and the program cannot be read
 */
export async function enterEdition(
  database: Database,
  config: Config,
  clock: Clock,
  how: Pick<FetchHints, 'signal' | 'onPage'> = {},
): Promise<Entered> {
  const before = await configuredEditions(database, config);
  const known = before.at(-1);
  if (known && !(await isOver(database, config, known, clock.now()))) {
    refuseMoved(known);
    return { edition: known, begun: false };
  }
  // Named by what was there at this look: another process that begins at the same time then means the same edition.
  const series = editionFor(config);
  const id =
    config.program.startsInMs === undefined ? series : `${series}-${String(before.length + 1)}`;
  return { edition: await beginEdition(database, config, clock, { ...how, id }), begun: true };
}

/**
 * The edition that a command means: the one that it names, else the one that the config speaks of.
 *
 * @throws CallboardError `edition-unknown`, naming those that are there
 */
export async function existingEdition(
  database: Queryable,
  config: Config,
  named: string | undefined,
): Promise<Edition> {
  const found =
    named === undefined
      ? (await configuredEditions(database, config)).at(-1)
      : await findEdition(database, named);
  if (found) return found;
  const others = (await listEditions(database)).map(({ id }) => id);
  if (others.length === 0) throw nothingStored(config, named);
  throw new CallboardError(
    'edition-unknown',
    {
      place: `edition ${named ?? editionFor(config)}`,
      problem: `it is not there; these are: ${others.join(', ')}`,
      remedy: 'Name one with --edition, or begin a new one with `callboard run`',
    },
    'usage',
  );
}

/** The error for an edition of a database that holds none at all, or is not there yet. */
export function nothingStored(config: Config, named: string | undefined): CallboardError {
  return new CallboardError(
    'edition-unknown',
    {
      place: `edition ${named ?? editionFor(config)}`,
      problem: 'nothing was imported yet',
      remedy: 'Begin with `callboard run` or `callboard import`',
    },
    'usage',
  );
}

/** The editions that the config speaks of, oldest first: one at most, or a series where the program is shifted to begin anew. */
async function configuredEditions(
  database: Queryable,
  config: Config,
): Promise<readonly Edition[]> {
  const name = editionFor(config);
  if (config.program.startsInMs !== undefined) return listEditions(database, name);
  const edition = await findEdition(database, name);
  return edition ? [edition] : [];
}

async function isOver(
  database: Queryable,
  config: Config,
  edition: Edition,
  now: number,
): Promise<boolean> {
  if (config.program.startsInMs === undefined) return false;
  const stored = await currentProgram(database, edition.id);
  return stored?.program.sessions.every(({ endsAt }) => endsAt <= now) ?? false;
}

async function beginEdition(
  database: Database,
  config: Config,
  clock: Clock,
  { id, ...how }: Pick<FetchHints, 'signal' | 'onPage'> & { readonly id: string },
): Promise<Edition> {
  const series = editionFor(config);
  const { startsInMs } = config.program;
  const fetched = await fetchConfigured(config, how);
  const unmoved = readFetched(config, fetched, { edition: id });
  const now = clock.now();
  const shiftMs =
    startsInMs === undefined ? 0 : startShift(unmoved.program, { now, firstStartsIn: startsInMs });
  const reading = shiftMs === 0 ? unmoved : readFetched(config, fetched, { edition: id, shiftMs });
  return database.transaction(async (transaction) => {
    const stands = await createEdition(transaction, {
      id,
      series,
      title: reading.program.title,
      address: reading.address,
      zone: reading.program.zone,
      shiftMs,
      beganAt: now,
      createdAt: now,
    });
    // Another process began it in the same moment: its shift and its program hold.
    if (stands.programVersion > 0) return stands;
    const aliases = aliasesOf(reading.program);
    await storeProgram(transaction, id, { ...reading, importedAt: now, aliases });
    const begun = await findEdition(transaction, id);
    if (!begun) throw new Error(`edition ${id} vanished while it was begun`);
    return begun;
  });
}

function refuseMoved({ id, movedTo }: Edition): void {
  if (movedTo === undefined) return;
  if (movedTo.startsWith(unfinishedMove)) {
    throw new CallboardError(
      'edition-moving',
      {
        place: `edition ${id}`,
        problem: `its move to ${movedTo.slice(unfinishedMove.length)} is not finished`,
        remedy: `Finish it with \`callboard migrate\`, with the data folder that it comes from; if that server is lost for good: callboard migrate --abandon --edition ${id}`,
      },
      'usage',
    );
  }
  throw new CallboardError(
    'edition-moved',
    {
      place: `edition ${id}`,
      problem: `it was moved to ${movedTo} and runs there`,
      remedy: 'Set DATABASE_URL to that server',
    },
    'usage',
  );
}
