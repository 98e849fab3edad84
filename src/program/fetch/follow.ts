import { setTimeout as sleep } from 'node:timers/promises';
import type { FetchedDocument } from '../document.js';

/** How a program that one address does not hold whole is gathered from the addresses that it names. */
export interface Trail {
  readonly name: string;
  /** Whether the document at the program's address leads on to others of its kind. */
  begins(first: FetchedDocument, address: URL): boolean;
  /** Addresses that a document names, as it writes them; only those of the program's own origin are followed. */
  next(document: FetchedDocument, address: URL): readonly string[];
  /** Whether the program stands without the document at an address: one that is not there, or not for us, is then left out and not an error. */
  readonly spares?: (address: URL) => boolean;
  /** Milliseconds from the beginning of one request to that of the next; requests never overlap. */
  readonly paceMs: number;
  /** Asks robots.txt before the first request, and leaves out what it forbids. */
  readonly obeysRobots: boolean;
  /** One text for all addresses of a page, such as with and without the id of a browser's session; the address itself unless given. */
  identity?(address: URL): string;
  /** For how many milliseconds a page in the cache is as good as asked for; none unless given, so that an API is asked each time. */
  freshMs?(address: URL): number;
  /** A page without what no source reads, so that a program of thousands of pages has room in memory. */
  slim?(document: FetchedDocument): FetchedDocument;
}

/** What following needs from outside. */
export interface Following {
  readonly trail: Trail;
  readonly address: URL;
  readonly first: FetchedDocument;
  /** Gets one page; undefined where it is not there any more. Throws where the whole must not go on. */
  readonly get: (address: URL) => Promise<FetchedDocument | undefined>;
  /** A page that is fresh enough not to be asked for; it costs no wait. */
  readonly kept?: (address: URL) => Promise<FetchedDocument | undefined>;
  /** Told of every document that is held in memory; throws where that is too much. */
  readonly holds?: (document: FetchedDocument) => void;
  /** Told of every document: how many are here, and how many are known by now. */
  readonly onPage?: ((here: number, known: number) => void) | undefined;
  /** Milliseconds from one request to the next, where they are not the trail's. */
  readonly paceMs?: number | undefined;
  /** Whether robots may get an address; asked of every one. */
  readonly allowed: (address: URL) => boolean;
  /** More documents are not fetched. */
  readonly most: number;
  readonly signal: AbortSignal | undefined;
}

/** What a trail came to. */
export interface Followed {
  /** The first one, then the others in the order in which they were named. */
  readonly documents: readonly FetchedDocument[];
  /** Addresses that were named and are not among the documents. */
  readonly left: {
    readonly forbidden: number;
    readonly missing: number;
    readonly beyondMost: number;
  };
}

/** Follows a trail to its end: one request at a time, each address once, at the trail's pace. */
export async function follow(following: Following): Promise<Followed> {
  const { trail, address, first, get, kept, holds, allowed, most, signal } = following;
  const paceMs = following.paceMs ?? trail.paceMs;
  const slim = (document: FetchedDocument) => trail.slim?.(document) ?? document;
  const documents: FetchedDocument[] = [slim(first)];
  const left = { forbidden: 0, missing: 0, beyondMost: 0 };
  const identity = (url: URL) => trail.identity?.(url) ?? withoutHash(url);
  const seen = new Set([identity(address)]);
  const waiting: URL[] = [];
  const note = (document: FetchedDocument, at: URL) => {
    for (const named of trail.next(document, at)) {
      if (!URL.canParse(named, at.href)) continue;
      const url = new URL(named, at);
      const mark = identity(url);
      if (url.origin !== address.origin || seen.has(mark)) continue;
      seen.add(mark);
      if (!allowed(url)) left.forbidden += 1;
      else if (seen.size > most) left.beyondMost += 1;
      else waiting.push(url);
    }
  };
  note(first, address);
  let notBefore = Date.now() + paceMs;
  // What a document names is walked, too: the queue grows while it is. Shifting it would move many thousand addresses each time.
  for (const url of waiting) {
    signal?.throwIfAborted();
    let document = await kept?.(url);
    if (!document) {
      const wait = notBefore - Date.now();
      if (wait > 0) await sleep(wait, undefined, signal ? { signal } : {});
      notBefore = Date.now() + paceMs;
      document = await get(url);
    }
    if (!document) {
      left.missing += 1;
      continue;
    }
    const slimmed = slim(document);
    holds?.(slimmed);
    documents.push(slimmed);
    note(document, url);
    following.onPage?.(documents.length, waiting.length + 1 - left.missing);
  }
  return { documents, left };
}

function withoutHash(url: URL): string {
  const bare = new URL(url);
  bare.hash = '';
  return bare.href;
}
