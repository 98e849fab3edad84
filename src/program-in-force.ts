import { campaignFrom } from './config/campaign.js';
import type { Config } from './config/config.js';
import type { Campaign } from './campaign/campaign.js';
import { createComposer, type Composer } from './compose/compose.js';
import type { TemplateSources } from './compose/templates.js';
import { lookup, type ProgramLookup } from './program/lookup.js';
import type { Program } from './program/model.js';

/** A version of the program with everything that is made from it once. */
export interface ProgramInForce {
  readonly version: number;
  readonly lookup: ProgramLookup;
  readonly campaign: Campaign;
  readonly composer: Composer;
}

/** How versions of the program are loaded. */
export interface ProgramSource {
  load(version: number): Promise<Program | undefined>;
  readonly config: Config;
  readonly edition: { readonly id: string; readonly beganAt: number };
  readonly templates: TemplateSources;
}

/** Versions kept ready: the one in force, and the one before it for jobs that were under way. */
const keptVersions = 2;

/** Loads versions of the program when they are asked for; each is prepared once, however many ask at the same time. */
export function createProgramShelf(
  source: ProgramSource,
): (version: number) => Promise<ProgramInForce | undefined> {
  const shelf = new Map<number, Promise<ProgramInForce | undefined>>();
  return (version) => {
    const known = shelf.get(version);
    if (known) return known;
    const loading = source
      .load(version)
      .then((program) => program && prepare(source, version, program));
    shelf.set(version, loading);
    loading.catch(() => shelf.delete(version));
    for (const old of [...shelf.keys()].sort((a, b) => b - a).slice(keptVersions))
      shelf.delete(old);
    return loading;
  };
}

/** Prepares a version of the program for planning and composing. */
export function prepare(
  { config, edition, templates }: Omit<ProgramSource, 'load'>,
  version: number,
  program: Program,
): ProgramInForce {
  const campaign = campaignOf({ config, edition }, program);
  return {
    version,
    lookup: lookup(program),
    campaign,
    composer: createComposer({ campaign, templates }),
  };
}

/** The campaign of an edition over a version of its program. */
export function campaignOf(
  { config, edition }: Pick<ProgramSource, 'config' | 'edition'>,
  { title, zone, language, unitLabel }: Program,
): Campaign {
  return campaignFrom(config, {
    edition: edition.id,
    beganAt: edition.beganAt,
    title,
    zone,
    ...(language !== undefined && { language }),
    ...(unitLabel !== undefined && { unitLabel }),
  });
}
