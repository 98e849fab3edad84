import { afterEach, expect, test } from 'vitest';
import { CallboardError } from '../../src/errors.js';
import { startWeb, type WebServer } from '../../src/site/web-server.js';
import type { WaitingHandOff, WebContext } from '../../src/site/web-context.js';
import { deskFixture, now } from '../site/web-fixture.js';

const running: WebServer[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((web) => web.close()));
});

const waiting: WaitingHandOff = {
  id: 'abc123',
  network: 'youtube',
  title: 'Rumour <script>alert(1)</script> & evidence',
  text: 'Soon: <b>Rumour</b>\nhttps://program.example.org/sessions/s1',
  picture: { digest: 'abc123', alt: 'Card: "Rumour"' },
  until: now + 60_000,
  overdue: false,
  address: 'https://www.youtube.com/@m/posts',
  instruction: 'Choose Create, then Create post.',
};

async function start(over: Partial<WebContext> = {}) {
  const { context } = deskFixture({ handOffs: () => Promise.resolve([waiting]), ...over });
  const web = await startWeb(context, { port: 0 });
  running.push(web);
  return web.address;
}

const post = (address: string, given: string, headers: Readonly<Record<string, string>> = {}) =>
  fetch(`${address}/handoffs/abc123`, {
    method: 'POST',
    redirect: 'manual',
    headers: { origin: address, ...headers },
    body: new URLSearchParams({ address: given }),
  });

test('shows what to put up, escaped, with picture, place and a field', async () => {
  const address = await start();
  const answer = await fetch(`${address}/handoffs`);
  const html = await answer.text();
  expect(answer.status).toBe(200);
  expect(html).not.toContain('<script>alert');
  expect(html).toContain('Soon: &lt;b&gt;Rumour&lt;/b&gt;');
  expect(html).toContain('alt="Card: &quot;Rumour&quot;"');
  expect(html).toContain('href="https://www.youtube.com/@m/posts"');
  expect(html).toMatch(/<label for="address-abc123">/);
  expect(answer.headers.get('content-security-policy')).toContain("form-action 'self'");
  expect(answer.headers.get('cache-control')).toBe('no-store');
});

test('takes an address back, and says beside the field why it does not', async () => {
  const given: string[] = [];
  const address = await start({
    handOffDone: (id, it) => {
      given.push(`${id} ${it}`);
      if (it.includes('youtube')) return Promise.resolve();
      const complaint = { place: id, problem: 'this is no address', remedy: 'Copy it again' };
      return Promise.reject(new CallboardError('post-address-unknown', complaint));
    },
  });
  const taken = await post(address, 'https://www.youtube.com/post/Ugk1');
  expect([taken.status, taken.headers.get('location')]).toEqual([303, '/handoffs?done=abc123']);
  const refused = await post(address, 'https://example.org/"><i>');
  const html = await refused.text();
  expect(refused.status).toBe(422);
  expect(html).toContain('abc123: this is no address. Copy it again.');
  expect(html).toContain('value="https://example.org/&quot;&gt;&lt;i&gt;"');
  expect(given).toEqual([
    'abc123 https://www.youtube.com/post/Ugk1',
    'abc123 https://example.org/"><i>',
  ]);
});

test('says what was just recorded, and lists what was put up lately', async () => {
  const done = {
    id: 'abc122',
    network: 'youtube',
    title: 'Harbour <i>lights</i>',
    permalink: 'https://www.youtube.com/post/Ugk1',
    at: now - 1_000,
  } as const;
  const address = await start({ putUp: () => Promise.resolve([done]) });
  const html = await (await fetch(`${address}/handoffs?done=abc122`)).text();
  expect(html).toMatch(/role="status">\s*Recorded: <bdi>Harbour &lt;i&gt;lights&lt;\/i&gt;<\/bdi>/);
  expect(html).toContain('href="https://www.youtube.com/post/Ugk1"');
  const later = await (await fetch(`${address}/handoffs?done=%3Cb%3E`)).text();
  expect(later).not.toContain('Recorded');
  expect(later).toContain('Put up lately');
});

test('only a browser on this machine comes in, and no other page can send the form', async () => {
  const given: string[] = [];
  const address = await start({
    handOffDone: (id) => {
      given.push(id);
      return Promise.resolve();
    },
  });
  for (const headers of [
    { 'x-forwarded-for': '203.0.113.9' },
    { forwarded: 'for=203.0.113.9' },
    { via: '1.1 proxy' },
  ]) {
    expect((await fetch(`${address}/handoffs`, { headers })).status).toBe(404);
    expect((await post(address, 'https://www.youtube.com/post/Ugk1', headers)).status).toBe(404);
  }
  const foreign = { origin: 'https://evil.example' };
  expect((await post(address, 'https://www.youtube.com/post/Ugk1', foreign)).status).toBe(403);
  expect((await post(address, 'x'.repeat(20_000))).status).toBe(413);
  expect(given).toEqual([]);
});

test('an empty desk says so', async () => {
  const address = await start({ handOffs: () => Promise.resolve([]) });
  expect(await (await fetch(`${address}/handoffs`)).text()).toContain(
    'Nothing waits to be put up by hand.',
  );
});
