import type { Config } from '../config/config.js';
import { editionFor } from '../config/edition.js';
import { originOf } from '../program/fetch/credentials.js';
import type { ReadingOptions } from '../program/import-report.js';
import type { Queryable } from '../storage/database.js';
import type { Edition } from '../storage/editions.js';
import { currentProgram } from '../storage/programs.js';

/**
 * The config for an edition that is there. One whose program came from the command line, or from another config, is read as it was read last, where
 * the command line says nothing else; what this config's file says of its own program needs no such memory.
 */
export async function configOfEdition(
  database: Queryable,
  config: Config,
  edition: Edition,
): Promise<Config> {
  if (isOwn(config, edition) && !config.program.replaced) return config;
  const stored = await currentProgram(database, edition.id);
  return configFor(config, edition, stored?.report.asked);
}

/**
 * The config for an edition that was named. What the file says of its own conference and program does not hold for another one: there
 * the program itself is asked, as with `--program`. Credentials of the environment hold for the same origin only.
 */
export function configFor(
  config: Config,
  edition: Pick<Edition, 'series' | 'address'>,
  asked: ReadingOptions = {},
): Config {
  if (isOwn(config, edition)) return { ...config, program: { ...asked, ...config.program } };
  const { edition: _edition, program, ...rest } = config;
  const { credentials } = program;
  const its = edition.address ?? program.address;
  return {
    ...rest,
    conference: { hashtags: [] },
    program: {
      ...asked,
      address: its,
      rereadMs: program.rereadMs,
      replaced: true,
      ...(credentials && originOf(its) === credentials.origin && { credentials }),
    },
  };
}

function isOwn(config: Config, { series }: Pick<Edition, 'series'>): boolean {
  return series === editionFor(config);
}
