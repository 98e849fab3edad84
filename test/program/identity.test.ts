import { describe, expect, it } from 'vitest';

import { aliasesOf, assignKeys, deriveKey, isKey } from '../../src/program/identity.js';
import type { ImportProblem } from '../../src/program/import-report.js';
import { codes, read, titled } from '../support/program-readings.js';

const assign = (
  things: readonly { ids: readonly string[]; key?: string }[],
  known: ReadonlyMap<string, string> = new Map(),
) => {
  const problems: ImportProblem[] = [];
  const keys = assignKeys(
    { edition: 'e', known, problems },
    'session',
    things.map((thing, index) => ({ place: `#${index}`, ...thing })),
  );
  return { keys, problems };
};

describe('keys', () => {
  it('are the same for the same edition, kind and first id, for ever', () => {
    expect(deriveKey('2026', 'session', 'guid:0c8b')).toBe('6ihl4qtevrgh');
    expect(isKey(deriveKey('2026', 'person', 'guid:0c8b'))).toBe(true);
    expect(
      new Set([
        deriveKey('2026', 'session', 'guid:0c8b'),
        deriveKey('2027', 'session', 'guid:0c8b'),
        deriveKey('2026', 'person', 'guid:0c8b'),
        deriveKey('2026', 'session', 'guid:0c8c'),
      ]).size,
    ).toBe(4);
  });

  it('follow a known alias, the strongest first', () => {
    const known = new Map([
      ['guid:new', 'aaaaaaaaaaaa'],
      ['code:X', 'bbbbbbbbbbbb'],
    ]);
    expect(assign([{ ids: ['guid:new', 'code:X'] }], known).keys).toEqual(['aaaaaaaaaaaa']);
    expect(assign([{ ids: ['guid:other', 'code:X'] }], known).keys).toEqual(['bbbbbbbbbbbb']);
  });

  it('let the holder of a strong id keep its key from another that shares a weak one', () => {
    const known = new Map([
      ['guid:a', 'aaaaaaaaaaaa'],
      ['code:X', 'aaaaaaaaaaaa'],
    ]);
    const { keys } = assign([{ ids: ['guid:b', 'code:X'] }, { ids: ['guid:a', 'code:X'] }], known);
    expect(keys).toEqual([deriveKey('e', 'session', 'guid:b'), 'aaaaaaaaaaaa']);
  });

  it('do not follow a number that several sessions carry', () => {
    const known = new Map([['id:7', 'aaaaaaaaaaaa']]);
    const { keys, problems } = assign(
      [{ ids: ['guid:b', 'id:7'] }, { ids: ['guid:c', 'id:7'] }],
      known,
    );
    expect(keys).not.toContain('aaaaaaaaaaaa');
    expect(codes(problems)).toEqual(['duplicate-id']);
  });

  it('tell sessions with one first id apart by the next id, else by order', () => {
    const { keys, problems } = assign([
      { ids: ['uid:1', 'url:a'] },
      { ids: ['uid:1', 'url:b'] },
      { ids: ['uid:1'] },
      { ids: ['uid:1'] },
    ]);
    expect(new Set(keys).size).toBe(4);
    expect(keys[0]).toBe(deriveKey('e', 'session', 'uid:1'));
    expect(keys[1]).toBe(deriveKey('e', 'session', 'uid:1\nurl:b'));
    expect(keys[2]).toBe(deriveKey('e', 'session', 'uid:1\n#2'));
    expect(problems).toMatchObject([{ code: 'duplicate-id', severity: 'repaired' }]);
  });

  it('refuse a key of a file that is malformed or there twice', () => {
    const { keys, problems } = assign([
      { ids: ['id:1'], key: 'aaaaaaaaaaaa' },
      { ids: ['id:2'], key: 'aaaaaaaaaaaa' },
      { ids: ['id:3'], key: 'No key' },
    ]);
    expect(keys[0]).toBe('aaaaaaaaaaaa');
    expect(keys.slice(1)).toEqual([
      deriveKey('e', 'session', 'id:2'),
      deriveKey('e', 'session', 'id:3'),
    ]);
    expect(codes(problems)).toEqual(['key-unusable', 'key-unusable']);
  });
});

describe('identity through versions', () => {
  const file = (session: object) =>
    JSON.stringify({
      format: 'callboard-program',
      version: 1,
      title: 'T',
      zone: 'UTC',
      sessions: [{ start: '2026-01-01T10:00Z', end: '2026-01-01T11:00Z', ...session }],
    });

  it('keeps the key when a new id comes before the old one', () => {
    const before = read(file({ title: 'A', ids: ['guid:1', 'code:X'] })).program;
    const after = read(file({ title: 'B', ids: ['guid:2', 'code:X'] }), {
      aliases: aliasesOf(before),
    }).program;
    expect(titled(after, 'B').key).toBe(titled(before, 'A').key);
    expect(read(file({ title: 'B', ids: ['guid:2', 'code:X'] })).program.sessions[0]?.key).not.toBe(
      titled(before, 'A').key,
    );
  });

  it('names aliases of people and presentations under their kind, so that they never meet those of sessions', () => {
    const { program } = read(
      file({
        id: 7,
        title: 'A',
        people: [{ person: 'x' }],
        presentations: [{ id: 7, title: 'P' }],
      }).replace('"sessions"', '"people":[{"id":"x","name":"N"}],"sessions"'),
    );
    expect([...aliasesOf(program).keys()]).toEqual(['id:7', 'presentation/id:7', 'person/id:x']);
  });

  it('depends on the edition, so that programs never mix', () => {
    const one = read(file({ id: 1, title: 'A' }), { edition: 'one' }).program;
    const two = read(file({ id: 1, title: 'A' }), { edition: 'two' }).program;
    expect(one.sessions[0]?.key).not.toBe(two.sessions[0]?.key);
  });
});
