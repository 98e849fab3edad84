import type { Program } from '../../program/model.js';

/** A feed inside Bluesky. */
export interface NamedFeed {
  /** Its record key: `program`, or the key of a unit. */
  readonly rkey: string;
  /** For people. */
  readonly name: string;
}

/** The collection of the records that announce feeds. */
export const generatorCollection = 'app.bsky.feed.generator';

/** The feeds of a program: all of it, then one for each unit. */
export function feedsOf(program: Program, conference: string): readonly NamedFeed[] {
  return [
    { rkey: 'program', name: conference },
    ...program.units.map(({ key, name }) => ({ rkey: key, name })),
  ];
}

/**
 * The decentralized identifier of the site as a service: `did:web` of its host (https://w3c-ccg.github.io/did-method-web/). Undefined where it can have none: AT Protocol takes
 * a host name alone, without port and path, and asks it by HTTPS (https://atproto.com/specs/did#blessed-did-methods).
 *
 * @example serviceDid('https://meeting.example.org') // 'did:web:meeting.example.org'
 * @example serviceDid('https://example.org/program') // undefined
 */
export function serviceDid(site: string): string | undefined {
  if (!URL.canParse(site)) return undefined;
  const { protocol, hostname, port, pathname } = new URL(site);
  const isName = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/.test(hostname);
  const isBare = port === '' && pathname === '/';
  return protocol === 'https:' && isName && isBare ? `did:web:${hostname}` : undefined;
}

/**
 * The document behind the identifier, which says where the feeds are served (https://docs.bsky.app/docs/starter-templates/custom-feeds).
 *
 * @param site public address, one that has a `serviceDid`
 */
export function didDocument(did: string, site: string): object {
  return {
    '@context': ['https://www.w3.org/ns/did/v1'],
    id: did,
    service: [{ id: '#bsky_fg', type: 'BskyFeedGenerator', serviceEndpoint: site }],
  };
}
