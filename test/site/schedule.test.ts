import { afterAll, beforeAll, expect, test } from 'vitest';
import ICAL from 'ical.js';
import { rereadProgram } from '../../src/operations/import-program.js';
import { parseStars } from '../../src/site/schedule/stars-cookie.js';
import { hour, minute, noon, session } from '../support/edition.js';
import { openVisitorStage, type Visitor, type VisitorStage } from './visitor-stage.js';

const first = session('a', noon + hour);
const second = session('b', noon + hour + 15 * minute);
const third = session('c', noon + hour + 30 * minute);

let stage: VisitorStage;
beforeAll(async () => {
  stage = await openVisitorStage({ sessions: [first, second, third] });
});
afterAll(async () => {
  expect(stage.reported).toEqual([]);
  await stage.close();
});

const star = (visitor: Visitor, key: string, on = 'true', accept = '*/*') =>
  visitor.post('/schedule/stars', { session: key, on }, { accept });

test('anything that is no key is dropped, the newest of 300 are kept', () => {
  const keys = Array.from({ length: 310 }, (_, at) => `s${String(at).padStart(11, '0')}`);
  expect(parseStars(keys.join('.'))).toEqual(keys.slice(10));
  expect(parseStars('a.6ihl4qtevrgh.<script>..6IHL4QTEVRGH')).toEqual(['6ihl4qtevrgh']);
  expect(parseStars('6ihl4qtevrgh.aaaaaaaaaaaa.6ihl4qtevrgh')).toEqual([
    'aaaaaaaaaaaa',
    '6ihl4qtevrgh',
  ]);
  expect(parseStars(undefined)).toEqual([]);
});

test('without an account stars are a cookie: a form shows what was starred, a script gets no page', async () => {
  const visitor = stage.visitor();
  const empty = await visitor.get('/schedule');
  expect(empty.text).toContain('Nothing is starred yet.');
  const [a, b] = [await stage.key('a'), await stage.key('b')];
  const form = await star(visitor, a, 'toggle', 'text/html');
  expect([form.status, form.location]).toEqual([303, `/program/schedule#${a}`]);
  expect((await star(visitor, b)).status).toBe(204);
  expect(visitor.cookies.get('callboard-stars')).toBe(`${a}.${b}`);
  const page = await visitor.get('/schedule');
  expect(page.text).toContain('Session a');
  expect(page.text).toContain('This schedule is kept in this browser.');
  await star(visitor, a, 'toggle');
  expect(visitor.cookies.get('callboard-stars')).toBe(b);
  await star(visitor, b, 'false');
  expect(visitor.cookies.has('callboard-stars')).toBe(false);
});

test('what is no session of this program cannot be starred', async () => {
  const visitor = stage.visitor();
  for (const key of ['aaaaaaaaaaaa', '', '../..', '<script>']) {
    expect((await star(visitor, key)).status).toBe(404);
  }
  expect(visitor.cookies.has('callboard-stars')).toBe(false);
});

test('sessions at the same time are named; one that begins as another ends is not', async () => {
  const visitor = stage.visitor();
  for (const id of ['a', 'b', 'c']) await star(visitor, await stage.key(id));
  const { text } = await visitor.get('/schedule');
  const said = [...text.matchAll(/<p class="overlap">(.*?)<\/p>/g)].map(([, inner = '']) =>
    inner.replace(/<[^>]+>/g, ''),
  );
  expect(said).toEqual([
    'Overlaps with Session b.',
    'Overlaps with Session a, Session c.',
    'Overlaps with Session b.',
  ]);
});

test('the browser’s stars join the account, and another browser has them after signing in', async () => {
  const [a, b, c] = [await stage.key('a'), await stage.key('b'), await stage.key('c')];
  const phone = await stage.enter('joins@example.org');
  await star(phone, b);
  const laptop = await stage.enter('joins@example.org');
  expect(laptop.cookies.get('callboard-stars')).toBe(b);
  await laptop.post('/sign-out', {});
  expect(laptop.cookies.has('callboard-stars')).toBe(false);
  stage.edition.clock.advance(minute);
  await star(laptop, a);
  const count = stage.mailbox.mails.length + 1;
  await laptop.post('/sign-in', { email: 'joins@example.org', back: '/' });
  await stage.mailbox.until(count);
  const token = stage.mailedLink().searchParams.get('token') ?? '';
  await laptop.post('/sign-in/link', { token, back: '/' });
  expect(laptop.cookies.get('callboard-stars')).toBe(`${b}.${a}`);
  stage.edition.clock.advance(minute);
  await star(laptop, c);
  await phone.get('/schedule');
  expect(phone.cookies.get('callboard-stars')).toBe(`${b}.${a}.${c}`);
});

test('one account’s stars never join another’s on a shared machine', async () => {
  const shared = await stage.enter('one@example.org');
  await star(shared, await stage.key('a'));
  const count = stage.mailbox.mails.length + 1;
  await shared.post('/sign-in', { email: 'two@example.org', back: '/' });
  await stage.mailbox.until(count);
  const token = stage.mailedLink().searchParams.get('token') ?? '';
  await shared.post('/sign-in/link', { token, back: '/' });
  expect(shared.cookies.has('callboard-stars')).toBe(false);
  expect((await shared.get('/schedule')).text).toContain('Nothing is starred yet.');
});

test('a sign-in that ended elsewhere leaves its stars to nobody: not in this browser, not in the next one’s account', async () => {
  for (const look of ['/schedule', '/sign-in'] as const) {
    const shared = await stage.enter('ended@example.org');
    await star(shared, await stage.key('a'));
    await (await stage.enter('ended@example.org')).post('/account/sign-out', {});
    const { text } = await shared.get(look);
    expect(text).not.toContain('Session a');
    expect(shared.cookies.has('callboard-stars')).toBe(false);
    const count = stage.mailbox.mails.length + 1;
    await shared.post('/sign-in', { email: 'next@example.org', back: '/' });
    await stage.mailbox.until(count);
    const token = stage.mailedLink().searchParams.get('token') ?? '';
    await shared.post('/sign-in/link', { token, back: '/' });
    expect((await shared.get('/schedule')).text).toContain('Nothing is starred yet.');
  }
});

test('a star after the sign-in ended elsewhere begins a schedule of the browser alone', async () => {
  const shared = await stage.enter('over@example.org');
  await star(shared, await stage.key('a'));
  await (await stage.enter('over@example.org')).post('/account/sign-out', {});
  await star(shared, await stage.key('b'));
  expect(shared.cookies.get('callboard-stars')).toBe(await stage.key('b'));
});

test('a browser knows for as long as it has an account’s stars that they are an account’s', async () => {
  const member = await stage.enter('long@example.org');
  const { setCookies } = await star(member, await stage.key('a'));
  const ages = setCookies.map((one) => /^([^=]+).*Max-Age=(\d+)/.exec(one)?.slice(1));
  expect(ages).toEqual([
    ['callboard-signed-in', '31536000'],
    ['callboard-stars', '31536000'],
  ]);
});

test('a schedule with a private address is stored nowhere, one of the browser alone may be', async () => {
  const member = await stage.enter('stored@example.org');
  expect((await member.get('/schedule')).headers['cache-control']).toBe('no-store');
  const visitor = stage.visitor();
  expect((await visitor.get('/schedule')).headers['cache-control']).toBe('private, no-cache');
});

test('the private calendar follows: moved, taken out, vanished and back, each event under its UID', async () => {
  const member = await stage.enter('calendar@example.org');
  const keys = [await stage.key('a'), await stage.key('b'), await stage.key('c')];
  for (const key of keys) await star(member, key);
  const address = await calendarAddress(member);
  const read = async () => events((await stage.visitor().get(address)).text);
  expect(await read()).toEqual(
    keys.map((key) => ({ uid: `${key}@callboard`, sequence: 0, status: 'CONFIRMED' })),
  );
  await star(member, keys[1] ?? '', 'false');
  stage.edition.write([{ ...first, end: new Date(noon + 2 * hour).toISOString() }, second]);
  await reread();
  expect(await read()).toEqual([
    { uid: `${keys[0] ?? ''}@callboard`, sequence: 1, status: 'CONFIRMED' },
    { uid: `${keys[1] ?? ''}@callboard`, sequence: 1, status: 'CANCELLED' },
    { uid: `${keys[2] ?? ''}@callboard`, sequence: 1, status: 'CANCELLED' },
  ]);
  const page = await member.get('/schedule');
  expect(page.text).toContain('No longer in the program.');
  stage.edition.write([first, second, { ...third, status: 'cancelled' } as never]);
  await reread();
  const after = await read();
  expect(after.map(({ sequence }) => sequence >= 1)).toEqual([true, true, true]);
  stage.edition.write([first, second, third]);
  await reread();
});

test('a private address is found by its token alone, says nothing else, and ends when renewed', async () => {
  const member = await stage.enter('private@example.org');
  const address = await calendarAddress(member);
  const answer = await stage.visitor().get(address);
  expect(answer.status).toBe(200);
  expect(answer.headers['cache-control']).toBe('private, no-cache');
  expect(answer.headers['x-robots-tag']).toBe('noindex');
  expect(answer.text).not.toContain('private@example.org');
  const again = await stage
    .visitor()
    .get(address, { 'if-none-match': String(answer.headers.etag) });
  expect(again.status).toBe(304);
  const guessed = address.replace(/.(?=\.ics$)/, (sign) => (sign === 'A' ? 'B' : 'A'));
  expect((await stage.visitor().get(guessed)).status).toBe(404);
  const renewed = await member.post('/schedule/address', {});
  expect(renewed.location).toBe('/program/schedule?renewed=1');
  expect((await stage.visitor().get(address)).status).toBe(404);
  expect(await calendarAddress(member)).not.toBe(address);
});

async function calendarAddress(member: Visitor): Promise<string> {
  const { text } = await member.get('/schedule');
  return /href="https:\/\/meeting\.example\.org\/program(\/schedule\/[^"]+)"/.exec(text)?.[1] ?? '';
}

async function reread(): Promise<void> {
  stage.edition.clock.advance(minute);
  await rereadProgram(stage.edition.context);
  // Pages may be half a second behind.
  await new Promise((resolve) => setTimeout(resolve, 600));
}

function events(calendar: string) {
  const component = new ICAL.Component(ICAL.parse(calendar) as never);
  return component.getAllSubcomponents('vevent').map((event) => ({
    uid: event.getFirstPropertyValue('uid'),
    sequence: Number(event.getFirstPropertyValue('sequence')),
    status: event.getFirstPropertyValue('status'),
  }));
}
