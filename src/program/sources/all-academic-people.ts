import type { SourceParticipation, SourcePerson, SourceSession } from '../source.js';

/**
 * Gives people without an id that of the only one with the same name and affiliation: a session's page links its chair, but not the authors of its presentations.
 * A name alone joins nobody.
 */
export function joinPeople(sessions: readonly SourceSession[]): readonly SourceSession[] {
  const known = new Map<string, string | undefined>();
  const parts = (session: SourceSession) => [
    ...session.people,
    ...session.presentations.flatMap(({ people }) => people),
  ];
  for (const { person } of sessions.flatMap(parts)) {
    const [id] = person.ids;
    if (id === undefined) continue;
    const mark = markOf(person);
    known.set(mark, known.has(mark) && known.get(mark) !== id ? undefined : id);
  }
  const joined = (part: SourceParticipation): SourceParticipation => {
    if (part.person.ids.length > 0) return part;
    const id = known.get(markOf(part.person));
    return id === undefined ? part : { ...part, person: { ...part.person, ids: [id] } };
  };
  return sessions.map((session) => ({
    ...session,
    people: session.people.map(joined),
    presentations: session.presentations.map((presentation) => ({
      ...presentation,
      people: presentation.people.map(joined),
    })),
  }));
}

function markOf({ name = '', affiliation = '' }: SourcePerson): string {
  return JSON.stringify([name, affiliation].map((text) => text.normalize('NFKC').toLowerCase()));
}
