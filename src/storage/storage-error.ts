import { CallboardError, reasonOf } from '../errors.js';

/** PGlite's file system numbers errors as WASI does. */
const wasiNoSpace = 51;

/** What Postgres, Node and PGlite put on their errors. */
function codeOf(thrown: unknown): string | undefined {
  const { code, errno } = (thrown ?? {}) as { code?: unknown; errno?: unknown };
  if (typeof code === 'string') return code;
  return errno === wasiNoSpace ? 'ENOSPC' : undefined;
}

/** SQLSTATEs and system codes that a person can do something about, by what they mean. */
const known: readonly {
  readonly codes: readonly string[];
  readonly code: string;
  readonly problem: string;
  readonly remedy: string;
}[] = [
  {
    codes: ['53100', 'ENOSPC', 'EDQUOT'],
    code: 'disk-full',
    problem: 'the disk is full and nothing of this was stored',
    remedy: 'Free some space and try again',
  },
  {
    codes: ['EACCES', 'EPERM', 'EROFS'],
    code: 'data-folder-unreadable',
    problem: 'this user may not read and write it',
    remedy: 'Give it to the user that runs Callboard, or choose another data folder',
  },
  {
    codes: ['ENOTDIR', 'EEXIST'],
    code: 'data-folder-unreadable',
    problem: 'a file stands where a folder is needed',
    remedy: 'Move it away, or choose another data folder',
  },
  {
    codes: ['28P01', '28000'],
    code: 'database-refused',
    problem: 'the server refuses this user or password',
    remedy: 'Correct user and password in DATABASE_URL',
  },
  {
    codes: ['3D000'],
    code: 'database-missing',
    problem: 'the server has no database of this name',
    remedy: 'Create it with createdb, or correct the name in DATABASE_URL',
  },
  {
    codes: ['42501'],
    code: 'database-refused',
    problem: 'this user may not create or change the tables of Callboard',
    remedy: 'Make it the owner of the database, or of its schemas callboard and bullmq',
  },
  {
    codes: ['53300'],
    code: 'database-full',
    problem: 'the server has no connection left',
    remedy: 'Raise max_connections, or run fewer processes',
  },
  {
    codes: [
      'ECONNREFUSED',
      'ENOENT',
      'ENOTFOUND',
      'EAI_AGAIN',
      'ETIMEDOUT',
      'EHOSTUNREACH',
      'ENETUNREACH',
      'ECONNRESET',
      'EPIPE',
      '57P01',
      '57P02',
      '57P03',
      '08006',
      '08001',
    ],
    code: 'database-unreachable',
    problem: 'the database server cannot be reached',
    remedy: 'Start it, or correct host and port in DATABASE_URL',
  },
];

/**
 * An error of the database or of the disk as one sentence with place and remedy; a CallboardError stays as it is, and so does
 * what is no trouble of storing but a bug.
 */
export function storageError(place: string, thrown: unknown): unknown {
  if (thrown instanceof CallboardError) return thrown;
  if (isLostFolder(thrown)) return lostFolder(place, thrown);
  const code = rootCode(thrown);
  const match = known.find((one) => code !== undefined && one.codes.includes(code));
  if (match) {
    const { problem, remedy } = match;
    return new CallboardError(match.code, { place, problem, remedy }, 'storage', { cause: thrown });
  }
  if (/timeout|Connection terminated/i.test(reasonOf(thrown))) {
    return new CallboardError(
      'database-unreachable',
      {
        place,
        problem: 'the database server does not answer',
        remedy: 'See whether it runs and is not overloaded',
      },
      'storage',
      { cause: thrown },
    );
  }
  return thrown;
}

/** A socket that is not there says ENOENT too, and stands for a server that does not run. */
function isLostFolder(thrown: unknown): boolean {
  const { code, syscall } = (thrown ?? {}) as { code?: unknown; syscall?: unknown };
  return code === 'ENOENT' && typeof syscall === 'string' && syscall !== 'connect';
}

function lostFolder(place: string, cause: unknown): CallboardError {
  const problem = 'it is not there, and cannot be made where it should stand';
  const remedy =
    'Make it by hand, see that no link on its way leads nowhere, or choose another data folder';
  return new CallboardError('data-folder-unreadable', { place, problem, remedy }, 'storage', {
    cause,
  });
}

/** The code of the error, or of the first that it gathers: Node tries several addresses of one host. */
function rootCode(thrown: unknown): string | undefined {
  if (thrown instanceof AggregateError) return codeOf(thrown) ?? codeOf(thrown.errors[0]);
  return codeOf(thrown);
}
