import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Hono } from 'hono';
import type { Addresses } from './addresses.js';

/** The one-file build that a library has beside its modules. */
function bundleOf(library: string): string {
  const entry = fileURLToPath(import.meta.resolve(library));
  return path.join(path.dirname(entry), 'bundle.js');
}

const files = {
  'site.css': new URL('./site.css', import.meta.url),
  'session.css': new URL('./session.css', import.meta.url),
  'preview.css': new URL('../desk/preview.css', import.meta.url),
  'hand-offs.css': new URL('../desk/hand-offs.css', import.meta.url),
  'program.css': new URL('./program.css', import.meta.url),
  'api.css': new URL('./api.css', import.meta.url),
  'account.css': new URL('./account.css', import.meta.url),
  'schedule.css': new URL('./schedule.css', import.meta.url),
  'passkeys.js': new URL('./passkeys.js', import.meta.url),
  'stars.js': new URL('./stars.js', import.meta.url),
  'search.css': new URL('./search.css', import.meta.url),
  'program.js': new URL('./program.js', import.meta.url),
  'auto-complete.js': bundleOf('@github/auto-complete-element'),
  'clipboard-copy.js': bundleOf('@github/clipboard-copy-element'),
  'service-worker.js': new URL('./service-worker.js', import.meta.url),
  'hand-off-news.js': new URL('../desk/hand-off-news.js', import.meta.url),
  'live.js': new URL('../desk/live.js', import.meta.url),
  'callboard.svg': new URL('./callboard.svg', import.meta.url),
} as const;

/** A file that pages refer to. */
export type AssetName = keyof typeof files;

const types: Readonly<Record<string, string>> = {
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml; charset=utf-8',
};

/** The text of an asset, for the few that are served under another name as well. */
export function assetText(name: AssetName): string {
  return readFileSync(files[name], 'utf8');
}

/** The address of every asset; it holds a digest of the content, so that browsers may keep it for ever. */
export type AssetAddresses = Readonly<Record<AssetName, string>>;

/** Reads the assets once and serves them under `/assets/`; the addresses are links, with the site's base path. */
export function serveAssets(app: Hono, links: Addresses): AssetAddresses {
  const addresses: Partial<Record<AssetName, string>> = {};
  for (const [name, file] of Object.entries(files) as [AssetName, URL | string][]) {
    const body = readFileSync(file, 'utf8');
    const [stem = name, ending = ''] = name.split('.');
    const digest = createHash('sha256').update(body).digest('hex').slice(0, 10);
    const address = `/assets/${stem}.${digest}.${ending}`;
    addresses[name] = links.to(address);
    app.get(address, (c) =>
      c.body(body, 200, {
        'Content-Type': types[ending] ?? 'text/plain',
        'Cache-Control': 'public, max-age=31536000, immutable',
      }),
    );
  }
  return addresses as AssetAddresses;
}
