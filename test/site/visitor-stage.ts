import { request } from 'node:http';
import { text as textOf } from 'node:stream/consumers';
import { webContextOf } from '../../src/operations/web-context.js';
import { invite } from '../../src/operations/invite.js';
import type { MemberRole } from '../../src/storage/members.js';
import { startWeb, type WebServer } from '../../src/site/web-server.js';
import { openDatabase } from '../../src/storage/opening.js';
import {
  noon,
  hour,
  openTestEdition,
  session,
  type SessionOf,
  type TestEdition,
} from '../support/edition.js';
import { startMailbox, type Mailbox } from '../support/mailbox.js';

export const site = 'https://meeting.example.org/program';
const origin = 'https://meeting.example.org';

/** What came back. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly setCookies: readonly string[];
  readonly location: string | undefined;
  readonly text: string;
}

/** A browser as far as these tests need one: cookies, and the headers that browsers send. */
export interface Visitor {
  readonly cookies: Map<string, string>;
  get(path: string, headers?: Headers): Promise<Answer>;
  post(path: string, form: Readonly<Record<string, string>>, headers?: Headers): Promise<Answer>;
}

type Headers = Readonly<Record<string, string | undefined>>;

/** A whole site on real parts, with a mail server. */
export interface VisitorStage {
  readonly edition: TestEdition;
  readonly mailbox: Mailbox;
  readonly web: WebServer;
  readonly reported: unknown[];
  visitor(): Visitor;
  /** The path and query of the newest link that was mailed, without the base path. */
  mailedLink(): URL;
  /** Signs somebody in; by invitation where a role is given. */
  enter(email: string, role?: MemberRole): Promise<Visitor>;
  /** Our key of the session with this id in the source. */
  key(id: string): Promise<string>;
  close(): Promise<void>;
}

/** Opens it. */
export async function openVisitorStage({
  sessions = [session('a', noon + hour), session('b', noon + 1.25 * hour)],
  trustProxy,
  at = site,
  accounts,
}: {
  readonly sessions?: readonly SessionOf[];
  readonly trustProxy?: readonly string[];
  /** Public address of the site. */
  readonly at?: string;
  readonly accounts?: readonly string[];
} = {}): Promise<VisitorStage> {
  const database = await openDatabase({ memory: true });
  const mailbox = await startMailbox();
  const edition = await openTestEdition(database, {
    sessions,
    settings: {
      site: at,
      organizer: { email: 'you@example.org' },
      ...(accounts && { accounts: [...accounts] }),
    },
    env: { CALLBOARD_SMTP_URL: mailbox.url, CALLBOARD_SECRET: 'a planted secret of the test' },
  });
  const reported: unknown[] = [];
  const context = await webContextOf(edition.context, (error) => void reported.push(error));
  const web = await startWeb(context, { port: 0, ...(trustProxy && { trustProxy }) });

  const visitor = (): Visitor => {
    const cookies = new Map<string, string>();
    const ask = async (method: string, path: string, headers: Headers, body?: string) => {
      const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
      const answer = await send(
        web.port,
        method,
        `/program${path}`,
        {
          host: 'meeting.example.org',
          accept: 'text/html',
          ...(cookie !== '' && { cookie }),
          ...headers,
          ...(body !== undefined && { 'content-length': String(Buffer.byteLength(body)) }),
        },
        body,
      );
      for (const one of answer.setCookies) {
        const [pair = ''] = one.split(';', 1);
        const [name = '', value = ''] = pair.split(/=(.*)/s);
        if (/max-age=0/i.test(one)) cookies.delete(name);
        else cookies.set(name, value);
      }
      return answer;
    };
    return {
      cookies,
      get: (path, headers = {}) => ask('GET', path, headers),
      post: (path, form, headers = {}) =>
        ask(
          'POST',
          path,
          { origin, 'content-type': 'application/x-www-form-urlencoded', ...headers },
          new URLSearchParams(form).toString(),
        ),
    };
  };
  const mailedLink = () => {
    const address = /https:\/\/meeting\.example\.org\/program(\/sign-in\/link\S*)/.exec(
      mailbox.mails.at(-1) ?? '',
    );
    return new URL(address?.[1] ?? '/nothing', origin);
  };
  return {
    edition,
    mailbox,
    web,
    reported,
    visitor,
    mailedLink,
    async enter(email, role) {
      const someone = visitor();
      const count = mailbox.mails.length + 1;
      if (role) await invite(edition.context, { email, role });
      else await someone.post('/sign-in', { email, back: '/schedule' });
      await mailbox.until(count);
      const token = mailedLink().searchParams.get('token') ?? '';
      const answer = await someone.post('/sign-in/link', { token, back: '/schedule' });
      if (answer.status !== 303) throw new Error(`not signed in: ${String(answer.status)}`);
      return someone;
    },
    async key(id) {
      const inForce = await edition.context.inForce();
      const found = inForce?.lookup.program.sessions.find(({ aliases }) =>
        aliases.includes(`id:${id}`),
      );
      return found?.key ?? '';
    },
    async close() {
      await web.close();
      await edition.close();
      await database.close();
      await mailbox.close();
    },
  };
}

function send(
  port: number,
  method: string,
  path: string,
  headers: Headers,
  body?: string,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = Object.fromEntries(
      Object.entries(headers).filter(([, value]) => value !== undefined),
    ) as Record<string, string>;
    const asked = request({ port, host: '127.0.0.1', method, path, headers: sent }, (response) => {
      textOf(response).then((text) => {
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          setCookies: response.headers['set-cookie'] ?? [],
          location: response.headers.location,
          text,
        });
      }, reject);
    });
    asked.on('error', reject);
    asked.end(body);
  });
}
