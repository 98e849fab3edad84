import type { Config } from '../config/config.js';
import { editionFor } from '../config/edition.js';
import { originOf } from '../program/fetch/credentials.js';
import type { Edition } from '../storage/editions.js';

/**
 * The config for an edition that was named. What the file says of its own conference and program does not hold for another one: there
 * the program itself is asked, as with `--program`. Credentials of the environment hold for the same origin only.
 */
export function configFor(config: Config, { series, address }: Edition): Config {
  if (series === editionFor(config)) return config;
  const { edition: _edition, program, ...rest } = config;
  const { credentials } = program;
  const its = address ?? program.address;
  return {
    ...rest,
    conference: { hashtags: [] },
    program: {
      address: its,
      rereadMs: program.rereadMs,
      replaced: true,
      ...(credentials && originOf(its) === credentials.origin && { credentials }),
    },
  };
}
