import { given } from '../given.js';
import { handleNetworks, profileAddress } from '../handles.js';
import type { ProgramLookup } from '../lookup.js';
import type { Participation } from '../model.js';
import { htmlishText } from './export-text.js';

/** What a property of JSON-LD may hold. */
export type LinkedValue =
  string | { readonly [property: string]: LinkedValue } | readonly LinkedValue[];

/**
 * Who takes part, in order, for `performer`: a presenter as a person, anybody else as a role with its name in between (https://schema.org/Role).
 *
 * @param site public address of the program site
 */
export function performersOf(
  program: ProgramLookup,
  people: readonly Participation[],
  site: string,
): readonly LinkedValue[] {
  return people.flatMap((part): LinkedValue[] => {
    const person = personOf(program, part, site);
    if (person === undefined) return [];
    return part.role === 'presenter'
      ? [person]
      : [{ '@type': 'Role', roleName: part.role, performer: person }];
  });
}

function personOf(
  program: ProgramLookup,
  { person: key, affiliation }: Participation,
  site: string,
): LinkedValue | undefined {
  const person = program.person(key);
  if (!person) return undefined;
  const from = affiliation ?? person.affiliation;
  const profiles = handleNetworks.flatMap((network) => {
    const handle = person.handles?.[network];
    return handle === undefined ? [] : [profileAddress(network, handle)];
  });
  return {
    '@type': 'Person',
    '@id': `${site}/people/${key}`,
    name: htmlishText(person.name),
    ...given({
      url: person.url,
      affiliation:
        from === undefined ? undefined : { '@type': 'Organization', name: htmlishText(from) },
      sameAs: profiles.length === 0 ? undefined : profiles,
    }),
  };
}
