import type { ProgramLookup } from '../program/lookup.js';
import type { Session } from '../program/model.js';
import type { SessionFilter } from './campaign.js';

/** What a filter can name. */
export type FilterKind = keyof SessionFilter;

/** The kinds of names, in the order in which notes speak of them. */
const filterKinds = ['units', 'types', 'rooms'] as const satisfies readonly FilterKind[];

/**
 * Decides which sessions an account announces. Of `only`, every list that says something must name the session; of `except`,
 * one list that names it is enough. Names are compared without regard to case and outer space.
 */
export function sessionFilter(
  only: SessionFilter,
  except: SessionFilter,
  program: ProgramLookup,
): (session: Session) => boolean {
  const wanted = filterKinds.map((kind) => names(only[kind]));
  const unwanted = filterKinds.map((kind) => names(except[kind]));
  return (session) =>
    filterKinds.every((kind, at) => {
      const name = nameOf(kind, session, program);
      const inOnly = wanted[at]?.size === 0 || (name !== undefined && wanted[at]?.has(name));
      return inOnly === true && !(name !== undefined && unwanted[at]?.has(name));
    });
}

/** The names of a filter that no session of the program bears: most often a slip of the pen. In the filter's own spelling. */
export function strangersOf(
  filter: SessionFilter,
  program: ProgramLookup,
): readonly { readonly kind: FilterKind; readonly name: string }[] {
  return filterKinds.flatMap((kind) => {
    if (filter[kind].length === 0) return [];
    const borne = new Set(
      program.program.sessions.map((session) => nameOf(kind, session, program)),
    );
    return filter[kind].filter((name) => !borne.has(fold(name))).map((name) => ({ kind, name }));
  });
}

function nameOf(kind: FilterKind, session: Session, program: ProgramLookup): string | undefined {
  const name = {
    units: () => program.unit(session.unit)?.name,
    types: () => session.type,
    rooms: () => program.room(session.room)?.name,
  }[kind]();
  return name === undefined ? undefined : fold(name);
}

function names(list: readonly string[]): ReadonlySet<string> {
  return new Set(list.map(fold));
}

function fold(name: string): string {
  return name.trim().toLowerCase();
}
