import type { Context } from 'hono';
import { pageNumber } from '../browse/pager.js';
import { longestQuery } from '../../program/search/query.js';
import { foundKinds, type FoundKind } from '../../program/search/documents.js';

/** What an address of the search asks for. */
export interface SearchAsked {
  readonly text: string;
  /** One kind of things only. */
  readonly kind?: FoundKind;
  /** 1 is the first. */
  readonly page?: number;
}

/**
 * The path of a search, without the base path; one search has one address.
 *
 * @example searchPath({ text: 'climate day:friday' }) // '/search?q=climate+day:friday'
 */
export function searchPath({ text, kind, page = 1 }: SearchAsked): string {
  const parameters = new URLSearchParams({ q: text });
  if (kind) parameters.set('kind', kind);
  if (page > 1) parameters.set('page', String(page));
  return `/search?${parameters.toString().replaceAll('%3A', ':')}`;
}

/** What an address asks for; more than the search reads is cut here already, and a kind that there is not is none. */
export function askedIn(c: Context): SearchAsked & { readonly page: number } {
  const parameters = new URL(c.req.url).searchParams;
  const kind = foundKinds.find((one) => one === parameters.get('kind'));
  return {
    text: (parameters.get('q') ?? '').trim().slice(0, longestQuery + 1),
    ...(kind && { kind }),
    page: pageNumber(parameters),
  };
}

/** The kind where it is one that has sessions to follow. */
export function sessionKind(kind: FoundKind | undefined): 'session' | 'presentation' | undefined {
  return kind === 'session' || kind === 'presentation' ? kind : undefined;
}
