/** What programs write where a room is not known yet. */
const unknown =
  /^(tba|tbd|tbc|t\.b\.[acd]\.?|to be (announced|determined|decided|confirmed|assigned)|unknown|none|n\/a|\?+|-+|–|—)$/i;

/**
 * Whether a room's name says where to go; "TBA" does not.
 *
 * @example isKnownRoom('TBA') // false
 */
export function isKnownRoom(name: string | undefined): boolean {
  const said = name?.trim() ?? '';
  return said !== '' && !unknown.test(said);
}
