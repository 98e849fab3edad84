/* global document, navigator, window, location, HTMLInputElement */
// Small comforts of the program site; every page reads and works without them.

const { base = '' } = document.body.dataset;

// The visitor's own zone, for "my time" in the preferences.
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
const known = /(?:^|; )callboard-zone=([^;]*)/.exec(document.cookie)?.[1];
if (zone && encodeURIComponent(zone) !== known) {
  const secure = location.protocol === 'https:' ? '; Secure' : '';
  document.cookie = `callboard-zone=${encodeURIComponent(zone)}; Path=${base || '/'}; Max-Age=31536000; SameSite=Lax${secure}`;
}

// A session's hours by the visitor's own clock, where it is another.
for (const line of document.querySelectorAll('[data-start]')) {
  const format = new Intl.DateTimeFormat(document.documentElement.lang, {
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'short',
  });
  const shown = document.querySelector('.hours time')?.getAttribute('datetime');
  const start = new Date(Number(line.dataset.start));
  const hours = format.formatRange(start, new Date(Number(line.dataset.end)));
  const words = line.previousElementSibling?.textContent ?? '';
  const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
  const isUtc = /^(?:Etc\/)?(?:UTC|UCT|GMT|Zulu)$/.test(zone ?? '');
  if (
    shown &&
    !isUtc &&
    !words.includes(clock.format(start)) &&
    !document.querySelector('.hours.own')
  ) {
    const own = document.createElement('span');
    own.className = 'quiet';
    own.textContent = `Your clock: ${hours}`;
    line.after(own);
  }
}

// The system's own share sheet.
for (const item of document.querySelectorAll('[data-share-sheet]')) {
  if (!navigator.share) continue;
  item.hidden = false;
  item.querySelector('button').addEventListener('click', () => {
    // A visitor who thinks better of it closes the sheet: no fault.
    navigator.share({ title: item.dataset.title, url: item.dataset.address }).catch(() => {});
  });
}

// What was copied is said, and read aloud.
document.addEventListener('clipboard-copy', (event) => {
  const { target } = event;
  const words = target.innerHTML;
  target.textContent = 'Copied';
  target.setAttribute('aria-live', 'polite');
  window.setTimeout(() => (target.innerHTML = words), 2_000);
});

// An open menu of ways to share closes like any menu.
document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape') {
    for (const menu of document.querySelectorAll('details.share[open]')) {
      menu.open = false;
      menu.querySelector('summary').focus();
    }
  }
  const typing = event.target instanceof HTMLInputElement || event.target.isContentEditable;
  if (event.key === '/' && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    if (event.target.tagName === 'TEXTAREA' || event.target.tagName === 'SELECT') return;
    event.preventDefault();
    document.getElementById('q')?.focus();
  }
});
document.addEventListener('click', (event) => {
  for (const menu of document.querySelectorAll('details.share[open]')) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

// The program stays readable without a connection. Not on http, but on this machine: browsers want it so.
if ('serviceWorker' in navigator && window.isSecureContext) {
  window.addEventListener('load', () => {
    navigator.serviceWorker
      .register(`${base}/service-worker.js`, { scope: `${base}/` })
      .catch(() => {});
  });
}
