import type { FC } from 'hono/jsx';

/** One page of a long list. */
export interface PageOf<T> {
  readonly items: readonly T[];
  /** Its number, from 1. */
  readonly number: number;
  /** How many pages there are, at least 1. */
  readonly of: number;
}

/**
 * A page of a list; a number outside it gives the nearest page.
 *
 * @example pageOf(['a', 'b', 'c'], 2, 2).items // ['c']
 */
export function pageOf<T>(list: readonly T[], number: number, size: number): PageOf<T> {
  const of = Math.max(1, Math.ceil(list.length / size));
  const shown = Math.min(Math.max(1, number), of);
  return { items: list.slice((shown - 1) * size, shown * size), number: shown, of };
}

/** The number of the page in an address's parameters. */
export function pageNumber(parameters: URLSearchParams): number {
  const text = parameters.get('page') ?? '';
  return /^[1-9]\d{0,5}$/.test(text) ? Number(text) : 1;
}

/** Leads to the pages before and after; nothing for a list of one page. */
export const Pager: FC<{
  readonly number: number;
  readonly of: number;
  readonly address: (page: number) => string;
}> = ({ number, of, address }) => {
  if (of === 1) return null;
  return (
    <nav class="pager" aria-label="Pages of this list">
      {number > 1 && (
        <a rel="prev" href={address(number - 1)}>
          Earlier
        </a>
      )}
      <span>
        Page {number} of {of}
      </span>
      {number < of && (
        <a rel="next" href={address(number + 1)}>
          Later
        </a>
      )}
    </nav>
  );
};
