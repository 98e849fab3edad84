import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { loadConfig } from '../../src/config/config.js';
import type { ConfigFile } from '../../src/config/schema.js';
import { createContext } from '../../src/context.js';
import { enterEdition, existingEdition } from '../../src/operations/enter-edition.js';
import { importProgram } from '../../src/operations/import-program.js';
import { replanEdition } from '../../src/operations/replan-edition.js';
import { publishAnnouncement } from '../../src/publish/publish.js';
import { findEdition, listEditions } from '../../src/storage/editions.js';
import { programVersion } from '../../src/storage/programs.js';
import { describeOnDatabases } from '../support/database.js';
import {
  freshEditionName,
  hour,
  minute,
  noon,
  session,
  testFolder,
  writeProgram,
} from '../support/edition.js';
import { testClock } from '../support/test-clock.js';

const removers: (() => void)[] = [];
afterEach(() => {
  for (const remove of removers.splice(0)) remove();
});

describeOnDatabases('entering an edition', (database) => {
  const folder = (settings: Partial<ConfigFile> = {}) => {
    const edition = freshEditionName();
    const files = testFolder([session('a', noon), session('b', noon + hour)], {
      ...settings,
      edition,
    });
    removers.push(files.remove);
    return { ...files, edition, load: () => loadConfig({ file: files.file, env: {} }) };
  };
  const sample = { program: { address: 'program.json', startsIn: 'PT16M' } };

  test('the first time it is begun with its program; after that it is there', async () => {
    const { edition, load } = folder();
    const clock = testClock(noon - hour);
    const first = await enterEdition(database(), load(), clock);
    expect(first).toMatchObject({
      begun: true,
      edition: {
        id: edition,
        series: edition,
        beganAt: noon - hour,
        shiftMs: 0,
        programVersion: 1,
      },
    });
    clock.advance(hour);
    const again = await enterEdition(database(), load(), clock);
    expect(again).toEqual({ begun: false, edition: first.edition });
  });

  test('with a program that cannot be read nothing is begun', async () => {
    const { edition, program, load } = folder();
    writeFileSync(program, '{');
    await expect(enterEdition(database(), load(), testClock(noon))).rejects.toMatchObject({
      exit: 'program',
    });
    expect(await findEdition(database(), edition)).toBeUndefined();
  });

  test('an edition that is there is entered though its source is broken now', async () => {
    const { program, load } = folder();
    await enterEdition(database(), load(), testClock(noon));
    writeFileSync(program, '{');
    expect((await enterEdition(database(), load(), testClock(noon))).begun).toBe(false);
  });

  test('a program that is moved to now begins so long after the first start, and stays there', async () => {
    const { program, edition, load } = folder(sample);
    const clock = testClock(noon + 100 * hour + 1);
    const { edition: begun } = await enterEdition(database(), load(), clock);
    expect(begun.id).toBe(`${edition}-1`);
    // Rounded up to five seconds of the clock.
    const start = noon + 100 * hour + 16 * minute + 5_000;
    expect(begun.shiftMs).toBe(start - noon);
    const context = await createContext({ config: load(), database: database(), edition: begun });
    expect(
      (await context.inForce())?.lookup.program.sessions.map(({ startsAt }) => startsAt),
    ).toEqual([start, start + hour]);

    // A second start, a re-read and a changed program leave the shift as it is.
    clock.advance(10 * minute);
    expect((await enterEdition(database(), load(), clock)).edition).toEqual(begun);
    expect(await importProgram(context)).toMatchObject({ stored: false, version: 1 });
    writeProgram(program, [session('a', noon), session('b', noon + 2 * hour)]);
    expect(await importProgram(context)).toMatchObject({ stored: true, version: 2 });
    expect(
      (await context.inForce())?.lookup.program.sessions.map(({ startsAt }) => startsAt),
    ).toEqual([start, start + 2 * hour]);
    await context.close();
  });

  test('a second start posts nothing twice', async () => {
    const { load } = folder(sample);
    const clock = testClock(noon);
    const config = load();
    for (let times = 0; times < 2; times += 1) {
      const { edition } = await enterEdition(database(), config, clock);
      const context = await createContext(
        { config, database: database(), edition },
        { queue: 'none' },
        { clock },
      );
      await replanEdition(context);
      clock.set(noon + minute);
      for (const { id } of await context.ledger.list({})) await publishAnnouncement(context, id);
      expect(await context.timeline.list({ limit: 10 })).toHaveLength(1);
    }
  });

  test('when all of a moved program is past, the next start begins a new edition with posts of its own', async () => {
    const { edition, load } = folder(sample);
    const clock = testClock(noon);
    const first = await enterEdition(database(), load(), clock);
    // The last session ends 106 minutes after the start.
    clock.set(noon + 106 * minute - 1);
    expect((await enterEdition(database(), load(), clock)).begun).toBe(false);
    clock.advance(1);
    const next = await enterEdition(database(), load(), clock);
    expect(next).toMatchObject({ begun: true, edition: { id: `${edition}-2`, series: edition } });
    expect(next.edition.shiftMs - first.edition.shiftMs).toBe(106 * minute);
    expect((await listEditions(database(), edition)).map(({ id }) => id)).toEqual([
      `${edition}-1`,
      `${edition}-2`,
    ]);
    // The newest is the one that the config speaks of.
    expect((await existingEdition(database(), load(), undefined)).id).toBe(`${edition}-2`);
    expect((await existingEdition(database(), load(), `${edition}-1`)).id).toBe(`${edition}-1`);
  });

  test('of several processes that begin at once one begins, and all have its shift and its program', async () => {
    const { edition, load } = folder(sample);
    const entered = await Promise.all(
      Array.from({ length: 4 }, (_, n) =>
        enterEdition(database(), load(), testClock(noon + n * 7_000)),
      ),
    );
    expect(new Set(entered.map((one) => JSON.stringify(one.edition))).size).toBe(1);
    expect((await listEditions(database(), edition)).map(({ id }) => id)).toEqual([`${edition}-1`]);
    expect((await programVersion(database(), `${edition}-1`))?.version).toBe(1);
  });

  test('an edition that is not there is named with those that are', async () => {
    const { load, edition } = folder();
    await enterEdition(database(), load(), testClock(noon));
    await expect(existingEdition(database(), load(), 'nowhere')).rejects.toMatchObject({
      code: 'edition-unknown',
      message: expect.stringContaining(edition) as string,
    });
  });

  test('the program of a command line is an edition of its own', async () => {
    const { edition, load, file, folder: own } = folder();
    await enterEdition(database(), load(), testClock(noon - hour));
    const other = join(own, 'other.json');
    writeProgram(other, [session('a', noon)], { title: 'Another meeting' });
    const config = loadConfig({ file, env: {}, overrides: { program: other } });
    const entered = await enterEdition(database(), config, testClock(noon - hour));
    expect(entered.begun).toBe(true);
    expect(entered.edition.id).not.toBe(edition);
    expect(entered.edition.title).toBe('Another meeting');
  });
});
