import { networks, type Network } from '../campaign/network.js';
import type { Context } from '../context.js';
import type { Key } from '../program/model.js';

/** The template of the text that anybody may share. */
const template = 'share';

/** A text about a session that fits each network, by the composer that fits the announcements; a network that none fits is left out. */
export async function shareTexts(
  context: Pick<Context, 'inForce' | 'edition'>,
  session: Key,
): Promise<ReadonlyMap<Network, string>> {
  const inForce = await context.inForce();
  const startsAt = inForce?.lookup.session(session)?.startsAt;
  const texts = new Map<Network, string>();
  if (!inForce || startsAt === undefined) return texts;
  for (const network of networks) {
    const composed = inForce.composer.compose(
      {
        id: `share-${session}`,
        edition: context.edition.id,
        sessions: [session],
        account: `preview:${network}`,
        network,
        leadTime: 'PT0S',
        round: 1,
        template,
        dueAt: startsAt,
        expiresAt: startsAt,
      },
      inForce.lookup,
      inForce.version,
    );
    if (composed.ok) texts.set(network, composed.content.text);
  }
  return texts;
}
