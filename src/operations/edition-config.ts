import type { Config } from '../config/config.js';
import { editionFor } from '../config/edition.js';
import type { Edition } from '../storage/editions.js';

/**
 * The config for an edition that was named. What the file says of its own conference and program does not hold for another one: there
 * the program itself is asked, as with `--program`.
 */
export function configFor(config: Config, { series, address }: Edition): Config {
  if (series === editionFor(config)) return config;
  const { edition: _edition, program, ...rest } = config;
  return {
    ...rest,
    conference: { hashtags: [] },
    program: {
      address: address ?? program.address,
      rereadMs: program.rereadMs,
      replaced: true,
    },
  };
}
