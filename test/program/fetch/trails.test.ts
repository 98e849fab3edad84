import type { IncomingMessage, ServerResponse } from 'node:http';

import { afterEach, describe, expect, it } from 'vitest';

import { CallboardError } from '../../../src/errors.js';
import { fetchProgram } from '../../../src/program/fetch/fetch-program.js';
import { readProgram } from '../../../src/program/import.js';
import { localServers } from '../../support/local-server.js';

const servers = localServers();
afterEach(() => servers.close());

/** Serves JSON by path and query; what is not there is a 404, a number its status. */
const serveJson = async (
  bodies: (origin: string) => Readonly<Record<string, unknown>>,
): Promise<{ origin: string; asked: string[]; headers: (string | undefined)[] }> => {
  const asked: string[] = [];
  const headers: (string | undefined)[] = [];
  const origin: string = await servers.serve(
    (request: IncomingMessage, response: ServerResponse) => {
      const url = decodeURIComponent(request.url ?? '');
      asked.push(url);
      headers.push(request.headers.authorization);
      const all = bodies(origin);
      const body = all[url] ?? all[url.replace(/[?&]expand=[^&]*/, '').replace(/^([^?]*)&/, '$1?')];
      if (typeof body === 'number') response.writeHead(body).end();
      else if (body === undefined) response.writeHead(404).end();
      else response.end(JSON.stringify(body));
    },
  );
  return { origin, asked, headers };
};
const page = (results: readonly unknown[], next: string | null = null) => ({
  count: results.length,
  next,
  previous: null,
  results,
});
const submission = (code: string, more: object) => ({
  code,
  title: `Talk ${code}`,
  submission_type: { en: 'Talk' },
  state: 'confirmed',
  speakers: [],
  slots: [],
  ...more,
});
const slot = (id: number, more: object = {}) => ({
  id,
  room: 7,
  start: '2026-05-01T09:00:00+02:00',
  end: '2026-05-01T10:00:00+02:00',
  submission: 'AAA',
  ...more,
});
const event = {
  slug: 'meet',
  name: { en: 'Meeting' },
  date_from: '2026-05-01',
  timezone: 'Europe/Berlin',
};

describe('pretalx', () => {
  const api = '/api/events/meet/';

  it('is followed over its pages, and asked to expand what it names by id', async () => {
    const whole = (code: string, id: number) =>
      submission(code, {
        speakers: [{ code: 'ADA', name: 'Ada', biography: '' }],
        slots: [
          slot(id, { room: { id: 7, name: { en: 'Hall' }, uuid: 'u' }, submission: undefined }),
        ],
      });
    const { origin, asked, headers } = await serveJson((own) => {
      const expanded = (code: string, id: number, next: string | null) =>
        page([whole(code, id)], next);
      const list = `${api}submissions/`;
      const expand =
        'expand=speakers,speakers.answers,track,submission_type,slots,slots.room,answers,answers.question,resources';
      return {
        [list]: page(
          [submission('AAA', { speakers: ['ADA'], slots: [11] })],
          `${own}${list}?page=2`,
        ),
        [`${list}?${expand}`]: expanded(
          'AAA',
          11,
          `${own.replace('http:', 'https:')}${list}?${expand}&page=2`,
        ),
        [`${list}?${expand}&page=2`]: expanded('BBB', 12, null),
        [api]: event,
      };
    });
    const credentials = { origin, authorization: 'Token secret' };
    const fetched = await fetchProgram(`${origin}${api}submissions/`, { credentials });
    expect(asked.map((url) => url.replace(/expand=[^&]*/, 'expand=…'))).toEqual([
      `${api}submissions/`,
      api,
      `${api}submissions/?expand=…`,
      `${api}submissions/?expand=…&page=2`,
    ]);
    expect(headers).toEqual(Array(4).fill('Token secret'));
    const { program, report } = readProgram(fetched.documents, {
      address: fetched.address,
      edition: 'test',
    });
    expect(program).toMatchObject({ title: 'Meeting', zone: 'Europe/Berlin' });
    expect(program.sessions.map(({ title, url }) => [title, url]).sort()).toEqual([
      ['Talk AAA', `${origin}/meet/talk/AAA/`],
      ['Talk BBB', `${origin}/meet/talk/BBB/`],
    ]);
    expect(program.rooms.map(({ name }) => name)).toEqual(['Hall']);
    expect(report.problems).toEqual([]);
  });

  it('that does not expand is asked for the lists of what is named', async () => {
    const { origin, asked } = await serveJson(() => ({
      [`${api}submissions/`]: page([
        submission('AAA', { speakers: ['ADA'], slots: [11], track: 4 }),
      ]),
      [`${api}slots/`]: page([slot(11)]),
      [`${api}rooms/`]: page([{ id: 7, name: { en: 'Hall' }, uuid: 'u' }]),
      [`${api}speakers/`]: page([{ code: 'ADA', name: 'Ada', biography: '' }]),
      [`${api}tracks/`]: 403,
    }));
    const fetched = await fetchProgram(`${origin}${api}submissions/`);
    const lists = asked.filter((url) => !url.includes('expand'));
    expect([...lists].sort()).toEqual(
      ['', 'rooms/', 'slots/', 'speakers/', 'submissions/', 'tracks/'].map((name) => api + name),
    );
    expect(fetched.left).toEqual({ forbidden: 0, missing: 2, beyondMost: 0 });
    const { program, report } = readProgram(fetched.documents, { address: 'x', edition: 'test' });
    expect(program.sessions.map(({ title }) => title)).toEqual(['Talk AAA']);
    expect(program.rooms.map(({ name }) => name)).toEqual(['Hall']);
    expect(program.people.map(({ name }) => name)).toEqual(['Ada']);
    expect(report.problems.map(({ code }) => code)).toContain('unresolved-reference');
  });

  it('of the older kind needs its pages only', async () => {
    const talk = (code: string) =>
      submission(code, {
        speakers: [{ code: 'ADA', name: 'Ada' }],
        slot: {
          room: { en: 'Hall' },
          room_id: 7,
          start: '2026-05-01T09:00:00+02:00',
          end: '2026-05-01T09:30:00+02:00',
        },
        slots: undefined,
      });
    const { origin, asked } = await serveJson((own) => ({
      [`${api}talks/`]: page([talk('AAA')], `${own}${api}talks/?limit=1&offset=1`),
      [`${api}talks/?limit=1&offset=1`]: page([talk('BBB')]),
      [api]: event,
    }));
    const fetched = await fetchProgram(`${origin}${api}talks/`);
    expect(asked).toEqual([`${api}talks/`, api, `${api}talks/?limit=1&offset=1`]);
    expect(
      readProgram(fetched.documents, { address: 'x', edition: 'test' }).program.sessions,
    ).toHaveLength(2);
  });

  it('whose next page is refused is an error, not half a program', async () => {
    const { origin } = await serveJson((own) => ({
      [`${api}slots/`]: page(
        [slot(1, { room: { id: 7, name: 'Hall' }, submission: { code: 'A', title: 'T' } })],
        `${own}${api}slots/?page=2`,
      ),
      [`${api}slots/?page=2`]: 401,
    }));
    await expect(fetchProgram(`${origin}${api}slots/`)).rejects.toThrow(CallboardError);
  });

  it('from the event itself goes to its slots', async () => {
    const { origin, asked } = await serveJson(() => ({
      [api]: event,
      [`${api}slots/`]: page([
        slot(11, { room: { id: 7, name: 'Hall' }, submission: submission('A', {}) }),
      ]),
    }));
    const fetched = await fetchProgram(`${origin}${api}`);
    expect(asked.map((url) => url.replace(/=.*/, ''))).toEqual([api, `${api}slots/?expand`]);
    const { program } = readProgram(fetched.documents, { address: 'x', edition: 'test' });
    expect(program.sessions.map(({ title }) => title)).toEqual(['Talk A']);
  });

  it('with a next page of another host is not followed there', async () => {
    const { origin, asked } = await serveJson(() => ({
      [`${api}talks/`]: page(
        [submission('AAA', {})],
        'https://example.org/api/events/meet/talks/?page=2',
      ),
    }));
    await fetchProgram(`${origin}${api}talks/`);
    expect(asked).toEqual([`${api}talks/`, api]);
  });
});

describe('Sessionize', () => {
  const view = '/api/v2/abc/view/';
  const grid = [
    {
      date: '2026-06-01T00:00:00',
      rooms: [
        {
          id: 5,
          name: 'Hall',
          sessions: [
            {
              id: '1',
              title: 'One',
              startsAt: '2026-06-01T09:00:00',
              endsAt: '2026-06-01T10:00:00',
              isServiceSession: false,
              speakers: [{ id: 'p-1', name: 'Ada' }],
              roomId: 5,
              room: 'Hall',
            },
          ],
        },
      ],
      timeSlots: [],
    },
  ];

  it('is followed from the grid to the speakers', async () => {
    const { origin, asked } = await serveJson(() => ({
      [`${view}GridSmart`]: grid,
      [`${view}Speakers`]: [
        {
          id: 'p-1',
          fullName: 'Ada Lovelace',
          isTopSpeaker: false,
          links: [{ url: 'https://x.com/ada', linkType: 'Twitter' }],
        },
      ],
    }));
    const fetched = await fetchProgram(`${origin}${view}GridSmart`);
    expect(asked).toEqual([`${view}GridSmart`, `${view}Speakers`]);
    const { program } = readProgram(fetched.documents, { address: 'x', edition: 'test' });
    expect(program.people).toMatchObject([{ name: 'Ada Lovelace', handles: { x: 'ada' } }]);
  });

  it.each([404, 403])('stands without speakers that are answered by %i', async (status) => {
    const { origin } = await serveJson(() => ({
      [`${view}GridSmart`]: grid,
      [`${view}Speakers`]: status,
    }));
    const fetched = await fetchProgram(`${origin}${view}GridSmart`);
    expect(fetched.documents).toHaveLength(1);
    expect(fetched.left?.missing).toBe(1);
  });

  it('that answers with all is not followed', async () => {
    const all = { sessions: [], speakers: [], questions: [], categories: [], rooms: [] };
    const { origin, asked } = await serveJson(() => ({ [`${view}All`]: all }));
    await fetchProgram(`${origin}${view}All`);
    expect(asked).toEqual([`${view}All`]);
  });
});
