import type { Key, Participation, Presentation, Role, Session } from '../model.js';

/** One thing that somebody takes part in. */
export interface Part {
  readonly session: Session;
  /** Absent where they take part in the session itself. */
  readonly presentation?: Presentation;
  /** In the order of the source; at least one. */
  readonly roles: readonly Role[];
}

/** What everybody takes part in, by person, in the order of the sessions. */
export function partsOfPeople(sessions: readonly Session[]): ReadonlyMap<Key, readonly Part[]> {
  const parts = new Map<Key, Part[]>();
  const add = (people: readonly Participation[], session: Session, presentation?: Presentation) => {
    for (const [person, roles] of rolesByPerson(people)) {
      const part = { session, roles, ...(presentation && { presentation }) };
      const known = parts.get(person);
      if (known) known.push(part);
      else parts.set(person, [part]);
    }
  };
  for (const session of sessions) {
    add(session.people, session);
    for (const presentation of session.presentations)
      add(presentation.people, session, presentation);
  }
  return parts;
}

function rolesByPerson(people: readonly Participation[]): ReadonlyMap<Key, readonly Role[]> {
  const roles = new Map<Key, Role[]>();
  for (const { person, role } of people) {
    const known = roles.get(person);
    if (!known) roles.set(person, [role]);
    else if (!known.includes(role)) known.push(role);
  }
  return roles;
}
