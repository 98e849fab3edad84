import type { Context } from '../context.js';

/** The zone of the venue: the clock on which an edition is told to people, as `status` and `plan` do. */
export async function venueZone({
  inForce,
  edition,
}: Pick<Context, 'inForce' | 'edition'>): Promise<string> {
  return (await inForce())?.campaign.conference.zone ?? edition.zone;
}
