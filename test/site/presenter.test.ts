import { afterAll, beforeAll, expect, test } from 'vitest';
import { importProgram } from '../../src/operations/import-program.js';
import { invite } from '../../src/operations/invite.js';
import { publishAnnouncement } from '../../src/publish/publish.js';
import { hour, minute, noon, session } from '../support/edition.js';
import { openVisitorStage, type VisitorStage } from './visitor-stage.js';

const ada = { name: 'Ada Lovelace', affiliation: 'Analytical Society' };
const byThree = [
  { name: ada.name, role: 'chair' as const },
  { name: 'José Böhmelt' },
  { name: 'Li Wei', affiliation: 'Fudan' },
];

let stage: VisitorStage;
beforeAll(async () => {
  stage = await openVisitorStage({
    accounts: ['bluesky:@meeting.example.org', 'preview:x'],
    sessions: [
      session('a', noon + hour, {
        people: byThree,
        presentations: [{ id: 'p', title: 'On <engines>', people: [{ name: ada.name }] }],
      }),
      session('b', noon + 2 * hour, { people: [{ name: 'Grace Hopper' }] }),
      session('c', noon + 3 * hour, { people: [{ name: 'Li Wei', affiliation: 'Fudan' }] }),
    ],
  });
});
afterAll(async () => {
  expect(stage.reported).toEqual([]);
  await stage.close();
});

const asPresenter = (email: string, person: string) =>
  invite(stage.edition.context, { email, role: 'presenter', person });

test('a presenter who is invited by name finds their talks, the posts about them, and what to share', async () => {
  const count = stage.mailbox.mails.length + 1;
  const invited = await asPresenter('ada@example.org', 'ADA lovelace');
  expect(invited).toMatchObject({ role: 'presenter', person: { name: ada.name }, mail: 'sent' });
  await stage.mailbox.until(count);
  const link = stage.mailedLink();
  expect(link.searchParams.get('back')).toBe('/account');
  const visitor = stage.visitor();
  const token = link.searchParams.get('token') ?? '';
  const entered = await visitor.post('/sign-in/link', { token, back: '/account' });
  expect([entered.status, entered.location]).toEqual([303, '/program/account']);

  const key = await stage.key('a');
  const before = (await visitor.get('/account')).text;
  expect(before).toContain('<h2>Your talks</h2>');
  expect(before).toContain('On &lt;engines&gt;');
  expect(before).toContain(`/program/sessions/${key}/share`);
  expect(before).not.toContain('class="post-links"');
  expect(before).not.toContain('Grace');

  const { edition } = stage;
  edition.clock.set(noon + 45 * minute);
  for (const account of ['preview:x', 'bluesky:@meeting.example.org']) {
    const due = await edition.announcement({ session: 'a', account });
    await publishAnnouncement(edition.context, due.id);
  }
  // Posts are looked for anew after half a second.
  await expect
    .poll(async () => (await visitor.get('/account')).text, { timeout: 10_000 })
    .toContain('class="post-links"');
  // A preview leads to a page for organizers: nobody else is shown it.
  const post = (await edition.announcements()).find(({ account, state }) => {
    return account.startsWith('bluesky') && state === 'published';
  })?.post;
  for (const path of ['/account', `/sessions/${key}`, `/sessions/${key}/share`]) {
    const page = (await visitor.get(path)).text;
    expect(page).toContain(`href="${post?.permalink ?? 'none'}"`);
    expect(page).not.toContain('(preview)');
  }
  expect((await visitor.get(`/sessions/${key}`)).text).toContain('Posts of the meeting');
});

test('who is not in the program any more is told so, and a later invitation without a name changes nothing of it', async () => {
  await asPresenter('grace@example.org', 'Grace Hopper');
  const visitor = await stage.enter('grace@example.org', 'presenter');
  expect((await visitor.get('/account')).text).toContain('Session b');
  stage.edition.write([session('a', noon + hour), session('c', noon + 3 * hour)]);
  await importProgram(stage.edition.context);
  await expect
    .poll(async () => (await visitor.get('/account')).text, { timeout: 10_000 })
    .toContain('You take no part in this version of the program.');
});

test('an attendee has no talks', async () => {
  const visitor = await stage.enter('someone@example.org');
  expect((await visitor.get('/account')).text).not.toContain('Your talks');
});
