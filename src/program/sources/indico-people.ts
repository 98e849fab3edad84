import { sourceId } from '../identity.js';
import type { Role } from '../model.js';
import type { SourceParticipation, SourcePerson } from '../source.js';
import { objectsOf, textOf, type JsonObject } from './json-values.js';

/** Finds people of an export again. */
export interface IndicoPeople {
  /** Everybody of a list of Indico's in a role, but those whom the other participations hold already. */
  parts(
    list: unknown,
    role: Role,
    except?: readonly SourceParticipation[],
  ): readonly SourceParticipation[];
}

/**
 * The people of an export. Indico names them by id and by a hash of their mail address; in some lists the id is that of the mention, so it counts only
 * together with the name.
 */
export function indicoPeople(): IndicoPeople {
  const known = new Map<string, SourcePerson>();
  return {
    parts(list, role, except = []) {
      const taken = new Set(except.map(({ person }) => person));
      return objectsOf(list).flatMap((raw): SourceParticipation[] => {
        const person = personIn(known, raw);
        if (person === undefined || taken.has(person)) return [];
        return [{ person, role, affiliation: textOf(raw.affiliation) }];
      });
    },
  };
}

function personIn(known: Map<string, SourcePerson>, raw: JsonObject): SourcePerson | undefined {
  const name = nameOf(raw);
  if (name === undefined) return undefined;
  const hash = textOf(raw.emailHash);
  const id = textOf(raw.person_id) ?? textOf(raw.id);
  const marks = [
    ...(hash === undefined ? [] : [`hash:${hash}`]),
    ...(id === undefined ? [] : [`id:${id} ${name.toLowerCase()}`]),
  ];
  const person = marks.map((mark) => known.get(mark)).find((one) => one !== undefined) ?? {
    ids: [...sourceId('email-hash', hash), ...sourceId('id', id)],
    name,
    affiliation: textOf(raw.affiliation),
  };
  for (const mark of marks) if (!known.has(mark)) known.set(mark, person);
  return person;
}

/** `Lovelace, Ada` is how Indico writes full names. */
function nameOf(raw: JsonObject): string | undefined {
  const first = textOf(raw.first_name) ?? textOf(raw.firstName);
  const last = textOf(raw.last_name) ?? textOf(raw.familyName);
  if (first !== undefined && last !== undefined) return `${first} ${last}`;
  const full = textOf(raw.fullName) ?? textOf(raw.name) ?? last ?? first;
  const parts = full?.split(',').map((part) => part.trim()) ?? [];
  return parts.length === 2 && parts.every((part) => part !== '')
    ? `${parts[1] ?? ''} ${parts[0] ?? ''}`
    : full;
}
