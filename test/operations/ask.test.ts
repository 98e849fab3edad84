import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { loadConfig, type Config } from '../../src/config/config.js';
import { ask } from '../../src/operations/ask.js';
import { openEdition } from '../../src/operations/open-edition.js';
import { replanEdition } from '../../src/operations/replan-edition.js';
import { startPublishing } from '../../src/operations/run.js';
import { minute, second, session, testFolder } from '../support/edition.js';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** Two conferences that share one data folder; the session of each starts so long from now. */
function twoMeetings(startsInMs: number): { readonly one: Config; readonly other: Config } {
  const start = Date.now() + startsInMs;
  const one = testFolder([session('a', start)], { edition: 'one' });
  const other = testFolder([session('a', start)], {
    edition: 'other',
    dataFolder: join(one.folder, 'data'),
  });
  closers.push(one.remove, other.remove);
  return {
    one: loadConfig({ file: one.file, env: {} }),
    other: loadConfig({ file: other.file, env: {} }),
  };
}

test('a command works through the running process, and by itself when none runs', async () => {
  const { one } = twoMeetings(40 * minute);
  await expect(ask(one, 'status', {})).rejects.toMatchObject({ code: 'edition-unknown' });
  const running = await openEdition(one, { edition: 'begin' });
  closers.push(() => running.close());
  const work = await startPublishing(running.context, { begun: running.begun });
  expect(await ask(one, 'status', {})).toMatchObject({
    by: 'running process',
    result: { edition: 'one', counts: { planned: { bluesky: 1 } }, queue: { backend: 'embedded' } },
  });
  const held = await ask(one, 'change', { verb: 'hold', filter: {} });
  expect(held.result.changed).toHaveLength(1);
  expect((await running.context.ledger.list({}))[0]?.state).toBe('held');
  // Refusals come back as what they are.
  await expect(ask(one, 'show', { id: 'nobodyknowsthisa' })).rejects.toMatchObject({
    code: 'announcement-unknown',
    exit: 'usage',
  });
  await expect(openEdition(one, { edition: 'begin' })).rejects.toMatchObject({
    code: 'data-folder-in-use',
    exit: 'storage',
  });
  await work.close();
  await running.close();
  expect(await ask(one, 'status', {})).toMatchObject({
    by: 'this process',
    result: { counts: { held: { bluesky: 1 } }, queue: { backend: 'none' } },
  });
  expect((await ask(one, 'change', { verb: 'release', filter: {} })).result.changed).toHaveLength(
    1,
  );
});

test('two editions in one folder never mix', async () => {
  const { one, other } = twoMeetings(15 * minute + 12 * second);
  for (const config of [other, one]) {
    const begun = await openEdition(config, { edition: 'begin' });
    await replanEdition(begun.context);
    const [announcement] = await begun.context.ledger.list({});
    // Both have their job in the same database.
    if (!announcement) throw new Error('nothing is planned');
    const { id, network, dueAt } = announcement;
    await begun.context.queue.schedule([{ id, network, at: dueAt }]);
    await begun.close();
  }
  const running = await openEdition(one, { edition: 'begin' });
  closers.push(() => running.close());
  expect(running.begun).toBe(false);
  const work = await startPublishing(running.context, { begun: running.begun });
  closers.push(() => work.close());
  await expect
    .poll(async () => (await running.context.ledger.list({}))[0]?.state, { timeout: 20_000 })
    .toBe('published');
  expect(await running.context.timeline.list({ limit: 10 })).toHaveLength(1);
  const theirs = await ask(one, 'status', {}, { edition: 'other' });
  expect(theirs.result).toMatchObject({ edition: 'other', counts: { planned: { bluesky: 1 } } });
  await ask(one, 'pause', { reason: 'only there' }, { edition: 'other' });
  expect((await ask(one, 'status', {})).result.paused).toBeUndefined();
  expect((await ask(one, 'status', {}, { edition: 'other' })).result.paused?.reason).toBe(
    'only there',
  );
});
