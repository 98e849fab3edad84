import { createHash } from 'node:crypto';
import { expect, test, vi } from 'vitest';
import { usualLimits } from '../../src/sign-in/limits.js';
import { describeOnDatabases } from '../support/database.js';
import { cookieOf, meeting, signInStage } from './stage.js';

describeOnDatabases('signing in', (database) => {
  const visit = { cookie: '', client: '192.0.2.1' };

  test('a link signs its reader in as an attendee, without a request to anybody', async () => {
    const fetched = vi.spyOn(globalThis, 'fetch');
    const { signIn, links, tokenFor } = signInStage(database());
    const asked = await signIn.askForLink({
      email: ' Ada@Example.org ',
      client: visit.client,
      back: '/schedule',
    });
    expect(asked).toEqual({ kind: 'sent' });
    const token = tokenFor('ada@example.org');
    expect(token).toMatch(/^[A-Za-z]{32}$/);
    expect(links).toEqual([
      {
        email: 'ada@example.org',
        address: `${meeting}/sign-in/link?token=${token}&back=%2Fschedule`,
      },
    ]);
    const proven = await signIn.useLink(token, visit);
    if (proven.kind !== 'in') throw new Error(proven.kind);
    expect(proven.member).toEqual({
      id: proven.member.id,
      email: 'ada@example.org',
      name: '',
      role: 'attendee',
      preferences: '',
    });
    const there = await signIn.who({ cookie: cookieOf(proven.setCookies) });
    expect(there?.member).toEqual(proven.member);
    expect(fetched).not.toHaveBeenCalled();
    fetched.mockRestore();
  });

  test('the cookie is for this site alone, for no script, and for https only', async () => {
    const { signIn, tokenFor } = signInStage(database());
    await signIn.askForLink({ email: 'flags@example.org', client: 'a', back: '' });
    const proven = await signIn.useLink(tokenFor('flags@example.org'), visit);
    const cookies = proven.kind === 'in' ? proven.setCookies : [];
    expect(
      cookies.map((cookie) => cookie.replace(/=[^;]*/, '=…').replace(/Max-Age=\d+/, 'Max-Age=…')),
    ).toEqual([
      '__Secure-callboard.session_token=…; Max-Age=…; Path=/program; HttpOnly; Secure; SameSite=Lax',
    ]);
  });

  test('on a site without https the cookie is sent without it', async () => {
    const { signIn, tokenFor } = signInStage(database(), { site: 'http://localhost:4680' });
    await signIn.askForLink({ email: 'plain@example.org', client: 'a', back: '' });
    const proven = await signIn.useLink(tokenFor('plain@example.org'), visit);
    const cookies = proven.kind === 'in' ? proven.setCookies : [];
    expect(
      cookies.map((cookie) => cookie.replace(/=[^;]*/, '=…').replace(/Max-Age=\d+/, 'Max-Age=…')),
    ).toEqual(['callboard.session_token=…; Max-Age=…; Path=/; HttpOnly; SameSite=Lax']);
  });

  test('a link is good once: of two that use it at the same time one is signed in', async () => {
    const { signIn, tokenFor } = signInStage(database());
    await signIn.askForLink({ email: 'twice@example.org', client: 'a', back: '' });
    const token = tokenFor('twice@example.org');
    const both = await Promise.all([signIn.useLink(token, visit), signIn.useLink(token, visit)]);
    expect(both.map(({ kind }) => kind).sort()).toEqual(['in', 'refused']);
    expect(await signIn.useLink(token, visit)).toEqual({ kind: 'refused' });
  });

  test('a link is refused after its fifteen minutes', async () => {
    const { signIn, tokenFor } = signInStage(database());
    await signIn.askForLink({ email: 'late@example.org', client: 'a', back: '' });
    const { rows } = await database().query<{ minutes: number }>(
      `SELECT round(extract(epoch FROM expires_at - created_at) / 60)::int AS minutes
       FROM callboard.sign_in_proofs WHERE value LIKE '%late@example.org%'`,
    );
    expect(rows).toEqual([{ minutes: 15 }]);
    await database().query(
      `UPDATE callboard.sign_in_proofs SET expires_at = now() - interval '1 second' WHERE value LIKE '%late@example.org%'`,
    );
    expect(await signIn.useLink(tokenFor('late@example.org'), visit)).toEqual({ kind: 'refused' });
  });

  test('a guessed token is refused, and what is stored is no token', async () => {
    const { signIn, tokenFor } = signInStage(database());
    await signIn.askForLink({ email: 'guess@example.org', client: 'a', back: '' });
    const token = tokenFor('guess@example.org');
    const { rows } = await database().query<{ identifier: string; value: string }>(
      `SELECT identifier, value FROM callboard.sign_in_proofs WHERE value LIKE '%guess@example.org%'`,
    );
    expect(JSON.stringify(rows)).not.toContain(token);
    const stored = rows[0]?.identifier ?? '';
    const digest = createHash('sha256').update(token).digest('base64url');
    for (const guess of ['', 'a'.repeat(32), stored, digest, token.toLowerCase(), `${token} `]) {
      expect(await signIn.useLink(guess, visit)).toEqual({ kind: 'refused' });
    }
    expect((await signIn.useLink(token, visit)).kind).toBe('in');
  });

  test('an address that was never here is answered as one that was', async () => {
    const { signIn, enter, links } = signInStage(database());
    await enter('known@example.org');
    const asked = (email: string) => signIn.askForLink({ email, client: 'a', back: '' });
    expect([await asked('known@example.org'), await asked('stranger@example.org')]).toEqual([
      { kind: 'sent' },
      { kind: 'sent' },
    ]);
    expect(links.map(({ email }) => email)).toEqual([
      'known@example.org',
      'known@example.org',
      'stranger@example.org',
    ]);
    expect(await asked('nobody')).toEqual({ kind: 'no-mailbox' });
  });

  test('a mail that fails is told to the log, not to who asked', async () => {
    const { signIn, reported } = signInStage(database());
    const broken = signInStage(database());
    broken.links.push = () => {
      throw new Error('the mail server did not take it');
    };
    expect(
      await broken.signIn.askForLink({ email: 'mail@example.org', client: 'a', back: '' }),
    ).toEqual({ kind: 'sent' });
    await broken.signIn.close();
    expect(broken.reported).toEqual([new Error('the mail server did not take it')]);
    await signIn.close();
    expect(reported).toEqual([]);
  });

  test('a mailbox gets five links in a quarter of an hour, known or not, from wherever they are asked for', async () => {
    const { signIn, links, clock } = signInStage(database());
    const ask = (client: string) =>
      signIn.askForLink({ email: 'much@example.org', client, back: '' });
    for (const client of ['a', 'b', 'c', 'd', 'e']) {
      expect(await ask(client)).toEqual({ kind: 'sent' });
    }
    const freeAt = clock.now() + 15 * 60_000;
    expect(await ask('f')).toEqual({ kind: 'too-many', freeAt });
    expect(links).toHaveLength(5);
    clock.advance(15 * 60_000);
    expect(await ask('f')).toEqual({ kind: 'sent' });
  });

  test('a client that asks for links to many mailboxes is stopped', async () => {
    const limits = {
      linksPerMailbox: { most: 5, withinMs: 60_000 },
      linksPerClient: { most: 3, withinMs: 60_000 },
      proofsPerClient: { most: 2, withinMs: 60_000 },
    };
    const { signIn, clock } = signInStage(database(), { limits });
    const ask = (email: string, client: string) => signIn.askForLink({ email, client, back: '' });
    for (const one of ['p', 'q', 'r']) await ask(`${one}@example.org`, '198.51.100.7');
    const freeAt = clock.now() + 60_000;
    expect(await ask('s@example.org', '198.51.100.7')).toEqual({ kind: 'too-many', freeAt });
    expect(await ask('s@example.org', '198.51.100.8')).toEqual({ kind: 'sent' });
    const guess = () => signIn.useLink('x', { cookie: '', client: '198.51.100.7' });
    expect([await guess(), await guess(), await guess()]).toEqual([
      { kind: 'refused' },
      { kind: 'refused' },
      { kind: 'too-many', freeAt },
    ]);
  });

  test('a question for a passkey, which is kept, counts as a try', async () => {
    const limits = { ...usualLimits, proofsPerClient: { most: 2, withinMs: 60_000 } };
    const { signIn, clock } = signInStage(database(), { limits });
    const ask = async (client: string) => (await signIn.passkeys.question({ client })).kind;
    const kept = async () =>
      (await database().query('SELECT 1 FROM callboard.sign_in_proofs')).rows.length;
    expect([await ask('198.51.100.9'), await ask('198.51.100.9')]).toEqual(['asked', 'asked']);
    const before = await kept();
    expect(await signIn.passkeys.question({ client: '198.51.100.9' })).toEqual({
      kind: 'too-many',
      freeAt: clock.now() + 60_000,
    });
    expect(await signIn.useLink('x', { cookie: '', client: '198.51.100.9' })).toEqual({
      kind: 'too-many',
      freeAt: clock.now() + 60_000,
    });
    expect(await kept()).toBe(before);
    expect(await ask('198.51.100.10')).toBe('asked');
  });

  test('who signs in gets a new session, and the one that the browser had is dead', async () => {
    const { signIn, enter, tokenFor } = signInStage(database());
    const attackers = await enter('attacker@example.org');
    await signIn.askForLink({ email: 'victim@example.org', client: 'a', back: '' });
    const proven = await signIn.useLink(tokenFor('victim@example.org'), {
      cookie: attackers,
      client: 'a',
    });
    if (proven.kind !== 'in') throw new Error(proven.kind);
    const cookie = cookieOf(proven.setCookies);
    expect(cookie).not.toBe(attackers);
    expect((await signIn.who({ cookie }))?.member.email).toBe('victim@example.org');
    expect(await signIn.who({ cookie: attackers })).toBeUndefined();
  });

  test('a cookie that was changed, or signed with another secret, is nobody’s', async () => {
    const { signIn, enter } = signInStage(database());
    const cookie = await enter('signed@example.org');
    const [name = '', value = ''] = cookie.split(/=(.*)/s);
    const [token = '', signature = ''] = decodeURIComponent(value).split('.');
    for (const forged of [
      `${name}=${token}`,
      `${name}=${encodeURIComponent(`${token}.`)}`,
      `${name}=${encodeURIComponent(`${token}x.${signature}`)}`,
      `${name}=${encodeURIComponent(`${token}.${signature.replace(/^./, (sign) => (sign === 'A' ? 'B' : 'A'))}`)}`,
      '%',
    ]) {
      expect(await signIn.who({ cookie: forged })).toBeUndefined();
    }
    expect((await signIn.who({ cookie }))?.member.email).toBe('signed@example.org');
  });

  test('signing out ends it here, or everywhere', async () => {
    const { signIn, enter } = signInStage(database());
    const [phone, laptop] = [await enter('out@example.org'), await enter('out@example.org')];
    const said = await signIn.leave({ cookie: phone });
    expect(said.join()).toMatch(/session_token=; Max-Age=0/);
    expect(await signIn.who({ cookie: phone })).toBeUndefined();
    expect((await signIn.who({ cookie: laptop }))?.member.email).toBe('out@example.org');
    const again = await enter('out@example.org');
    await signIn.leaveEverywhere({ cookie: again });
    expect([await signIn.who({ cookie: laptop }), await signIn.who({ cookie: again })]).toEqual([
      undefined,
      undefined,
    ]);
  });

  test('who is invited as an organizer is one from the first visit, also later by another link', async () => {
    const { signIn, enter, links } = signInStage(database());
    const link = await signIn.invite({ email: 'Chair@Example.org', role: 'organizer' });
    // Whoever invites brings it there.
    expect(links).toEqual([]);
    expect(link.email).toBe('chair@example.org');
    const proven = await signIn.useLink(
      new URL(link.address).searchParams.get('token') ?? '',
      visit,
    );
    expect(proven.kind === 'in' && proven.member.role).toBe('organizer');
    const cookie = await enter('chair@example.org');
    expect((await signIn.who({ cookie }))?.member.role).toBe('organizer');
    await signIn.invite({ email: 'chair@example.org', role: 'attendee' });
    expect((await signIn.who({ cookie }))?.member.role).toBe('attendee');
  });

  test('what belongs to a member goes with them', async () => {
    const { signIn, enter } = signInStage(database());
    const cookie = await enter('gone@example.org');
    const there = await signIn.who({ cookie });
    if (!there) throw new Error('not signed in');
    await signIn.rename(there.member, '  Ada Example ');
    await signIn.keepPreferences(there.member, 'clock=12');
    expect((await signIn.who({ cookie }))?.member).toEqual({
      ...there.member,
      name: 'Ada Example',
      preferences: 'clock=12',
    });
    await signIn.askForLink({ email: 'gone@example.org', client: 'a', back: '' });
    await signIn.forget(there.member);
    expect(await signIn.who({ cookie })).toBeUndefined();
    const { rows } = await database().query(
      `SELECT 'member' AS what FROM callboard.members WHERE email = 'gone@example.org'
       UNION ALL SELECT 'sign-in' FROM callboard.sign_ins WHERE member = $1
       UNION ALL SELECT 'link' FROM callboard.sign_in_proofs WHERE value LIKE '%gone@example.org%'`,
      [there.member.id],
    );
    expect(rows).toEqual([]);
  });
});
