import { XMLBuilder } from 'fast-xml-parser';
import type { Hono } from 'hono';
import { xmlText } from '../../program/exports/export-text.js';
import type { Site } from '../shell/site.js';
import { oEmbedOf, pageOfSession, pathOnSite, type OEmbed } from './oembed.js';

const writer = new XMLBuilder({ ignoreAttributes: false, attributeNamePrefix: '@' });

const headers = {
  'Cache-Control': 'public, max-age=300',
  'Access-Control-Allow-Origin': '*',
  'Cross-Origin-Resource-Policy': 'cross-origin',
};

/** Serves `/oembed?url=…` for the pages of sessions and presentations (https://oembed.com/): 404 for any other address, 501 for a format that it has not. */
export function serveOEmbed(app: Hono, site: Site): void {
  app.get('/oembed', async (c) => {
    const { site: address } = site.context;
    const format = c.req.query('format') ?? 'json';
    if (format !== 'json' && format !== 'xml') {
      return c.text('The formats here are json and xml.\n', 501, headers);
    }
    const { catalog } = await site.program();
    const path = pathOnSite(c.req.query('url') ?? '', address);
    const page = path === undefined ? undefined : pageOfSession(catalog, path);
    if (!page) {
      return c.text(
        'Give the address of a session or presentation of this site as url.\n',
        404,
        headers,
      );
    }
    const answer = oEmbedOf(page, {
      provider: site.context.conference().name,
      site: address,
      picture: await site.context.sessionCard(page.session),
      maxWidth: boundOf(c.req.query('maxwidth')),
      maxHeight: boundOf(c.req.query('maxheight')),
    });
    return format === 'json'
      ? c.json(answer, 200, headers)
      : c.body(xmlOf(answer), 200, { ...headers, 'Content-Type': 'text/xml; charset=utf-8' });
  });
}

function boundOf(text: string | undefined): number {
  return text !== undefined && /^\d{1,6}$/.test(text) ? Number(text) : Infinity;
}

function xmlOf(answer: OEmbed): string {
  const texts = Object.entries(answer).map(([name, value]) => [name, xmlText(String(value))]);
  return writer.build({
    '?xml': { '@version': '1.0', '@encoding': 'utf-8', '@standalone': 'yes' },
    oembed: Object.fromEntries(texts) as object,
  });
}
