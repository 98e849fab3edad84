import fc from 'fast-check';
import { createWebApp } from '../../src/site/web-app.js';
import { sample, sampleSite } from '../site/sample.js';

/** Text that would run, or break a page, if it stood anywhere unescaped; the mark tells where it came through. */
const mark = 'cbq';
const hostile = [
  `"><img src=${mark} onerror=alert(1)>`,
  `<script>${mark}</script>`,
  `'-${mark}-'`,
  `</title><svg/onload=${mark}>`,
  `{{${mark}}}`,
  '../../../../etc/passwd',
  '..%2f..%2f',
  '"unbalanced',
  'a OR OR -',
  'person:"',
  '%00',
  '\ud800',
  '\u202e',
  'x'.repeat(10_000),
  'after:99:99 day:yesterday',
  '-'.repeat(500),
  '*'.repeat(300),
  "'; DROP TABLE callboard.posts; --",
];

const key = fc.constantFrom(
  ...sample.sessions.map((one) => one.key),
  ...sample.people.map((one) => one.key),
  ...sample.rooms.map((one) => one.key),
  ...sample.units.map((one) => one.key),
);
const word = fc.oneof(
  fc.constantFrom(...hostile),
  key,
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.webQueryParameters(),
  fc.constantFrom('2026-11-24', 'panel', '1', '99999999999', '-1', 'grid', 'json', 'xml'),
);
const folder = fc.constantFrom(
  '',
  'days',
  'times',
  'people',
  'rooms',
  'units',
  'types',
  'sessions',
  'presentations',
  'search',
  'search/tips',
  'search/suggest',
  'changes',
  'changes.atom',
  'preferences',
  'schedule',
  'networks',
  'feeds',
  'api',
  'api/v1/sessions',
  'api/v1/people',
  'api/v1/changes',
  'oembed',
  'cards',
  'xrpc',
  'xrpc/app.bsky.feed.getFeedSkeleton',
  'xrpc/app.bsky.feed.describeFeedGenerator',
  '.well-known',
  'sign-in',
  'account',
  'preview',
  'handoffs',
  'assets',
  'sitemap.xml',
  'program.ics',
  'offline',
);
const name = fc.constantFrom(
  'q',
  'day',
  'after',
  'before',
  'unit',
  'type',
  'room',
  'person',
  'page',
  'view',
  'letter',
  'kind',
  'url',
  'format',
  'feed',
  'cursor',
  'limit',
  'network',
  'session',
  'saved',
  'return',
);
const ending = fc.constantFrom('', '', '', '.ics', '.atom', '.json', '/share', '.png');

/** One request: its address, and now and then cookies as hostile as the rest. */
const requests = fc.record({
  path: fc
    .tuple(folder, fc.option(word, { freq: 1 }), ending)
    .map(([first, rest, end]) => `/${first}${rest === null ? '' : `/${encoded(rest)}`}${end}`),
  query: fc.array(fc.tuple(name, word), { maxLength: 4 }),
  cookie: fc.option(
    fc.tuple(
      fc.constantFrom(
        'callboard-preferences',
        'callboard-stars',
        'callboard-zone',
        'callboard-signed-in',
      ),
      word,
    ),
  ),
});

/** What came of so many requests. */
export interface SiteFuzz {
  readonly statuses: ReadonlyMap<number, number>;
  /** Addresses that broke a page, or came through unescaped. */
  readonly faults: readonly string[];
}

/** Asks the program site for so many addresses that nobody meant; the same seed asks the same. */
export async function fuzzSite(count: number, seed: number): Promise<SiteFuzz> {
  const { context, reported } = sampleSite({ site: 'https://program.example.org' });
  const app = createWebApp(context, {
    host: '0.0.0.0',
    closing: AbortSignal.timeout(3_600_000),
    entrance: { kind: 'sign-in' },
  });
  const statuses = new Map<number, number>();
  const faults: string[] = [];
  for (const { path, query, cookie } of fc.sample(requests, { numRuns: count, seed })) {
    const search = query.map(([one, value]) => `${one}=${encoded(value)}`).join('&');
    const address = `https://program.example.org${path}${search === '' ? '' : `?${search}`}`;
    // An endless stream is not a page.
    if (!URL.canParse(address) || path.startsWith('/preview/events')) continue;
    const answer = await app.request(address, {
      headers: cookie === null ? {} : { cookie: `${cookie[0]}=${encoded(cookie[1])}` },
    });
    statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
    const text = await answer.text();
    const isPage = (answer.headers.get('content-type') ?? '').includes('html');
    // XRPC says 501 of a method, oEmbed of a format, that there is not: an answer, nothing broken.
    const isAnswer = answer.status === 501 && /^\/(?:xrpc|oembed)/.test(path);
    if (answer.status >= 500 && !isAnswer) faults.push(`${String(answer.status)} ${address}`);
    if (
      isPage &&
      new RegExp(`<[^>"]*${mark}|<script>${mark}|=${mark} `).test(withoutValues(text))
    ) {
      faults.push(`unescaped ${address}`);
    }
  }
  faults.push(...reported.map((error) => `reported ${String(error)}`));
  return { statuses, faults };
}

/** What is quoted in an attribute is text; what could leave the quotes would have ended them. */
function withoutValues(html: string): string {
  return html.replace(/="[^"]*"/g, '=""');
}

function encoded(text: string): string {
  return encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\ufffd'));
}
