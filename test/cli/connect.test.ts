import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { promptQuestions } from '../../src/cli/connect/prompts.js';
import { systemClock } from '../../src/clock.js';
import { loadConfig } from '../../src/config/config.js';
import { openEdition } from '../../src/operations/open-edition.js';
import { startThreadsServer, type ThreadsServer } from '../support/networks/threads-server.js';
import { sentenceOf } from './command-line.js';
import { expectNothingStored, expectUnseen, placeWith, talk } from './connect-place.js';

describe('callboard connect', () => {
  test.each([
    ['bluesky', 'CALLBOARD_BLUESKY_APP_PASSWORD'],
    ['threads', 'CALLBOARD_THREADS_TOKEN'],
    [
      'x',
      'CALLBOARD_X_API_KEY, CALLBOARD_X_API_SECRET, CALLBOARD_X_ACCESS_TOKEN, CALLBOARD_X_ACCESS_SECRET',
    ],
    [
      'youtube',
      'CALLBOARD_YOUTUBE_CLIENT_ID, CALLBOARD_YOUTUBE_CLIENT_SECRET, CALLBOARD_YOUTUBE_REFRESH_TOKEN',
    ],
  ])('without a terminal %s says where else its secrets may stand', async (network, names) => {
    const at = placeWith('  - preview:bluesky');
    const end = await at.run('connect', network);
    expect(end.code).toBe(2);
    expect(sentenceOf(end)).toBe(
      `callboard connect ${network}: it asks questions, and nobody is at a terminal to answer them. Run it in a terminal, or put the secrets into ${names}.`,
    );
    expectNothingStored(at);
  });

  test.each([
    [['connect', 'mastodon'], /'mastodon' is invalid.*bluesky, threads, x, youtube/],
    [['connect', 'x', '--server', 'ftp://x'], /must be a web address/],
    [['connect', 'x', '--callback-port', '0'], /must be a number from 1 to 65535/],
  ])('%j is a mistake', async (args, sentence) => {
    const { code, err } = await placeWith('  - preview:x').run(...args);
    expect(code).toBe(2);
    expect(err).toMatch(sentence);
  });
});

describe('an account that is connected again', () => {
  let server: ThreadsServer;
  beforeAll(async () => {
    server = await startThreadsServer({ clock: systemClock });
  });
  afterAll(() => server.close());

  test('releases what was held for it, and says that the environment wins', async () => {
    const env = { CALLBOARD_THREADS_TOKEN: 'THAAplantedInTheEnvironment' };
    const at = placeWith(`  - account: threads:@meeting\n    server: ${server.origin}`, env);
    const { accessToken } = server.issueToken();
    expect((await at.run('import')).code).toBe(0);
    const opened = await openEdition(loadConfig({ cwd: at.folder, env }), {
      edition: 'begin',
      queue: 'none',
    });
    const { ledger } = opened.context;
    const planned = await ledger.list({ states: ['planned'] });
    for (const each of planned.slice(0, 2)) {
      const held = { to: 'held', reason: 'account: it is parked', actor: 'publish' } as const;
      expect(await ledger.move(each, held, systemClock.now())).toBeTruthy();
    }
    await opened.close();
    const script = [
      ['How does it sign in?', 'token'],
      ['Access token', accessToken],
    ] as const;
    const first = await talk(at, ['threads'], script).ended;
    expect(first.code).toBe(0);
    expect(first.out).toContain(
      '! CALLBOARD_THREADS_TOKEN in the environment wins over what was stored now: take it out there',
    );
    expect(first.out).toContain('  2 held announcements released\n');
    expectUnseen(at, [accessToken, env.CALLBOARD_THREADS_TOKEN], first);
  });
});

describe('prompts on a terminal', () => {
  const typed = async <T>(
    begin: (questions: ReturnType<typeof promptQuestions>) => Promise<T>,
    ...keys: readonly string[]
  ) => {
    const input = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => input });
    const output = Object.assign(new PassThrough(), { isTTY: true, columns: 80, rows: 24 });
    let shown = '';
    output.on('data', (piece: Buffer) => (shown += piece.toString()));
    const answer = begin(promptQuestions({ input, output })).catch((thrown: unknown) => thrown);
    for (const key of keys) {
      await new Promise((resolve) => setImmediate(resolve));
      input.write(key);
    }
    return { answer: await answer, shown };
  };

  test('a secret is never shown', async () => {
    const { answer, shown } = await typed(
      (questions) => questions.secret('App password'),
      'planted-secret',
      '\r',
    );
    expect(answer).toBe('planted-secret');
    expect(shown).toContain('App password');
    expect(shown).not.toContain('planted');
  });

  test('a wrong answer is told and asked for again; what is typed is trimmed', async () => {
    const { answer, shown } = await typed(
      (questions) =>
        questions.text('Handle', {
          problem: (given) => (given.includes('.') ? undefined : 'it has no dot'),
        }),
      'meeting',
      '\r',
      '.test ',
      '\r',
    );
    expect(shown).toContain('it has no dot');
    expect(answer).toBe('meeting.test');
  });

  test('Ctrl-C breaks off, whatever is asked', async () => {
    for (const question of [
      (questions: ReturnType<typeof promptQuestions>) => questions.text('Handle'),
      (questions: ReturnType<typeof promptQuestions>) => questions.secret('Password'),
      (questions: ReturnType<typeof promptQuestions>) => questions.agree('Really?'),
      (questions: ReturnType<typeof promptQuestions>) =>
        questions.choose('Which?', [{ value: 'one', label: 'One' }]),
    ]) {
      expect((await typed<unknown>(question, '\u0003')).answer).toMatchObject({
        code: 'broken-off',
      });
    }
  });
});
