import type { FC } from 'hono/jsx';
import type { ProgramLookup } from '../program/lookup.js';
import { roles, type Participation, type Role } from '../program/model.js';
import { safeAddress } from './safe-address.js';

const roleNames: Readonly<Record<Role, readonly [one: string, several: string]>> = {
  chair: ['Chair', 'Chairs'],
  'co-chair': ['Co-chair', 'Co-chairs'],
  moderator: ['Moderator', 'Moderators'],
  presenter: ['Presenter', 'Presenters'],
  author: ['Author', 'Authors'],
  discussant: ['Discussant', 'Discussants'],
  panelist: ['Panelist', 'Panelists'],
  lecturer: ['Lecturer', 'Lecturers'],
  host: ['Host', 'Hosts'],
  organizer: ['Organizer', 'Organizers'],
  participant: ['Participant', 'Participants'],
};

/**
 * A role as pages call it.
 *
 * @example roleName('co-chair') // 'Co-chair'
 */
export function roleName(role: Role): string {
  return roleNames[role][0];
}

/** People by role, as rows of a description list; a role that nobody has is left out. */
export const CastList: FC<{
  readonly people: readonly Participation[];
  readonly program: ProgramLookup;
}> = ({ people, program }) => (
  <>
    {roles.map((role) => {
      const cast = people.filter((one) => one.role === role);
      return (
        cast.length > 0 && (
          <div>
            <dt>{roleNames[role][cast.length === 1 ? 0 : 1]}</dt>
            <dd>
              <ul class="cast">
                {cast.map((one) => (
                  <Participant participation={one} program={program} />
                ))}
              </ul>
            </dd>
          </div>
        )
      );
    })}
  </>
);

const Participant: FC<{
  readonly participation: Participation;
  readonly program: ProgramLookup;
}> = ({ participation, program }) => {
  const person = program.person(participation.person);
  if (person === undefined) return null;
  const affiliation = participation.affiliation ?? person.affiliation;
  const url = safeAddress(person.url);
  return (
    <li>
      {url === undefined ? (
        <span dir="auto">{person.name}</span>
      ) : (
        <a href={url} rel="noopener noreferrer nofollow" dir="auto">
          {person.name}
        </a>
      )}
      {affiliation !== undefined && (
        <span class="quiet" dir="auto">
          {affiliation}
        </span>
      )}
    </li>
  );
};
