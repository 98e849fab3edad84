import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { createServer, type AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { caddy, nginx, type FrontServer } from '../support/web-servers.js';
import { openVisitorStage, type VisitorStage } from './visitor-stage.js';

/** What docs/hosting.md gives, and beside it what a web server does that says nothing about forwarding. */
interface Documented {
  readonly server: FrontServer;
  readonly rules: (guide: string) => string;
  /** Paths that are passed on without a word about forwarding; Caddy always says it. */
  readonly silent?: (backend: string, publicSite: string) => Readonly<Record<string, string>>;
}

/** What nginx does untold from 1.29.7 on. */
const asFrom1297 = 'proxy_http_version 1.1; proxy_set_header Connection "";';

const documented: readonly Documented[] = [
  {
    server: nginx,
    rules: (guide) => /```nginx\n([^`]+)```/.exec(guide)?.[1] ?? '',
    silent: (backend, publicSite) => ({
      '/bare/': `proxy_pass http://${backend}/;`,
      '/kept/': `proxy_pass http://${backend}/; ${asFrom1297}`,
      '/public/': `proxy_pass http://${publicSite}/; ${asFrom1297}`,
    }),
  },
  {
    server: caddy,
    rules: (guide) =>
      /```caddyfile\nmeeting\.example\.org \{\n([^`]+)\}\n```/.exec(guide)?.[1] ?? '',
  },
];

const guide = readFileSync(new URL('../../docs/hosting.md', import.meta.url), 'utf8');

for (const { server, rules, silent } of documented) {
  const missing = server.missing();
  if (missing !== undefined && process.env.CI) throw new Error(missing);
  const skipped = missing === undefined ? '' : ` (skipped: ${missing})`;
  describe.skipIf(missing !== undefined)(
    `behind a real ${server.name}, set up as in docs/hosting.md${skipped}`,
    () => {
      let stage: VisitorStage;
      /** By its public address, and without a word about the web server. */
      let publicStage: VisitorStage;
      let silentPaths: Readonly<Record<string, string>> = {};
      let front: Awaited<ReturnType<FrontServer['start']>>;
      let origin = '';
      let port = 0;
      beforeAll(async () => {
        port = await freePort();
        origin = `http://localhost:${String(port)}`;
        stage = await openVisitorStage({ at: `${origin}/program`, trustProxy: ['127.0.0.1'] });
        const backend = `127.0.0.1:${String(stage.web.port)}`;
        const told = rules(guide).replace('127.0.0.1:4680', backend);
        expect(told).toContain(backend);
        publicStage = await openVisitorStage();
        silentPaths = silent?.(backend, `127.0.0.1:${String(publicStage.web.port)}`) ?? {};
        const untold = Object.entries(silentPaths).map(
          ([at, does]) => `location ${at} { ${does} }`,
        );
        front = await server.start(port, [told, ...untold].join('\n'));
      });
      afterAll(async () => {
        await front.stop();
        await stage.close();
        await publicStage.close();
      });

      test('every link and asset of the home page stands below the prefix and is there', async () => {
        const home = await fetch(`${origin}/program`, { redirect: 'follow' });
        expect([home.status, home.url]).toEqual([200, `${origin}/program/`]);
        const html = await home.text();
        const targets = [...html.matchAll(/(?:href|src|action)="(\/[^"]*)"/g)].map(([, to]) => to);
        expect(targets.filter((to) => !/^\/program(\/|$)/.test(to ?? ''))).toEqual([]);
        const styles = targets.filter((to) => to?.includes('/assets/'));
        expect(styles.length).toBeGreaterThan(2);
        for (const to of styles) {
          expect([to, (await fetch(`${origin}${to ?? ''}`)).status]).toEqual([to, 200]);
        }
      });

      test('signing in works, and who it forwards does not sit at this machine', async () => {
        const stranger = await fetch(`${origin}/program/preview`, {
          redirect: 'manual',
          headers: { accept: 'text/html' },
        });
        expect([stranger.status, stranger.headers.get('location')]).toEqual([
          303,
          '/program/sign-in?back=%2Fpreview&for=organizers',
        ]);
        const cookie = await organizer();
        for (const path of ['/preview', '/handoffs']) {
          const desk = await fetch(`${origin}/program${path}`, { headers: { cookie } });
          expect([path, desk.status]).toEqual([path, 200]);
          const html = await desk.text();
          const targets = [...html.matchAll(/(?:href|src|action|data-events)="(\/[^"]*)"/g)];
          expect(targets.length).toBeGreaterThan(2);
          expect(targets.filter(([, to]) => to?.startsWith('/program/') !== true)).toEqual([]);
        }
      });

      if (silent) {
        test('a web server that says nothing about forwarding opens the desk to nobody', async () => {
          for (const path of Object.keys(silentPaths)) {
            const answer = await fetch(`${origin}${path}preview`, {
              redirect: 'manual',
              headers: { accept: 'text/html' },
            });
            expect([path, answer.status]).toEqual([path, 303]);
          }
        });
      }

      test('live events come through as they happen', async () => {
        const cookie = await organizer();
        const closing = new AbortController();
        const answer = await fetch(`${origin}/program/preview/events`, {
          headers: { cookie, accept: 'text/event-stream' },
          signal: closing.signal,
        });
        expect(answer.headers.get('content-type')).toContain('text/event-stream');
        const first = await answer.body?.getReader().read();
        expect(first?.done).toBe(false);
        closing.abort();
      });

      test('limits count the clients of the trusted proxy, not the proxy', async () => {
        const { rows } = await attempts();
        const before = rows[0]?.count ?? 0;
        for (const client of ['127.0.0.2', '127.0.0.3', '127.0.0.3']) {
          expect(await askFor(`from-${client}@example.org`, client)).toBe(303);
        }
        // For each client and each mailbox one row.
        expect(((await attempts()).rows[0]?.count ?? 0) - before).toBe(4);
      });

      const attempts = () =>
        stage.edition.database.query<{ count: number }>(
          'SELECT count(*)::int AS count FROM callboard.attempts',
        );

      async function organizer(): Promise<string> {
        const count = stage.mailbox.mails.length + 1;
        const { invite } = await import('../../src/operations/invite.js');
        await invite(stage.edition.context, { email: 'chair@example.org', role: 'organizer' });
        await stage.mailbox.until(count);
        const token = /link\?token=([A-Za-z]+)/.exec(stage.mailbox.mails.at(-1) ?? '')?.[1] ?? '';
        const entered = await fetch(`${origin}/program/sign-in/link`, {
          method: 'POST',
          redirect: 'manual',
          headers: { origin },
          body: new URLSearchParams({ token, back: '/preview' }),
        });
        expect([entered.status, entered.headers.get('location')]).toEqual([
          303,
          '/program/preview',
        ]);
        return entered.headers
          .getSetCookie()
          .map((one) => one.split(';', 1)[0])
          .join('; ');
      }

      function askFor(email: string, from: string): Promise<number> {
        return new Promise((resolve, reject) => {
          const body = new URLSearchParams({ email, back: '/' }).toString();
          const headers = {
            origin,
            host: `localhost:${String(port)}`,
            'content-type': 'application/x-www-form-urlencoded',
            'content-length': String(body.length),
          };
          const asked = request(
            {
              host: '127.0.0.1',
              port,
              localAddress: from,
              method: 'POST',
              path: '/program/sign-in',
              headers,
            },
            (response) => {
              response.resume();
              resolve(response.statusCode ?? 0);
            },
          );
          asked.on('error', reject);
          asked.end(body);
        });
      }
    },
  );
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
