import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyProgram } from '../../support/any-program.js';
import { machineFixture } from '../machine-fixture.js';
import { now, program, session } from '../web-fixture.js';

interface OperationOfDescription {
  readonly operationId: string;
  readonly parameters?: readonly { readonly name: string }[];
  readonly responses: Readonly<Record<string, unknown>>;
}

interface Description {
  readonly openapi: string;
  readonly servers: readonly { readonly url: string }[];
  readonly paths: Readonly<Record<string, { get: OperationOfDescription }>>;
  readonly components: unknown;
}

const hour = 3_600_000;
const meeting = program([
  session({ room: 'r1', unit: 'u1', type: 'Panel', people: [{ person: 'p1', role: 'chair' }] }),
  session({
    key: 's2',
    title: 'Later',
    startsAt: now + 24 * hour,
    endsAt: now + 25 * hour,
    presentations: [
      {
        key: 'a',
        aliases: [],
        title: 'First',
        people: [{ person: 'p2', role: 'author' }],
        links: [],
        cancelled: false,
      },
    ],
  }),
]);

describe('the description', () => {
  it('is valid OpenAPI 3.1 for an independent validator', async () => {
    const made = machineFixture(meeting);
    const description = (await made.json('/api/openapi.json')) as Description;
    const verdict = await new Validator().validate(description as never);
    expect(verdict.errors).toBeUndefined();
    expect(verdict.valid).toBe(true);
    expect([description.openapi, description.servers]).toEqual([
      '3.1.0',
      [{ url: 'https://program.example.org/api/v1' }],
    ]);
  });

  it('stands on a page for people, with every operation', async () => {
    const made = machineFixture(meeting);
    const page = await (await made.ask('/api')).text();
    const { paths } = (await made.json('/api/openapi.json')) as Description;
    for (const path of Object.keys(paths)) expect(page).toContain(`GET ${path}</code>`);
    expect(page).not.toMatch(/<(?:script|link|img)[^>]*https?:/);
  });

  it('gives for every operation its parameters, its answers, and an example that this program answers', async () => {
    const made = machineFixture(meeting, { site: 'https://example.org/program' });
    const page = await (await made.ask('/program/api')).text();
    const { paths } = (await made.json('/program/api/openapi.json')) as Description;
    for (const [path, { get }] of Object.entries(paths)) {
      const card = new RegExp(`<section class="api-card" id="${get.operationId}">.*?</section>`);
      const html = card.exec(page)?.[0] ?? '';
      expect(html).toContain(`GET ${path}</code>`);
      const codes = [...html.matchAll(/<li><p><code[^>]*>([^<]*)<\/code>/g)].map(
        ([, code]) => code,
      );
      for (const { name } of get.parameters ?? []) expect([path, ...codes]).toContain(name);
      for (const status of Object.keys(get.responses)) expect([path, ...codes]).toContain(status);
      const to = /<a class="button" href="([^"]*)"/.exec(html)?.[1]?.replaceAll('&amp;', '&') ?? '';
      expect(to).toMatch(
        new RegExp(`^/program/api/v1${path.replace('{key}', '[a-z0-9]+')}(\\?|$)`),
      );
      expect([to, (await made.ask(to)).status]).toEqual([to, 200]);
      expect(html.replaceAll('&amp;', '&').replaceAll('&#39;', "'")).toContain(
        `<code>curl 'https://example.org${to}'</code>`,
      );
    }
  });

  it('says of every value what it is, and leads to every shape that it names', async () => {
    const page = await (await machineFixture(meeting).ask('/api')).text();
    expect(page).not.toContain('anything');
    expect(page).toMatch(/list of <a href="#shape-Room">Room<\/a>, with<\/span>/);
    const ids = [...page.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
    const named = [...page.matchAll(/href="#((?:shape-)[^"]*)"/g)].map(([, id]) => id);
    expect(named.length).toBeGreaterThan(20);
    expect(named.filter((id) => !ids.includes(id))).toEqual([]);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('stands before there is a program, without examples', async () => {
    const made = machineFixture();
    made.web.program = undefined;
    const page = await (await made.ask('/api')).text();
    expect(page).toContain('GET /sessions/{key}</code>');
    expect(page).not.toContain('/api/v1/sessions/');
  });
});

describe('every answer', () => {
  it('is as its description says, whatever the program', async () => {
    await fc.assert(
      fc.asyncProperty(anyProgram, async (any) => {
        const [one] = any.sessions;
        const made = machineFixture(any, {
          changes: () =>
            Promise.resolve([
              {
                version: 2,
                at: now,
                changes: [
                  {
                    kind: 'added',
                    session: one?.key ?? '',
                    title: one?.title ?? '',
                    at: { start: '2026-11-24T13:15:00Z', end: '2026-11-24T14:30:00Z' },
                  },
                ],
              },
            ]),
        });
        const description = (await made.json('/api/openapi.json')) as Description;
        const check = validatorOf(description);
        const keys: Readonly<Record<string, string | undefined>> = {
          sessions: one?.key,
          presentations: one?.presentations[0]?.key,
          people: any.people[0]?.key,
        };
        for (const path of Object.keys(description.paths)) {
          const kind = path.split('/')[1] ?? '';
          const key = keys[kind];
          if (path.includes('{key}') && key === undefined) continue;
          const answer = await made.ask(`/api/v1${path.replace('{key}', key ?? '')}`);
          expect(answer.status).toBe(200);
          expect(answer.headers.get('Access-Control-Allow-Origin')).toBe('*');
          expect(check(path, 200, await answer.json())).toEqual([]);
        }
      }),
      { numRuns: 15, endOnFailure: true },
    );
  });

  it('that is a problem says where, what and what to do', async () => {
    const made = machineFixture(meeting);
    const check = validatorOf((await made.json('/api/openapi.json')) as Description);
    const asked: [path: string, described: string, status: number, place: string][] = [
      ['/sessions?limit=0', '/sessions', 400, 'parameter limit'],
      ['/sessions?day=tomorrow', '/sessions', 400, 'parameter day'],
      ['/sessions?cursor=x', '/sessions', 400, 'parameter cursor'],
      [`/sessions/${'x'.repeat(70)}`, '/sessions/{key}', 400, 'parameter key'],
      ['/sessions/none', '/sessions/{key}', 404, 'session none'],
      ['/presentations/none', '/presentations/{key}', 404, 'presentation none'],
      ['/people/none', '/people/{key}', 404, 'person none'],
      ['/sessions/none/posts', '/sessions/{key}/posts', 404, 'session none'],
    ];
    for (const [path, described, status, place] of asked) {
      const answer = await made.ask(`/api/v1${path}`);
      const body = (await answer.json()) as { place: string };
      expect([answer.status, answer.headers.get('Content-Type'), body.place]).toEqual([
        status,
        'application/problem+json',
        place,
      ]);
      expect(check(described, status, body)).toEqual([]);
    }
    const lost = await made.ask('/api/v1/nothing');
    expect([lost.status, lost.headers.get('Content-Type')]).toEqual([
      404,
      'application/problem+json',
    ]);
  });
});

describe('sessions', () => {
  const titles = async (query: string) => {
    const { items } = (await machineFixture(meeting).json(`/api/v1/sessions?${query}`)) as {
      items: { title: string }[];
    };
    return items.map(({ title }) => title);
  };

  it.each([
    ['', ['Rumour and evidence', 'Later']],
    ['room=r1', ['Rumour and evidence']],
    [
      'unit=u1&type=panel&person=p1&day=2026-11-24&after=14:00&before=14:30',
      ['Rumour and evidence'],
    ],
    ['person=p2', ['Later']],
    ['day=2026-11-25', ['Later']],
    ['day=2026-11-26', []],
  ])('are narrowed by "%s"', async (query, expected) => {
    expect(await titles(query)).toEqual(expected);
  });

  it('come in pages, each once, in order', async () => {
    await fc.assert(
      fc.asyncProperty(anyProgram, fc.integer({ min: 1, max: 3 }), async (any, limit) => {
        const made = machineFixture(any);
        const seen: string[] = [];
        let cursor: string | undefined;
        do {
          const query = cursor === undefined ? '' : `&cursor=${cursor}`;
          const page = (await made.json(`/api/v1/sessions?limit=${limit}${query}`)) as {
            items: { key: string }[];
            next?: string;
          };
          expect(page.items.length).toBeLessThanOrEqual(limit);
          seen.push(...page.items.map(({ key }) => key));
          cursor = page.next;
        } while (cursor !== undefined);
        expect(seen).toEqual(any.sessions.map(({ key }) => key));
      }),
      { numRuns: 20, endOnFailure: true },
    );
  });
});

it('tells no posts that stand in a preview only', async () => {
  const post = { announcement: 'x', session: 's1', network: 'bluesky' as const, at: now };
  const made = machineFixture(meeting, {
    postsAbout: () =>
      Promise.resolve([
        { ...post, address: 'http://localhost/preview', isPreview: true },
        { ...post, address: 'https://bsky.app/profile/x/post/1', isPreview: false },
      ]),
  });
  expect(await made.json('/api/v1/sessions/s1/posts')).toEqual({
    items: [
      { network: 'bluesky', url: 'https://bsky.app/profile/x/post/1', at: '2026-11-24T13:00:00Z' },
    ],
  });
});

/** Checks answers by the schemas of the description itself. */
function validatorOf(description: Description) {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats.default(ajv);
  ajv.addSchema(description, 'description');
  return (path: string, status: number, body: unknown): readonly unknown[] => {
    const type = status === 200 ? 'application/json' : 'application/problem+json';
    const at = ['paths', path, 'get', 'responses', String(status), 'content', type, 'schema']
      .map((part) => part.replaceAll('~', '~0').replaceAll('/', '~1'))
      .map(encodeURIComponent)
      .join('/');
    const check = ajv.compile({ $ref: `description#/${at}` });
    return check(body) ? [] : [path, check.errors];
  };
}
