import { afterAll, beforeAll, expect, test } from 'vitest';
import { openVisitorStage, site, type VisitorStage } from './visitor-stage.js';

let stage: VisitorStage;
beforeAll(async () => {
  stage = await openVisitorStage();
});
afterAll(async () => {
  expect(stage.reported).toEqual([]);
  await stage.close();
});

test('a link comes by mail, waits for one press, signs in and goes on where it was asked for', async () => {
  const visitor = stage.visitor();
  const count = stage.mailbox.mails.length + 1;
  const asked = await visitor.post('/sign-in', { email: 'ada@example.org', back: '/program/days' });
  expect([asked.status, asked.location]).toEqual([303, '/program/sign-in/sent']);
  const sent = await visitor.get('/sign-in/sent');
  expect(sent.text).toContain('<h1>Look into your mail</h1>');
  await stage.mailbox.until(count);
  const mail = stage.mailbox.mails.at(-1) ?? '';
  expect(mail).toMatch(/^To: ada@example\.org$/m);
  expect(mail).toMatch(/^From: Test Meeting <you@example\.org>/m);
  expect(mail).toMatch(/^Subject: Your link to sign in: Test Meeting/m);
  expect(mail).not.toContain('planted');
  const link = stage.mailedLink();
  // Whoever only looks, as mail programs do, uses nothing up.
  for (const look of [1, 2]) {
    const page = await visitor.get(link.pathname + link.search);
    expect([look, page.status, page.headers['cache-control']]).toEqual([look, 200, 'no-store']);
    expect(page.text).toContain('signed in as <b dir="auto">ada@example.org</b> in this browser');
    expect(page.text).toContain('joins that account');
    expect(page.text).toContain('Sign me in');
  }
  const token = link.searchParams.get('token') ?? '';
  const back = link.searchParams.get('back') ?? '';
  const entered = await visitor.post('/sign-in/link', { token, back });
  expect([entered.status, entered.location]).toEqual([303, '/program/days']);
  const used = await stage.visitor().get(link.pathname + link.search);
  expect(used.status).toBe(410);
  expect(used.text).not.toContain('ada@example.org');
  expect(used.text).not.toContain('Sign me in');
  const account = await visitor.get('/account');
  expect(account.text).toContain('ada@example.org');
  expect(account.text).toContain('Attendee');
  expect(account.headers['cache-control']).toBe('no-store');
});

test('a link that is used or guessed says how to get another, and signs nobody in', async () => {
  await stage.enter('once@example.org');
  const token = stage.mailedLink().searchParams.get('token') ?? '';
  for (const tried of [token, 'guessed', '', '<script>alert(1)</script>']) {
    const thief = stage.visitor();
    const answer = await thief.post('/sign-in/link', { token: tried, back: '/' });
    expect(answer.status).toBe(410);
    expect(answer.text).toContain('This link was used already, or is older than 15 minutes.');
    expect(answer.text).not.toContain('<script>alert');
    expect(answer.setCookies).toEqual([]);
    expect((await thief.get('/account')).status).toBe(303);
  }
});

test('whose account a link opens is said escaped', async () => {
  const visitor = stage.visitor();
  const count = stage.mailbox.mails.length + 1;
  await visitor.post('/sign-in', { email: "o'hara@example.org", back: '/' });
  await stage.mailbox.until(count);
  const { pathname, search } = stage.mailedLink();
  const { text } = await visitor.get(pathname + search);
  expect(text).toContain('<b dir="auto">o&#39;hara@example.org</b>');
});

test('an address that is not taken is said in the title, and at its field with the hint', async () => {
  const visitor = stage.visitor();
  const refused = await visitor.post('/sign-in', { email: 'ada@<b>', back: '/' });
  expect(refused.status).toBe(422);
  expect(refused.text).toContain('<title>Not taken: Sign in · Test Meeting</title>');
  const field = /<input id="email"[^>]*>/.exec(refused.text)?.[0] ?? '';
  expect(field).toContain('value="ada@&lt;b&gt;"');
  expect(field).toContain('aria-invalid="true"');
  expect(field).toContain('aria-describedby="email-problem email-hint"');
  expect(field).toContain('autofocus');
  const asked = (await visitor.get('/sign-in')).text;
  expect(asked).toContain('<title>Sign in · Test Meeting</title>');
  expect(/<input id="email"[^>]*>/.exec(asked)?.[0]).not.toMatch(/autofocus|aria-invalid/);
});

test('an expired link is refused', async () => {
  const visitor = stage.visitor();
  const count = stage.mailbox.mails.length + 1;
  await visitor.post('/sign-in', { email: 'late@example.org', back: '/' });
  await stage.mailbox.until(count);
  await stage.edition.database.query(
    `UPDATE callboard.sign_in_proofs SET expires_at = now() - interval '1 second'`,
  );
  const { pathname, search, searchParams } = stage.mailedLink();
  expect((await visitor.get(pathname + search)).status).toBe(410);
  const token = searchParams.get('token') ?? '';
  expect((await visitor.post('/sign-in/link', { token, back: '/' })).status).toBe(410);
});

test('known and unknown addresses get the same answer, byte for byte', async () => {
  await stage.enter('known@example.org');
  const of = async (email: string) => {
    const { status, location, text, setCookies } = await stage
      .visitor()
      .post('/sign-in', { email, back: '/' });
    return { status, location, text, setCookies };
  };
  expect(await of('known@example.org')).toEqual(await of('unknown@example.org'));
});

test.each([
  ['another origin', { origin: 'https://evil.example' }],
  ['another origin that looks alike', { origin: 'https://meeting.example.org.evil.example' }],
  ['the origin without https', { origin: 'http://meeting.example.org' }],
  ['no origin', { origin: undefined }],
  ['a null origin', { origin: 'null' }],
  ['no origin, from another site', { origin: undefined, 'sec-fetch-site': 'cross-site' }],
  [
    'another origin with a kind word',
    { origin: 'https://evil.example', 'sec-fetch-site': 'same-origin' },
  ],
  ['this machine’s origin by a name of ours', { origin: 'http://localhost' }],
])('nothing is taken from %s, whatever the form', async (_what, headers) => {
  const member = await stage.enter('csrf@example.org');
  const key = await stage.key('a');
  const forms: readonly [string, Readonly<Record<string, string>>][] = [
    ['/sign-in', { email: 'x@example.org' }],
    ['/sign-in/link', { token: 'x' }],
    ['/sign-in/passkey/question', {}],
    ['/sign-in/passkey', {}],
    ['/sign-out', {}],
    ['/account/name', { name: 'Mallory' }],
    ['/account/passkeys/question', {}],
    ['/account/passkeys', {}],
    ['/account/passkeys/remove', { id: 'x' }],
    ['/account/sign-out', {}],
    ['/account/delete', { sure: 'yes' }],
    ['/schedule/stars', { session: key, on: 'true' }],
    ['/schedule/address', {}],
  ];
  for (const [path, form] of forms) {
    for (const type of ['application/x-www-form-urlencoded', 'application/json', 'text/plain']) {
      const answer = await member.post(path, form, { ...headers, 'content-type': type });
      expect([path, answer.status]).toEqual([path, 403]);
    }
  }
  const account = await member.get('/account');
  expect(account.status).toBe(200);
  expect(account.text).not.toContain('Mallory');
  await member.post('/account/delete', { sure: 'yes' });
  stage.edition.clock.advance(16 * 60_000);
});

test.each(['https://evil.example/', '//evil.example', '/\\evil.example', '/%09/evil.example\t'])(
  'nobody is sent on to %j',
  async (back) => {
    const visitor = stage.visitor();
    const count = stage.mailbox.mails.length + 1;
    await visitor.post('/sign-in', { email: 'back@example.org', back });
    await stage.mailbox.until(count);
    const token = stage.mailedLink().searchParams.get('token') ?? '';
    const entered = await visitor.post('/sign-in/link', { token, back });
    expect(entered.location).toBe('/program/');
    const again = await visitor.get(`/sign-in?back=${encodeURIComponent(back)}`);
    expect(again.location).toBe('/program/account');
  },
);

test('cookies are of this path, of https, and the one that proves anything is for no script', async () => {
  const visitor = stage.visitor();
  const count = stage.mailbox.mails.length + 1;
  await visitor.post('/sign-in', { email: 'cookies@example.org', back: '/' });
  await stage.mailbox.until(count);
  const token = stage.mailedLink().searchParams.get('token') ?? '';
  const { setCookies } = await visitor.post('/sign-in/link', { token, back: '/' });
  const flags = setCookies.map((one) => {
    const [name = ''] = one.split('=', 1);
    const rest = one
      .split('; ')
      .slice(1)
      .filter((flag) => !flag.startsWith('Max-Age'));
    return [name, ...rest.sort()].join(' ');
  });
  expect(flags.sort()).toEqual([
    '__Secure-callboard.session_token HttpOnly Path=/program SameSite=Lax Secure',
    'callboard-signed-in Path=/program SameSite=Lax Secure',
    'callboard-stars Path=/program SameSite=Lax Secure',
  ]);
});

test('a name, signing out everywhere and deleting an account do what they say', async () => {
  const phone = await stage.enter('whole@example.org');
  const laptop = await stage.enter('whole@example.org');
  await phone.post('/account/name', { name: '<b>Ada</b> & Co' });
  expect((await laptop.get('/account?done=name')).text).toContain(
    '&lt;b&gt;Ada&lt;/b&gt; &amp; Co',
  );
  await phone.post('/account/sign-out', {});
  expect((await laptop.get('/account')).location).toBe('/program/sign-in?back=/account');
  const again = await stage.enter('whole@example.org');
  expect((await again.post('/account/delete', {})).status).toBe(422);
  const gone = await again.post('/account/delete', { sure: 'yes' });
  expect([gone.status, gone.location]).toEqual([303, '/program/']);
  // Below a path the rest of the storage is that of others on the host.
  expect(gone.headers['clear-site-data']).toBe(undefined);
  expect([...again.cookies.keys()]).toEqual([]);
  const { rows } = await stage.edition.database.query(
    `SELECT 1 FROM callboard.members WHERE email = 'whole@example.org'`,
  );
  expect(rows).toEqual([]);
});

test('preferences come with the account to another browser', async () => {
  const phone = await stage.enter('prefers@example.org');
  await phone.post('/preferences', {
    zone: 'Asia/Tokyo',
    clock: '12',
    language: 'en',
    theme: 'system',
  });
  const kept = phone.cookies.get('callboard-preferences');
  expect(kept).toBeTruthy();
  const laptop = await stage.enter('prefers@example.org');
  expect(laptop.cookies.get('callboard-preferences')).toBe(kept);
});

test('the desk is for organizers: others are asked to sign in, or told no', async () => {
  const stranger = stage.visitor();
  const asked = await stranger.get('/preview');
  expect([asked.status, asked.location]).toEqual([
    303,
    '/program/sign-in?back=%2Fpreview&for=organizers',
  ]);
  expect((await stranger.get('/preview/events', { accept: 'text/event-stream' })).status).toBe(401);
  expect((await stranger.get('/handoffs')).status).toBe(303);
  expect((await stranger.post('/handoffs/abc', { address: 'x' })).status).toBe(401);
  const attendee = await stage.enter('attendee@example.org');
  for (const path of ['/preview', '/handoffs']) {
    const refused = await attendee.get(path);
    expect([refused.status, refused.headers['cache-control']]).toEqual([403, 'no-store']);
    expect(refused.text).toContain('This page is for the organizers of the meeting.');
    expect(refused.text).toContain('attendee@example.org');
    expect(refused.text).toContain('<a href="/program/account">your account</a>');
  }
  const organizer = await stage.enter('chair@example.org', 'organizer');
  expect((await organizer.get('/preview')).status).toBe(200);
  expect((await organizer.get('/handoffs')).status).toBe(200);
});

test('on a public site organizers sign in on the server itself too, and are told how to begin', async () => {
  const host = `localhost:${String(stage.web.port)}`;
  const here = stage.visitor();
  for (const path of ['/preview', '/handoffs']) {
    expect((await here.get(path, { host })).status).toBe(303);
  }
  const origin = `http://${host}`;
  const refused = await here.post('/handoffs/abc', { address: 'x' }, { host, origin });
  expect([refused.status, refused.headers['cache-control']]).toEqual([401, 'no-store']);
  const asked = await here.get('/sign-in?back=%2Fhandoffs&for=organizers', { host });
  for (const { text } of [refused, asked]) {
    expect(text).toContain('callboard invite you@example.org --role organizer');
    expect(text).toContain('name="back" value="/handoffs"');
  }
});

test('X-Forwarded-For is nobody’s way around a limit when no proxy is trusted', async () => {
  const visitor = stage.visitor();
  const statuses = new Set<number>();
  for (let at = 0; at < 301; at += 1) {
    const email = `m${String(at)}@example.org`;
    const answer = await visitor.post(
      '/sign-in',
      { email, back: '/' },
      { 'x-forwarded-for': `203.0.113.${String(at % 250)}, 10.0.0.${String(at % 250)}` },
    );
    statuses.add(answer.status);
    if (answer.status === 429) expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
  }
  expect(statuses).toEqual(new Set([303, 429]));
  stage.edition.clock.advance(61 * 60_000);
}, 60_000);

test('pages about signing in are made for nobody’s index and hold no address of another site', async () => {
  const { text, headers } = await stage.visitor().get('/sign-in?back=/schedule');
  expect(text).toContain('<meta name="robots" content="noindex"/>');
  expect(text).toContain('name="back" value="/schedule"');
  expect(headers['content-security-policy']).toContain("default-src 'none'");
  expect(text.match(/(?:src|href|action)="https?:[^"]*"/g) ?? []).toEqual([]);
  expect(site).toContain('/program');
});
