/* global self, caches, Response, AbortController, clearTimeout, Headers */
// Keeps the program readable without a connection: the days at once, other pages as they are visited. What is shown from here says how old it is.

const base = new URL(self.registration.scope).pathname.replace(/\/$/, '');
// Named by the site's path: another site of the same host has shelves of its own.
const shelf = `callboard-pages-1${base}`;
const assets = `callboard-assets-1${base}`;
/** What is to be kept at once; kept itself when all of it is. */
const listPath = `${base}/offline.json`;
/** Pages kept beside the listed ones; the oldest make room. */
const mostPages = 300;
/** In a full corridor a connection is often there and of no use. */
const patienceMs = 6_000;

self.addEventListener('install', (event) => {
  event.waitUntil(
    beginAnew()
      .then(keepListed)
      .then(() => self.skipWaiting()),
  );
});

self.addEventListener('activate', (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) =>
        Promise.all(
          names
            .filter((name) => isOurs(name) && ![shelf, assets].includes(name))
            .map((name) => caches.delete(name)),
        ),
      )
      .then(() => self.clients.claim()),
  );
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== self.location.origin) return;
  if (request.method === 'POST' && isFarewell(url)) event.waitUntil(caches.delete(shelf));
  if (request.method === 'POST' && url.pathname === `${base}/schedule/stars`) {
    event.respondWith(star(event));
  }
  if (request.method !== 'GET') return;
  if (url.pathname.startsWith(`${base}/assets/`)) event.respondWith(asset(request));
  else if (request.mode === 'navigate' && !isPrivate(url)) event.respondWith(page(event));
});

/** Whether a shelf is this site's, of whatever age. */
function isOurs(name) {
  const [, path] = /^callboard-[a-z]+-\d+(.*)$/.exec(name) ?? [];
  return path === base;
}

/** What was kept before there was a worker here may be that of a visitor who has left since. */
async function beginAnew() {
  if (!self.registration.active) await caches.delete(shelf);
}

/** What ends a visit with an account: on a shared machine nobody else may see what was kept for it. */
function isFarewell({ pathname }) {
  return ['/sign-out', '/account/sign-out', '/account/delete'].some(
    (path) => pathname === base + path,
  );
}

/** Pages that are somebody's own, or are made to be fresh, are not kept. */
function isPrivate({ pathname }) {
  return (
    pathname === listPath ||
    ['/preview', '/handoffs', '/account', '/sign-in', '/sign-out', '/api'].some((path) =>
      pathname.startsWith(base + path),
    )
  );
}

async function keepListed() {
  const response = await fetch(listPath, { cache: 'no-cache' });
  if (!response.ok) return;
  const list = response.clone();
  const { pages, files, manner } = await response.json();
  const pageShelf = await caches.open(shelf);
  const before = await (await pageShelf.match(listPath))?.json();
  await keepAssets(files);
  // One after the other, so that a hall of phones does not fall on the server at once.
  for (const path of pages) await keep(pageShelf, path, await fetch(path, { cache: 'no-cache' }));
  if (before && before.manner !== manner) await renewVisited(pageShelf, pages);
  await pageShelf.put(listPath, list);
  await dropAssets(pageShelf, files);
}

/** Pages beside the listed ones, which were kept in a way that the visitor does not want to see them any more. */
async function renewVisited(pageShelf, pages) {
  const listed = hrefs([listPath, ...pages]);
  for (const request of await pageShelf.keys()) {
    if (listed.has(request.url)) continue;
    const response = await fetch(request.url, { cache: 'no-cache' });
    if (response.ok) await keep(pageShelf, request.url, response);
    else await pageShelf.delete(request);
  }
}

async function keepAssets(paths) {
  const assetShelf = await caches.open(assets);
  await Promise.all(
    paths.map(async (path) => {
      if (!(await assetShelf.match(path))) await assetShelf.add(path);
    }),
  );
}

/** After a deploy the server has assets of other names only: those that a kept page names stay as long as it does. */
async function dropAssets(pageShelf, files) {
  const assetShelf = await caches.open(assets);
  const current = hrefs(files);
  const unlisted = (await assetShelf.keys()).filter(({ url }) => !current.has(url));
  if (unlisted.length === 0) return;
  const named = new Set();
  for (const request of await pageShelf.keys()) {
    const kept = await pageShelf.match(request);
    for (const href of hrefs(assetsIn((await kept?.text()) ?? ''))) named.add(href);
  }
  for (const one of unlisted) if (!named.has(one.url)) await assetShelf.delete(one);
}

/** The assets that a page names, as paths. */
function assetsIn(html) {
  return [...html.matchAll(/="([^"?#]*\/assets\/[\w.-]+)"/g)]
    .map(([, path]) => path)
    .filter((path) => path.startsWith(`${base}/assets/`));
}

function hrefs(paths) {
  return new Set(paths.map((path) => new URL(path, self.location).href));
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
    const response = await ask(request);
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

/** After a star the schedule is kept, which nobody may have opened yet: it is what is wanted where there is no connection. */
async function star(event) {
  const response = await fetch(event.request);
  const path = `${base}/schedule`;
  event.waitUntil(
    Promise.all([caches.open(shelf), fetch(path, { cache: 'no-cache' })])
      .then(([pageShelf, schedule]) => keep(pageShelf, path, schedule))
      .catch(() => {}),
  );
  return response;
}

/** Asks the network. Patience ends where an answer begins: however long the rest of it takes, it comes. */
async function ask(request) {
  const impatience = new AbortController();
  const timer = setTimeout(() => impatience.abort(), patienceMs);
  try {
    return await fetch(request, { signal: impatience.signal });
  } finally {
    clearTimeout(timer);
  }
}

let refreshing;

/**
 * With a new version of the program, or other preferences, the listed pages are fetched anew, once. The browser ends this worker at any time: only what is kept
 * tells.
 */
async function refresh(response) {
  const version = response.headers.get('X-Program-Version');
  if (version === null) return;
  // What is under way may be of before: of another version, other preferences, or a visit that has ended, with which the shelf went.
  while (refreshing) await refreshing.catch(() => {});
  const list = await (await (await caches.open(shelf)).match(listPath))?.json();
  const manner = response.headers.get('X-Program-Manner') ?? undefined;
  if (String(list?.version) === version && list.manner === manner) return;
  refreshing ??= keepListed().finally(() => (refreshing = undefined));
  await refreshing;
}

/** Keeps a page with the assets that it names, save one that is made for whoever is signed in. */
async function keep(pageShelf, request, response) {
  if (!response.ok) return;
  if (/no-store/.test(response.headers.get('Cache-Control'))) {
    await pageShelf.delete(request);
    return;
  }
  const headers = new Headers(response.headers);
  headers.set('X-Kept-At', String(Date.now()));
  const html = await response.text();
  await keepAssets(assetsIn(html));
  await pageShelf.put(request, new Response(html, { headers }));
  await makeRoom(pageShelf);
}

async function makeRoom(pageShelf) {
  const kept = await pageShelf.keys();
  if (kept.length <= mostPages) return;
  const list = await pageShelf.match(listPath);
  const { pages = [] } = (await list?.json()) ?? {};
  const listed = hrefs([listPath, ...pages]);
  const others = kept.filter(({ url }) => !listed.has(url));
  for (const old of others.slice(0, Math.max(0, others.length - mostPages)))
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
