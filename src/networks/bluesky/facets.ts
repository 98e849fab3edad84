import { RichText, type AppBskyRichtextFacet } from '@atproto/api';

/** A stretch of the text that means something: a link, a tag, a mention. Places count UTF-8 bytes. */
export interface Facet {
  readonly index: { readonly byteStart: number; readonly byteEnd: number };
  readonly features: readonly (
    | { readonly $type: 'app.bsky.richtext.facet#link'; readonly uri: string }
    | { readonly $type: 'app.bsky.richtext.facet#tag'; readonly tag: string }
    | { readonly $type: 'app.bsky.richtext.facet#mention'; readonly did: string }
  )[];
}

type Detected = AppBskyRichtextFacet.Main;

/**
 * The handles that are mentioned in a text, as they are written there, each once.
 *
 * @example handlesIn('With @alice.bsky.social and @bob') // ['alice.bsky.social']
 */
export function handlesIn(text: string): readonly string[] {
  const handles = detected(text).flatMap(({ features }) => {
    const { $type, did } = features[0] as { $type: string; did?: string };
    return $type.endsWith('#mention') && did !== undefined ? [did] : [];
  });
  return [...new Set(handles)];
}

/**
 * The facets of a text, in order and apart: the link to the letter, further addresses that are written out with their `https://`, tags, and the mentions of
 * handles that resolved. A name with a dot in it (ASP.NET) is no link.
 *
 * @param dids the DIDs of the handles that resolved
 * @see https://docs.bsky.app/docs/advanced-guides/post-richtext
 */
export function facetsOf(
  text: string,
  link: string,
  dids: Readonly<Record<string, string>>,
): readonly Facet[] {
  const ours = placesOf(text, link).map((index): Facet => ({
    index,
    features: [{ $type: 'app.bsky.richtext.facet#link', uri: link }],
  }));
  const others = detected(text).flatMap((facet) => meant(facet, text, dids));
  const apart: Facet[] = [...ours];
  for (const facet of others) if (!apart.some((one) => overlap(one, facet))) apart.push(facet);
  return apart.sort((a, b) => a.index.byteStart - b.index.byteStart);
}

function detected(text: string): readonly Detected[] {
  const rich = new RichText({ text });
  rich.detectFacetsWithoutResolution();
  return rich.facets ?? [];
}

function meant(
  { index, features }: Detected,
  text: string,
  dids: Readonly<Record<string, string>>,
): readonly Facet[] {
  const { byteStart, byteEnd } = index;
  const place = { byteStart, byteEnd };
  const [feature] = features as { $type: string; uri?: string; tag?: string; did?: string }[];
  if (feature?.uri !== undefined) {
    const written = Buffer.from(text).subarray(byteStart, byteEnd).toString();
    if (!/^https?:\/\//i.test(written) || !URL.canParse(feature.uri)) return [];
    const uri = feature.uri;
    return [{ index: place, features: [{ $type: 'app.bsky.richtext.facet#link', uri }] }];
  }
  if (feature?.tag !== undefined) {
    // Prices are no tags.
    if (feature.tag.startsWith('$')) return [];
    const tag = feature.tag;
    return [{ index: place, features: [{ $type: 'app.bsky.richtext.facet#tag', tag }] }];
  }
  const did = feature?.did === undefined ? undefined : dids[feature.did];
  if (did === undefined) return [];
  return [{ index: place, features: [{ $type: 'app.bsky.richtext.facet#mention', did }] }];
}

/** Where the link stands, and not a longer one that begins like it. */
function placesOf(text: string, link: string): readonly Facet['index'][] {
  const places: Facet['index'][] = [];
  for (
    let at = text.indexOf(link);
    at !== -1 && link !== '';
    at = text.indexOf(link, at + link.length)
  ) {
    if (/^[\w/%~-]/.test(text.slice(at + link.length))) continue;
    const byteStart = Buffer.byteLength(text.slice(0, at));
    places.push({ byteStart, byteEnd: byteStart + Buffer.byteLength(link) });
  }
  return places;
}

function overlap({ index: a }: Facet, { index: b }: Facet): boolean {
  return a.byteStart < b.byteEnd && b.byteStart < a.byteEnd;
}
