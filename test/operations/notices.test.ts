import { SMTPServer } from 'smtp-server';
import type { AddressInfo } from 'node:net';
import { text as textOf } from 'node:stream/consumers';
import { afterEach, expect, test } from 'vitest';
import { noticeTeller } from '../../src/operations/notices/notice-teller.js';
import type { Notice } from '../../src/publish/notice.js';
import { toIso } from '../../src/program/time.js';
import { openDatabase } from '../../src/storage/opening.js';
import { localServers } from '../support/local-server.js';
import { hour, noon, openTestEdition, session } from '../support/edition.js';

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

test('a webhook is told once, again after it failed, and never with the address in an error', async () => {
  const servers = localServers();
  closers.push(() => servers.close());
  const bodies: unknown[] = [];
  let status = 500;
  const address = await servers.serve((request, response) => {
    void textOf(request).then((body) => {
      if (status === 200) bodies.push(JSON.parse(body));
      response.writeHead(status).end();
    });
  });
  const edition = await openEdition({ CALLBOARD_WEBHOOK: `${address}/planted-secret` });
  const tell = noticeTeller(edition.context);
  await edition.context.noticeBoard.keep(notice);
  await edition.context.noticeBoard.keep({ ...notice, text: 'again' });
  await tell();
  expect(bodies).toEqual([]);
  status = 200;
  await tell();
  await tell();
  expect(bodies).toEqual([
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

test('without a way to tell, a notice stands in the status and is not tried for ever', async () => {
  const edition = await openEdition({});
  await edition.context.noticeBoard.keep(notice);
  await noticeTeller(edition.context)();
  expect(await edition.context.noticeBoard.untold(5)).toEqual([]);
  expect(await edition.context.noticeBoard.latest(5)).toEqual([notice]);
});
