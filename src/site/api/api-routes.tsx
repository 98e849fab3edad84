import { OpenAPIHono } from '@hono/zod-openapi';
import type { Hono } from 'hono';
import { preflight } from '../any-origin.js';
import { sendFile } from '../feeds/send-file.js';
import { sendPage } from '../shell/send-page.js';
import type { Site } from '../shell/site.js';
import { ApiPage } from './api-page.js';
import type { ApiDescription } from './description.js';
import { problemAnswer } from './problem.js';
import { serveProgramOperations, serveSessionOperations } from './program-operations.js';

/** Serves the read-only API under `/api/v1`, its description as `/api/openapi.json`, and a page about it as `/api`. */
export function serveApi(app: Hono, site: Site): void {
  const api = new OpenAPIHono({
    defaultHook: (result, c) => {
      if (result.success) return undefined;
      const issue = result.error.issues[0];
      return problemAnswer(c, {
        status: 400,
        title: 'Bad request',
        place: `parameter ${issue?.path.join('.') ?? ''}`,
        problem: issue?.message ?? 'it makes no sense',
        remedy: `See ${site.addresses.absolute('/api')} for what it may be`,
      });
    },
  });
  serveProgramOperations(api, site);
  serveSessionOperations(api, site);

  const description = () => {
    const { name } = site.context.conference();
    return api.getOpenAPI31Document({
      openapi: '3.1.0',
      info: {
        title: `Program of ${name}`,
        version: '1',
        description:
          'Read-only and open to every origin. Lists with many things come in pages: ask again with the cursor in "next". Errors are application/problem+json.',
      },
      servers: [{ url: site.addresses.absolute('/api/v1') }],
    });
  };
  app.options('/api/openapi.json', preflight);
  app.get('/api/openapi.json', (c) =>
    sendFile(c, site, {
      type: 'application/json; charset=utf-8',
      key: `openapi\n${site.context.conference().name}`,
      make: () => JSON.stringify(description()),
    }),
  );
  app.get('/api', (c) =>
    sendPage(c, site, (view) => ({
      page: <ApiPage view={view} description={description() as unknown as ApiDescription} />,
    })),
  );
  api.options('*', preflight);
  api.all('*', (c) =>
    problemAnswer(c, {
      status: 404,
      title: 'Not found',
      place: `${c.req.method} ${c.req.path}`,
      problem: 'the API has no such operation',
      remedy: `See ${site.addresses.absolute('/api')} for what it has`,
    }),
  );
  api.onError((error, c) => {
    site.context.report(error, c.req.path);
    return problemAnswer(c, {
      status: 500,
      title: 'Broken',
      place: c.req.path,
      problem: 'Callboard could not answer; its log says why',
      remedy: 'Try again in a moment',
    });
  });
  app.route('/api/v1', api);
}
