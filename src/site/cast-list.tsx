import type { FC } from 'hono/jsx';
import { roles, type Participation } from '../program/model.js';
import { roleName } from '../program/role-names.js';
import type { View } from './shell/view.js';

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
            <dt>{roleName(role, cast.length)}</dt>
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
