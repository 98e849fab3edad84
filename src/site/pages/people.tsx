import type { FC } from 'hono/jsx';
import { listedName, peopleByLetter, type Letter } from '../../program/calendar/people.js';
import type { Catalog } from '../../program/calendar/catalog.js';
import type { Person } from '../../program/model.js';
import { Directory } from '../browse/directory.js';
import { FeedLinks, ListHead } from '../browse/feed-links.js';
import { Pager, pageOf } from '../browse/pager.js';
import { PartList } from '../browse/part-list.js';
import { withQuery } from '../browse/filters.js';
import { hostOf, safeAddress } from '../safe-address.js';
import { Icon } from '../shell/icons.js';
import { SitePage } from '../shell/site-page.js';
import type { View } from '../shell/view.js';
import { counted } from '../time-words.js';

const peoplePerPage = 300;

const directories = new WeakMap<Catalog, readonly Letter[]>();

/** Everybody by letter; made once per version, when it is first asked for. */
function directoryOf(catalog: Catalog): readonly Letter[] {
  const known = directories.get(catalog);
  if (known) return known;
  const made = peopleByLetter(catalog);
  directories.set(catalog, made);
  return made;
}

/** Browse by person: one letter at a time, or all of a small meeting. */
export const PeoplePage: FC<{
  readonly view: View;
  readonly letter: string | undefined;
  readonly page: number;
}> = ({ view, letter, page }) => {
  const { addresses, catalog } = view;
  const letters = directoryOf(catalog);
  const total = letters.reduce((sum, { people }) => sum + people.length, 0);
  const chosen = letters.find((one) => one.letter === letter);
  const shown = chosen ?? (total > peoplePerPage ? letters[0] : undefined);
  const people = shown ? shown.people : letters.flatMap((one) => one.people);
  const { items, number, of } = pageOf(people, page, peoplePerPage);
  return (
    <SitePage view={view} title="Browse by person" current="/people">
      <h1>Browse by person</h1>
      {total === 0 ? (
        <p class="empty">The program names nobody yet.</p>
      ) : (
        <>
          <nav class="letters" aria-label="Letters">
            {letters.map((one, index) => (
              <a
                class={
                  index > 0 && one.script !== letters[index - 1]?.script
                    ? 'other-script'
                    : undefined
                }
                href={addresses.to(
                  withQuery('/people', new URLSearchParams({ letter: one.letter }).toString()),
                )}
                aria-current={one === shown ? 'true' : undefined}
                aria-label={`${one.letter}${one.script === undefined ? '' : ` (${one.script})`}, ${counted(one.people.length, 'person', 'people')}`}
              >
                {one.letter}
              </a>
            ))}
          </nav>
          <p class="count">{counted(people.length, 'person', 'people')}</p>
          <Directory
            entries={items.map((person) => ({
              href: addresses.to(`/people/${person.key}`),
              name: listedName(person.name),
              note: person.affiliation,
              count: new Set(catalog.parts(person.key).map(({ session }) => session.key)).size,
            }))}
          />
          <Pager
            number={number}
            of={of}
            address={(wanted) =>
              addresses.to(
                withQuery(
                  '/people',
                  shown ? new URLSearchParams({ letter: shown.letter }).toString() : '',
                  {
                    page: String(wanted),
                  },
                ),
              )
            }
          />
        </>
      )}
    </SitePage>
  );
};

/** One person: affiliation, addresses, and everything that they take part in. */
export const PersonPage: FC<{ readonly view: View; readonly person: Person }> = ({
  view,
  person,
}) => {
  const { catalog } = view;
  const path = `/people/${person.key}`;
  const url = safeAddress(person.url);
  const parts = catalog.parts(person.key);
  return (
    <SitePage
      view={view}
      title={person.name}
      current="/people"
      head={<ListHead view={view} path={path} query="" title={person.name} />}
    >
      <p class="eyebrow">Person</p>
      <h1 dir="auto">{person.name}</h1>
      {person.affiliation !== undefined && (
        <p class="lead" dir="auto">
          {person.affiliation}
        </p>
      )}
      {url !== undefined && (
        <p>
          <a href={url} rel="noopener noreferrer nofollow">
            <Icon name="link" />
            {hostOf(url)}
          </a>
        </p>
      )}
      {parts.length === 0 ? (
        <p class="empty">Takes no part in this version of the program.</p>
      ) : (
        <PartList view={view} parts={parts} />
      )}
      {parts.length > 0 && <FeedLinks view={view} path={path} query="" />}
    </SitePage>
  );
};
