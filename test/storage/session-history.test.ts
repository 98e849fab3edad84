import { expect, it } from 'vitest';
import type { Program, Session } from '../../src/program/model.js';
import { createEdition, findEdition } from '../../src/storage/editions.js';
import { storeProgram } from '../../src/storage/programs.js';
import {
  ensureHistory,
  programPast,
  sessionRevisions,
  versionChanges,
} from '../../src/storage/session-history.js';
import { createProgramPast } from '../../src/operations/program-past.js';
import { buildProgram } from '../support/programs.js';
import { describeOnDatabases } from '../support/database.js';
import { minute, now, report } from './fixtures.js';

const hour = 60 * minute;
const start = Date.parse('2030-09-14T12:30:00Z');

function versions(): readonly Program[] {
  const first = buildProgram([{ title: 'One' }, { title: 'Two' }, { title: 'Three' }]);
  const [one, two, three] = first.sessions as [Session, Session, Session];
  const moved = { ...one, startsAt: one.startsAt + hour, endsAt: one.endsAt + hour };
  return [
    first,
    { ...first, sessions: [two, three, moved] },
    { ...first, sessions: [{ ...two, abstract: 'New words' }, moved] },
    {
      ...first,
      sessions: [{ ...two, abstract: 'New words' }, { ...three, cancelled: true }, moved],
    },
    { ...first, title: 'Only the title of the meeting', sessions: [two, moved] },
  ];
}

describeOnDatabases('the history of sessions', (database) => {
  async function stored(id: string): Promise<string> {
    await createEdition(database(), {
      id,
      series: id,
      title: 'T',
      zone: 'UTC',
      shiftMs: 0,
      beganAt: 1,
      createdAt: 1,
    });
    for (const [index, program] of versions().entries()) {
      await storeProgram(database(), id, {
        program,
        report,
        fingerprint: `${index}`,
        importedAt: now + index * minute,
        address: 'a',
        aliases: new Map(),
      });
    }
    return id;
  }

  const revisions = new Map([
    ['session00000', { sequence: 1, modifiedAt: now + minute, previousStart: start }],
    ['session00001', { sequence: 0, modifiedAt: now + 4 * minute }],
    ['session00002', { sequence: 1, modifiedAt: now + 3 * minute }],
  ]);

  it('counts what followers must hear of, dates every change, and goes on counting for what was gone', async () => {
    expect(await sessionRevisions(database(), await stored('h-1'))).toEqual(revisions);
  });

  it('keeps what each version changed, the newest first, without versions that changed nothing', async () => {
    const all = await versionChanges(database(), await stored('h-2'), 50);
    expect(
      all.map(({ version, at, changes }) => [
        version,
        at - now,
        changes.map(({ kind, session }) => `${kind} ${session}`),
      ]),
    ).toEqual([
      [5, 4 * minute, ['vanished session00002']],
      [4, 3 * minute, ['added session00002']],
      [3, 2 * minute, ['vanished session00002']],
      [2, minute, ['moved session00000']],
    ]);
  });

  it('is given whole, with the version that it led to', async () => {
    const id = await stored('h-4');
    const { version, past } = await programPast(database(), id);
    expect(version).toBe(5);
    for (const [key, revision] of revisions) expect(past.history(key)).toEqual(revision);
    expect(past.history('never')).toBeUndefined();
    expect(past.vanished('session00002')).toMatchObject({
      title: 'Three',
      since: now + 4 * minute,
    });
    expect(past.vanished('session00000')).toBeUndefined();
    expect(await programPast(database(), 'nowhere')).toMatchObject({ version: 0 });
  });

  it('is never that of another version than the one that is asked for', async () => {
    const id = await stored('h-5');
    const edition = await findEdition(database(), id);
    if (!edition) throw new Error(id);
    const pastOf = createProgramPast({ database: database(), edition });
    expect(await pastOf(4)).toBeUndefined();
    const past = await pastOf(5);
    expect(past?.history('session00000')).toEqual(revisions.get('session00000'));
    expect(await pastOf(5)).toBe(past);
  });

  it('is made up for versions that were stored before there was one', async () => {
    const id = await stored('h-3');
    const before = await versionChanges(database(), id, 50);
    await database().query('DELETE FROM callboard.version_changes WHERE edition = $1', [id]);
    await database().query('DELETE FROM callboard.session_history WHERE edition = $1', [id]);
    await ensureHistory(database(), id);
    expect(await sessionRevisions(database(), id)).toEqual(revisions);
    expect(await versionChanges(database(), id, 50)).toEqual(before);
    await ensureHistory(database(), id);
    expect(await versionChanges(database(), id, 50)).toEqual(before);
  });
});
