import type { Context } from '../context.js';
import { CallboardError } from '../errors.js';
import type { Person } from '../program/model.js';
import { fold } from '../program/search/fold.js';

/** So many of those who may be meant are named. */
const mostNamed = 5;

/**
 * The person whom a name means, or the last part of the address of their page. Case and accents make no difference.
 *
 * @throws CallboardError `person-unknown` when nobody has the name, or several do
 */
export async function personNamed(
  { inForce }: Pick<Context, 'inForce'>,
  wanted: string,
): Promise<Person> {
  const program = (await inForce())?.lookup;
  if (!program) {
    throw unknown(
      'the program has not been read yet',
      'Import it first: callboard import, or callboard run',
    );
  }
  const byKey = program.person(wanted.trim());
  if (byKey) return byKey;
  const name = fold(wanted.trim());
  const { people } = program.program;
  const found = people.filter((person) => fold(person.name) === name);
  const [only] = found;
  if (only && found.length === 1) return only;
  if (found.length > 1) {
    throw unknown(
      `${String(found.length)} people in the program have the name “${wanted.trim()}”`,
      `Give the key of the right one: ${listed(found)}`,
    );
  }
  const words = name.split(/[\s,.]+/).filter((word) => word.length > 1);
  const near = people.filter((person) => {
    const theirs = new Set(fold(person.name).split(/[\s,.]+/));
    return words.some((word) => theirs.has(word));
  });
  throw unknown(
    `nobody in the program has the name “${wanted.trim()}”`,
    near.length > 0
      ? `Do you mean one of these? ${listed(near)}`
      : 'Write it as the program does; the page Browse by person has all names',
  );
}

function listed(people: readonly Person[]): string {
  const named = people
    .slice(0, mostNamed)
    .map(({ key, name, affiliation }) =>
      [`${name} is ${key}`, affiliation === undefined ? '' : ` (${affiliation})`].join(''),
    );
  const more = people.length - named.length;
  return [...named, ...(more > 0 ? [`and ${String(more)} more`] : [])].join('; ');
}

function unknown(problem: string, remedy: string): CallboardError {
  return new CallboardError(
    'person-unknown',
    { place: 'callboard invite --person', problem, remedy },
    'usage',
  );
}
