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
}

/** What following needs from outside. */
export interface Following {
  readonly trail: Trail;
  readonly address: URL;
  readonly first: FetchedDocument;
  /** Gets one page; undefined where it is not there any more. Throws where the whole must not go on. */
  readonly get: (address: URL) => Promise<FetchedDocument | undefined>;
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
  const { trail, address, first, get, allowed, most, signal } = following;
  const documents: FetchedDocument[] = [first];
  const left = { forbidden: 0, missing: 0, beyondMost: 0 };
  const seen = new Set([withoutHash(address)]);
  const waiting: URL[] = [];
  const note = (document: FetchedDocument, at: URL) => {
    for (const named of trail.next(document, at)) {
      if (!URL.canParse(named, at.href)) continue;
      const url = new URL(named, at);
      const mark = withoutHash(url);
      if (url.origin !== address.origin || seen.has(mark)) continue;
      seen.add(mark);
      if (!allowed(url)) left.forbidden += 1;
      else if (seen.size > most) left.beyondMost += 1;
      else waiting.push(url);
    }
  };
  note(first, address);
  let notBefore = Date.now() + trail.paceMs;
  for (let url = waiting.shift(); url !== undefined; url = waiting.shift()) {
    signal?.throwIfAborted();
    const wait = notBefore - Date.now();
    if (wait > 0) await sleep(wait, undefined, signal ? { signal } : {});
    notBefore = Date.now() + trail.paceMs;
    const document = await get(url);
    if (!document) {
      left.missing += 1;
      continue;
    }
    documents.push(document);
    note(document, url);
  }
  return { documents, left };
}

function withoutHash(url: URL): string {
  const bare = new URL(url);
  bare.hash = '';
  return bare.href;
}
