import type { FC } from 'hono/jsx';
import { roles, type Participation, type Role } from '../program/model.js';
import type { View } from './shell/view.js';

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

/** People by role, as rows of a description list; a role that nobody has is left out. Each name leads to the person's page. */
export const CastList: FC<{ readonly view: View; readonly people: readonly Participation[] }> = ({
  view,
  people,
}) => (
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
                  <Participant view={view} participation={one} />
                ))}
              </ul>
            </dd>
          </div>
        )
      );
    })}
  </>
);

const Participant: FC<{ readonly view: View; readonly participation: Participation }> = ({
  view,
  participation,
}) => {
  const person = view.catalog.lookup.person(participation.person);
  if (person === undefined) return null;
  const affiliation = participation.affiliation ?? person.affiliation;
  return (
    <li>
      <a href={view.addresses.to(`/people/${person.key}`)} dir="auto">
        {person.name}
      </a>
      {affiliation !== undefined && (
        <span class="quiet" dir="auto">
          {affiliation}
        </span>
      )}
    </li>
  );
};
