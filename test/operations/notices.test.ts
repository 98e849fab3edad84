import { SMTPServer } from 'smtp-server';
import type { AddressInfo } from 'node:net';
import { text as textOf } from 'node:stream/consumers';
import { afterEach, expect, test } from 'vitest';
import { ledgerFindings } from '../../src/operations/doctor/ledger.js';
import { noticeTeller } from '../../src/operations/notices/notice-teller.js';
import { status } from '../../src/operations/status.js';
import type { Notice } from '../../src/publish/notice.js';
import { toIso } from '../../src/program/time.js';
import { openDatabase } from '../../src/storage/opening.js';
import { localServers } from '../support/local-server.js';
import { hour, minute, noon, openTestEdition, second, session } from '../support/edition.js';

const closers: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const notice: Notice = {
  id: 'parked a',
  kind: 'account-parked',
  at: noon,
  subject: 'bluesky:@m.example has to be connected again',
  text: 'Run callboard connect bluesky.',
  account: 'bluesky:@m.example',
};

async function openEdition(env: Readonly<Record<string, string>>, email?: string) {
  const database = await openDatabase({ memory: true });
  const edition = await openTestEdition(database, {
    sessions: [session('a', noon + hour)],
    ...(email !== undefined && { settings: { organizer: { email } } }),
    env,
  });
  closers.push(
    () => database.close(),
    () => edition.close(),
  );
  return edition;
}

/** A webhook that answers with a status that can be changed, and the bodies that it took. */
async function openWebhook() {
  const servers = localServers();
  closers.push(() => servers.close());
  const webhook = { address: '', status: 200, asked: 0, bodies: [] as unknown[] };
  webhook.address = await servers.serve((request, response) => {
    void textOf(request).then((body) => {
      webhook.asked += 1;
      if (webhook.status === 200) webhook.bodies.push(JSON.parse(body));
      response.writeHead(webhook.status).end();
    });
  });
  return webhook;
}

test('a webhook is told once, again after it failed, and never with the address in an error', async () => {
  const webhook = await openWebhook();
  const edition = await openEdition({ CALLBOARD_WEBHOOK: `${webhook.address}/planted-secret` });
  const tell = noticeTeller(edition.context);
  await edition.context.noticeBoard.keep(notice);
  await edition.context.noticeBoard.keep({ ...notice, text: 'again' });
  webhook.status = 500;
  await tell();
  expect(webhook.bodies).toEqual([]);
  webhook.status = 200;
  edition.clock.advance(5 * second);
  await tell();
  await tell();
  expect(webhook.bodies).toEqual([
    {
      id: 'parked a',
      kind: 'account-parked',
      subject: notice.subject,
      text: `${notice.subject}\n${notice.text}`,
      at: toIso(noon),
      edition: edition.name,
      account: 'bluesky:@m.example',
    },
  ]);
  expect(edition.events.filter(({ kind }) => kind === 'notice')).toHaveLength(1);
  expect(JSON.stringify(edition.events)).not.toContain('planted-secret');
});

test('a webhook that is away is asked less and less often for a day, and then it is said that nobody was told', async () => {
  const webhook = await openWebhook();
  const edition = await openEdition({ CALLBOARD_WEBHOOK: webhook.address });
  const tell = noticeTeller(edition.context);
  const subjects = () =>
    edition.events.flatMap((one) => (one.kind === 'notice' ? [one.subject] : []));
  await edition.context.noticeBoard.keep(notice);
  webhook.status = 503;
  const askedAt: number[] = [];
  const start = edition.clock.now();
  while (edition.clock.now() <= start + 25 * hour) {
    const before = webhook.asked;
    const passed = edition.clock.now() - start;
    await tell();
    if (webhook.asked > before) askedAt.push(passed / second);
    edition.clock.advance(passed < 2_175 * second ? 5 * second : 15 * minute);
  }
  expect(askedAt.slice(0, 10)).toEqual([0, 5, 15, 35, 75, 155, 315, 635, 1_275, 2_175]);
  const last = askedAt.at(-1) ?? 0;
  expect(last * second).toBeGreaterThanOrEqual(24 * hour);
  expect(last * second).toBeLessThan(24 * hour + 15 * minute);
  expect(subjects()).toEqual([
    notice.subject,
    `Nobody was told by webhook, which failed for a day: ${notice.subject}`,
  ]);
});

test('what nobody could be told stands in the status and is found by the doctor, until it is told', async () => {
  const webhook = await openWebhook();
  const edition = await openEdition({ CALLBOARD_WEBHOOK: webhook.address });
  const { context } = edition;
  const tell = noticeTeller(context);
  const found = async () => {
    const { database, clock } = context;
    const findings = await ledgerFindings(database, context.edition.id, clock.now());
    return findings.map(({ finding }) => finding);
  };
  await context.noticeBoard.keep(notice);
  webhook.status = 503;
  await tell();
  expect((await status(context)).untoldNotices).toEqual({ count: 0 });
  edition.clock.advance(5 * second);
  await tell();
  expect((await status(context)).untoldNotices).toEqual({ count: 1, since: toIso(notice.at) });
  expect(await found()).toEqual([
    '1 notice to the organizer could not be told by webhook or e-mail, and is tried again',
  ]);
  webhook.status = 200;
  edition.clock.advance(minute);
  await tell();
  expect((await status(context)).untoldNotices).toEqual({ count: 0 });
  expect(await found()).toEqual([]);
});

test('several processes tell a notice once, and one that died while telling it is followed by another', async () => {
  const webhook = await openWebhook();
  const edition = await openEdition({ CALLBOARD_WEBHOOK: webhook.address });
  const board = edition.context.noticeBoard;
  const contexts = [edition.context, await edition.anotherContext()];
  const tellers = contexts.map((context) => noticeTeller(context));
  const tellAll = () => Promise.all(tellers.map((tell) => tell()));
  await board.keep(notice);
  await tellAll();
  expect(webhook.asked).toBe(1);

  await board.keep({ ...notice, id: 'parked b' });
  await board.take(edition.clock.now(), edition.clock.now() + minute);
  await tellAll();
  expect(webhook.asked).toBe(1);
  edition.clock.advance(minute);
  await tellAll();
  expect(webhook.asked).toBe(2);
});

test('a way that took a notice is not told again while another is away, whichever process tries', async () => {
  const webhook = await openWebhook();
  const env = { CALLBOARD_WEBHOOK: webhook.address, CALLBOARD_SMTP_URL: 'smtp://127.0.0.1:1' };
  const edition = await openEdition(env, 'you@example.org');
  await edition.context.noticeBoard.keep(notice);
  for (let process = 0; process < 3; process += 1) {
    await noticeTeller(await edition.anotherContext())();
    edition.clock.advance(minute);
  }
  expect(webhook.bodies).toHaveLength(1);
});

test('mail goes to the organizer, from a real server’s view', async () => {
  const mails: string[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onAuth: ({ username, password }, _session, done) =>
      done(null, username === 'me' && password === 'pass word' ? { user: 'me' } : undefined),
    onData: (stream, _session, done) => {
      void textOf(stream).then((mail) => {
        mails.push(mail);
        done();
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => new Promise<void>((resolve) => server.close(() => resolve())));
  const { port } = server.server.address() as AddressInfo;
  const smtp = `smtp://me:pass%20word@127.0.0.1:${String(port)}`;
  const edition = await openEdition({ CALLBOARD_SMTP_URL: smtp }, 'you@example.org');
  await edition.context.noticeBoard.keep(notice);
  const tell = noticeTeller(edition.context);
  await tell();
  await tell();
  expect(mails).toHaveLength(1);
  expect(mails[0]).toMatch(/^To: you@example\.org$/m);
  expect(mails[0]?.replace(/\r\n /g, ' ')).toMatch(
    /^Subject: bluesky:@m\.example has to be connected again \(Test Meeting\)/m,
  );
  expect(mails[0]).toContain('Run callboard connect bluesky.');
  expect(mails[0]).not.toContain('pass word');
});

test('without a way to tell, a notice is in the log and is not tried for ever', async () => {
  const edition = await openEdition({});
  await edition.context.noticeBoard.keep(notice);
  await noticeTeller(edition.context)();
  expect(edition.events.filter(({ kind }) => kind === 'notice')).toHaveLength(1);
  expect(await edition.context.noticeBoard.take(noon + hour, noon + hour)).toBeUndefined();
  expect(await edition.context.noticeBoard.latest(5)).toEqual([notice]);
});
