/** A thing of a list in its order: by `sort`, then by `key`. */
export interface Ordered {
  readonly sort: string;
  readonly key: string;
}

/** Part of a list, and where the next part begins. */
export interface ListPage<T> {
  readonly items: readonly T[];
  /** Absent at the end. */
  readonly next?: string;
}

/**
 * The part of a list that comes after a cursor. A cursor names a place between things, so that it holds when things come and go between two requests.
 *
 * @param limit at least 1
 * @returns undefined for a cursor that this never gave
 */
export function pageOf<T>(
  things: readonly T[],
  orderOf: (thing: T) => Ordered,
  { limit, cursor }: { readonly limit: number; readonly cursor?: string | undefined },
): ListPage<T> | undefined {
  const after = cursor === undefined ? undefined : parsed(cursor);
  if (cursor !== undefined && after === undefined) return undefined;
  const inOrder = things
    .map((thing) => ({ thing, order: orderOf(thing) }))
    .sort((one, other) => compared(one.order, other.order));
  const rest = after ? inOrder.filter(({ order }) => compared(order, after) > 0) : inOrder;
  const taken = rest.slice(0, limit);
  const last = taken.at(-1);
  return {
    items: taken.map(({ thing }) => thing),
    ...(last && rest.length > limit && { next: written(last.order) }),
  };
}

function compared(one: Ordered, other: Ordered): number {
  if (one.sort !== other.sort) return one.sort < other.sort ? -1 : 1;
  return one.key === other.key ? 0 : one.key < other.key ? -1 : 1;
}

function written({ sort, key }: Ordered): string {
  return Buffer.from(JSON.stringify([sort, key])).toString('base64url');
}

function parsed(cursor: string): Ordered | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (!Array.isArray(value) || value.length !== 2) return undefined;
    const [sort, key] = value as unknown[];
    return typeof sort === 'string' && typeof key === 'string' ? { sort, key } : undefined;
  } catch {
    return undefined;
  }
}
