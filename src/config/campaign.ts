import type { Campaign } from '../campaign/campaign.js';
import type { EpochMs } from '../program/time.js';
import type { Config } from './config.js';

/**
 * The campaign that a config asks for. What the config leaves out of the conference is taken from the program, then from what is
 * usual: zone `UTC`, language `en`, `Track` for a unit, the edition as the name.
 */
export function campaignFrom(
  config: Config,
  given: {
    readonly edition: string;
    /** When the edition's campaign began; kept in the database, so that a restart does not move it. */
    readonly beganAt: EpochMs;
    /** The program's own words. */
    readonly title?: string | undefined;
    readonly zone?: string | undefined;
    readonly language?: string | undefined;
    readonly unitLabel?: string | undefined;
  },
): Campaign {
  const { conference } = config;
  const language = conference.language ?? given.language ?? 'en';
  const title = given.title?.trim() ?? '';
  return {
    edition: given.edition,
    conference: {
      name: conference.name ?? (title === '' ? given.edition : title),
      zone: conference.zone ?? given.zone ?? 'UTC',
      hashtags: conference.hashtags,
      unitLabel: conference.unitLabel ?? given.unitLabel ?? 'Track',
      language,
      // The templates that come with Callboard are English: what is said within their sentences is too.
      ...(config.templatesFolder === undefined && !/^en\b/i.test(language) && { wordsIn: 'en' }),
    },
    site: config.site,
    beganAt: given.beganAt,
    accounts: config.accounts,
    ...(config.quietHours !== undefined && { quietHours: config.quietHours }),
    approval: config.approval,
    holdWithoutRoom: config.holdWithoutRoom,
  };
}
