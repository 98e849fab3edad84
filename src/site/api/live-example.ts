import type { Catalog } from '../../program/calendar/catalog.js';
import type { DescribedOperation } from './description.js';

/** So that an example can be read. */
const fewItems = '3';

/**
 * The path of a request that this very program can answer, below the API; undefined where it holds nothing to ask for.
 *
 * @example liveExample(catalog, { path: '/people', parameters: [limit] }) // '/people?limit=3'
 */
export function liveExample(
  catalog: Catalog,
  { path, parameters }: Pick<DescribedOperation, 'path' | 'parameters'>,
): string | undefined {
  const [, list = ''] = path.split('/');
  const session = catalog.sessions.find((one) => one.presentations.length > 0);
  const keys: Readonly<Record<string, string | undefined>> = {
    sessions: (session ?? catalog.sessions[0])?.key,
    presentations: session?.presentations[0]?.key,
    people: catalog.lookup.program.people.find(({ key }) => catalog.parts(key).length > 0)?.key,
  };
  const values: Readonly<Record<string, string | undefined>> = {
    key: keys[list],
    day: catalog.days[0]?.name,
    limit: fewItems,
  };
  const query = new URLSearchParams();
  let filled = path;
  for (const { name, place } of parameters) {
    const value = values[name];
    if (place === 'path') {
      if (value === undefined) return undefined;
      filled = filled.replace(`{${name}}`, value);
    } else if (value !== undefined) query.set(name, value);
  }
  return query.size === 0 ? filled : `${filled}?${query.toString()}`;
}
