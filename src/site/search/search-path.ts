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

/** The kind in an address's parameters; anything else is none. */
export function askedKind(parameters: URLSearchParams): FoundKind | undefined {
  return foundKinds.find((kind) => kind === parameters.get('kind'));
}
