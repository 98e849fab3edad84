import type { CardContent, Picture } from '../compose/content.js';
import type { Queryable } from './database.js';

/** Keeps what a card shows under its digest, so that any process can draw it again. Known ones cost nothing. */
export async function keepCard(
  database: Queryable,
  edition: string,
  picture: Pick<Picture, 'digest' | 'card'>,
): Promise<void> {
  await database.query(
    'INSERT INTO callboard.cards (edition, digest, card) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING',
    [edition, picture.digest, JSON.stringify(picture.card)],
  );
}

/** What the card of a digest shows. */
export async function findCard(
  database: Queryable,
  edition: string,
  digest: string,
): Promise<CardContent | undefined> {
  const { rows } = await database.query<{ card: CardContent }>(
    'SELECT card FROM callboard.cards WHERE edition = $1 AND digest = $2',
    [edition, digest],
  );
  return rows[0]?.card;
}
