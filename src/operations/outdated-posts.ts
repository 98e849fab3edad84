import type { Network } from '../campaign/network.js';
import { outdatedBy, type Outdating } from '../compose/outdated.js';
import type { Context } from '../context.js';
import type { ProgramLookup } from '../program/lookup.js';
import { saidByPosts } from '../storage/standing-posts.js';

/** A post that stands and is no longer right. */
export interface OutdatedPost {
  /** Of its announcement. */
  readonly id: string;
  readonly network: Network;
  /** Of the first session, as it was announced. */
  readonly title: string;
  readonly permalink: string;
  readonly why: Outdating;
}

/** The posts that stand and say what a program does not say any more, the oldest first. */
export async function outdatedPosts(
  { database, edition, clock }: Pick<Context, 'database' | 'edition' | 'clock'>,
  program: ProgramLookup,
): Promise<readonly OutdatedPost[]> {
  const posts = await saidByPosts(database, edition.id);
  const now = clock.now();
  return posts.flatMap(({ announcement: id, network, permalink, said }) => {
    const why = outdatedBy(said, program, now);
    return why === undefined ? [] : [{ id, network, title: said[0]?.title ?? id, permalink, why }];
  });
}
