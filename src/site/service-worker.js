/* global self, caches, Response, AbortSignal, Headers */
// Keeps the program readable without a connection: the days at once, other pages as they are visited. What is shown from here says how old it is.

const shelf = 'callboard-pages-1';
const assets = 'callboard-assets-1';
/** Pages kept beside the listed ones; the oldest make room. */
const mostPages = 300;
/** In a full corridor a connection is often there and of no use. */
const patienceMs = 6_000;
const base = new URL(self.registration.scope).pathname.replace(/\/$/, '');

self.addEventListener('install', (event) => {
  event.waitUntil(keepListed().then(() => self.skipWaiting()));
});

self.addEventListener('activate', (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) =>
        Promise.all(
          names
            .filter((name) => name.startsWith('callboard-') && ![shelf, assets].includes(name))
            .map((name) => caches.delete(name)),
        ),
      )
      .then(() => self.clients.claim()),
  );
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== self.location.origin) return;
  if (url.pathname.startsWith(`${base}/assets/`)) event.respondWith(asset(request));
  else if (request.mode === 'navigate' && !isPrivate(url)) event.respondWith(page(event));
});

/** Pages that are somebody's own, or are made to be fresh, are not kept. */
function isPrivate({ pathname }) {
  return ['/preview', '/handoffs', '/account', '/sign-in', '/sign-out', '/api'].some((path) =>
    pathname.startsWith(base + path),
  );
}

async function keepListed() {
  const response = await fetch(`${base}/offline.json`, { cache: 'no-cache' });
  if (!response.ok) return;
  const { pages, files } = await response.json();
  const [pageShelf, assetShelf] = [await caches.open(shelf), await caches.open(assets)];
  await Promise.all(
    files.map(async (file) => {
      if (!(await assetShelf.match(file))) await assetShelf.add(file);
    }),
  );
  // One after the other, so that a hall of phones does not fall on the server at once.
  for (const path of pages) await keep(pageShelf, path, await fetch(path, { cache: 'no-cache' }));
  const current = new Set(files.map((file) => new URL(file, self.location.origin).href));
  for (const kept of await assetShelf.keys()) {
    if (!current.has(kept.url)) await assetShelf.delete(kept);
  }
}

async function asset(request) {
  const kept = await caches.match(request);
  if (kept) return kept;
  const response = await fetch(request);
  if (response.ok) {
    const copy = response.clone();
    await (await caches.open(assets)).put(request, copy);
  }
  return response;
}

async function page(event) {
  const { request } = event;
  const pageShelf = await caches.open(shelf);
  try {
    const response = await fetch(request, { signal: AbortSignal.timeout(patienceMs) });
    if (response.ok && !response.redirected) {
      event.waitUntil(keep(pageShelf, request, response.clone()).then(() => refresh(response)));
    }
    return response;
  } catch {
    const kept = await pageShelf.match(request);
    if (kept) return withAge(kept);
    const offline = await pageShelf.match(`${base}/offline`);
    return offline ? withAge(offline, 503) : Response.error();
  }
}

let refreshedFor = '';

/** With a new version of the program the listed pages are fetched anew, once. */
async function refresh(response) {
  const version = response.headers.get('X-Program-Version') ?? '';
  if (version === '' || version === refreshedFor) return;
  const isFirst = refreshedFor === '';
  refreshedFor = version;
  if (!isFirst) await keepListed();
}

async function keep(pageShelf, request, response) {
  if (!response.ok) return;
  const headers = new Headers(response.headers);
  headers.set('X-Kept-At', String(Date.now()));
  await pageShelf.put(request, new Response(await response.blob(), { headers }));
  const kept = await pageShelf.keys();
  for (const old of kept.slice(0, Math.max(0, kept.length - mostPages)))
    await pageShelf.delete(old);
}

/** The kept page, which says at its head when it was kept. */
async function withAge(kept, status = 200) {
  const at = Number(kept.headers.get('X-Kept-At'));
  const when = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeStyle: 'short' }).format(
    at,
  );
  const html = await kept.text();
  return new Response(
    html.replace(
      /<p class="offline-note" id="offline" role="status" hidden[^>]*>/,
      `<p class="offline-note" id="offline" role="status">No connection: this is the program as of ${when}.`,
    ),
    { status, headers: kept.headers },
  );
}
