import { handlesOf } from '../handles.js';
import { sourceId } from '../identity.js';
import type { Role } from '../model.js';
import type { SourceParticipation, SourcePerson } from '../source.js';
import { isNode, listOf, textIn, typesOf, type LinkedNode } from './json-ld.js';
import { idOf } from './schema-org-graph.js';
import { roleNamed } from './role-words.js';

/** By property; an attendee is nobody's business here. */
const properties: readonly (readonly [property: string, role: Role])[] = [
  ['performer', 'presenter'],
  ['performers', 'presenter'],
  ['actor', 'presenter'],
  ['speaker', 'presenter'],
  ['instructor', 'presenter'],
  ['author', 'author'],
  ['contributor', 'participant'],
  ['organizer', 'organizer'],
];

/** Bodies that perform are announced, those that organize are not. */
const performers = /^(?:PerformingGroup|MusicGroup|DanceGroup|TheaterGroup)$/;

/** Who takes part in an event. */
export function peopleOf(
  node: LinkedNode,
  resolve: (value: unknown) => unknown,
): readonly SourceParticipation[] {
  return properties.flatMap(([property, role]) =>
    listOf(node[property]).flatMap((value): SourceParticipation[] => {
      const said = resolve(value);
      // A role in between says as what (https://schema.org/Role).
      const between = isNode(said) && typesOf(said).some((type) => type.endsWith('Role'));
      const who = between ? resolve(listOf(said[property])[0]) : said;
      const person = personOf(who, property);
      if (!person) return [];
      const named = between ? roleNamed(textIn(said.roleName) ?? '') : undefined;
      return [{ person, role: named ?? role, affiliation: person.affiliation }];
    }),
  );

  function personOf(value: unknown, property: string): SourcePerson | undefined {
    if (typeof value === 'string') {
      return property === 'organizer' || /^https?:/i.test(value)
        ? undefined
        : { ids: [], name: value };
    }
    if (!isNode(value)) return undefined;
    const types = typesOf(value);
    const isPerson = types.includes('Person') || (types.length === 0 && property !== 'organizer');
    const performs = property !== 'organizer' && types.some((type) => performers.test(type));
    if (!isPerson && !performs) return undefined;
    const full = [value.givenName, value.familyName].map((part) => textIn(part) ?? '').join(' ');
    const id = idOf(value);
    const url = textIn(value.url);
    const addresses = [...listOf(value.sameAs), url].map((address) => textIn(address));
    const employer = resolve(listOf(value.affiliation ?? value.worksFor)[0]);
    return {
      ids: id === undefined || id.startsWith('_:') ? [] : sourceId('id', id),
      name: textIn(value.name) ?? (full.trim() === '' ? undefined : full),
      affiliation: isNode(employer) ? textIn(employer.name) : textIn(employer),
      url,
      handles: handlesOf(addresses),
    };
  }
}
