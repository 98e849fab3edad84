import { afterEach, expect, test } from 'vitest';

import { changes } from '../../src/operations/changes.js';
import { importProgram } from '../../src/operations/import-program.js';
import { knownAliases } from '../../src/storage/programs.js';
import { describeOnDatabases } from '../support/database.js';
import { hour, noon, openTestEdition, session } from '../support/edition.js';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});
const start = noon + hour;

describeOnDatabases('versions of a program', (database) => {
  const open = async (shifted = false) => {
    const edition = await openTestEdition(database(), {
      sessions: [session('a', start), session('b', start + hour)],
      ...(shifted && { settings: { program: { address: 'program.json', startsIn: 'PT1H' } } }),
    });
    closers.push(() => edition.close());
    return edition;
  };

  test('are compared, the last two unless others are named', async () => {
    const edition = await open();
    const { context } = edition;
    await expect(changes(context, {})).rejects.toThrow(/one version so far/);
    edition.write([session('a', start + hour), session('b', start + hour)]);
    await importProgram(context);
    edition.write([session('a', start), session('b', start + hour, { title: 'Another' })]);
    await importProgram(context);

    const kinds = async (input: Parameters<typeof changes>[1]) =>
      (await changes(context, input)).changes.map(({ kind }) => kind);
    expect(await kinds({})).toEqual(['moved', 'retitled']);
    expect(await kinds({ to: 2 })).toEqual(['moved']);
    expect(await kinds({ from: 1 })).toEqual(['retitled']);
    expect(await kinds({ from: 1, to: 3 })).toEqual(['retitled']);
    expect(await kinds({ from: 2, to: 2 })).toEqual([]);
    expect((await changes(context, { to: 2 })).changes).toMatchObject([
      {
        title: 'Session a',
        from: { start: '2030-05-01T13:00:00Z', end: '2030-05-01T13:30:00Z' },
        to: { start: '2030-05-01T14:00:00Z', end: '2030-05-01T14:30:00Z' },
      },
    ]);
    await expect(changes(context, { from: 9 })).rejects.toThrow(/has versions 1 to 3/);
  });

  test('keep keys and announcements when every id of the source is another, and new ids alone make no version', async () => {
    const edition = await open();
    const before = await edition.announcements();
    edition.write([
      session('x', start, { title: 'Session a' }),
      session('y', start + hour, { title: 'Session b' }),
    ]);
    expect(await importProgram(edition.context)).toMatchObject({
      version: 1,
      stored: false,
      changes: [],
    });
    const aliases = await knownAliases(edition.database, edition.name);
    expect(aliases.get('id:x')).toBe(aliases.get('id:a'));
    expect(await edition.announcements()).toEqual(before);

    // Known by now, so that everything else about it may change.
    edition.write([
      session('x', start + 5 * hour, { title: 'Quite another', room: 'Gym' }),
      session('y', start + hour, { title: 'Session b' }),
    ]);
    const imported = await importProgram(edition.context);
    expect(imported.changes.map(({ kind }) => kind)).toEqual(['moved', 'new-room', 'retitled']);
  });

  test('are matched by the times of their source where the program is moved to now', async () => {
    const edition = await open(true);
    edition.write([
      session('x', start, { title: 'Session a' }),
      session('y', start + hour, { title: 'Session b' }),
    ]);
    expect((await importProgram(edition.context)).changes).toEqual([]);
  });
});
