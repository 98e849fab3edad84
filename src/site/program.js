/* global document, navigator, window, location, Event */
// Small comforts of the program site; every page reads and works without them.

const { base = '' } = document.body.dataset;

// The visitor's own zone, for "my time" in the preferences. `Intl` takes its time to come up; where `Temporal` is there it need not.
const zone =
  globalThis.Temporal?.Now.timeZoneId() ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
const known = /(?:^|; )callboard-zone=([^;]*)/.exec(document.cookie)?.[1];
if (zone && encodeURIComponent(zone) !== known) {
  const secure = location.protocol === 'https:' ? '; Secure' : '';
  document.cookie = `callboard-zone=${encodeURIComponent(zone)}; Path=${base || '/'}; Max-Age=31536000; SameSite=Lax${secure}`;
}

// A session's hours by the visitor's own clock, where the page does not have them already: in the conference's zone, in the chosen one, in UTC.
for (const line of document.querySelectorAll('[data-start]')) {
  const start = new Date(Number(line.dataset.start));
  const offset = -start.getTimezoneOffset();
  if (offset === 0 || offset === Number(line.dataset.offset)) continue;
  if (document.querySelector('.hours.own')) continue;
  const format = new Intl.DateTimeFormat(document.documentElement.lang, {
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: line.dataset.clock === '12' ? 'h12' : 'h23',
    timeZoneName: 'short',
  });
  const own = document.createElement('span');
  own.className = 'quiet';
  own.textContent = `Your clock: ${format.formatRange(start, new Date(Number(line.dataset.end)))}`;
  line.after(own);
}

// The table of a day opens on the present moment, or on what begins first. Only its frame is scrolled.
const frame = document.querySelector('.grid-frame');
const seenFirst = frame?.querySelector('[data-seen-first]');
if (seenFirst) {
  const place = (element) => element.getBoundingClientRect();
  const corner = place(frame.querySelector('th'));
  // The column before the present one shows how what is on began.
  const column = frame.querySelector('th:has(+ th.on):not(:first-child), th.on') ?? seenFirst;
  const isBelow = place(seenFirst).bottom > place(frame).bottom;
  frame.scrollBy(
    place(column).left - corner.right,
    isBelow ? place(seenFirst).top - corner.bottom : 0,
  );
}

// The menu of a narrow window lies over the page: it closes when the focus leaves it.
const menu = document.querySelector('#menu');
menu?.addEventListener('focusout', ({ relatedTarget: next }) => {
  if (next && !menu.contains(next) && !next.matches('.menu-button')) menu.hidePopover?.();
});

// A page that comes back as it was left says again what it lists, not what was chosen on leaving.
window.addEventListener('pageshow', ({ persisted }) => {
  if (persisted) document.querySelector('.filters form')?.reset();
});

// Suggestions come with the first touch of the search field: most pages are read without.
const quick = document.querySelector('auto-complete[data-script]');
quick?.addEventListener(
  'focusin',
  async () => {
    await import(quick.dataset.script);
    const field = quick.querySelector('input');
    // What was typed meanwhile.
    if (field.value !== field.defaultValue) field.dispatchEvent(new Event('input'));
  },
  { once: true },
);

// The system's own share sheet.
for (const item of document.querySelectorAll('[data-share-sheet]')) {
  if (!navigator.share) continue;
  item.hidden = false;
  item.querySelector('button').addEventListener('click', () => {
    // A visitor who thinks better of it closes the sheet: no fault.
    navigator.share({ title: item.dataset.title, url: item.dataset.address }).catch(() => {});
  });
}

// Choosing in the list of time zones presses its button, and from there on the buttons alone say what is meant.
const zoneList = document.querySelector('.preferences select[name=other]');
zoneList?.addEventListener('change', () => {
  const { zone: buttons, shown } = zoneList.form.elements;
  buttons.value = 'other';
  shown.disabled = true;
});

// What was copied is said, and read aloud; then the button says again what it said at first, also when it was pressed meanwhile.
// A screen reader hears only what changes in an element that was there before.
const said = document.createElement('p');
said.className = 'unseen';
said.setAttribute('role', 'status');
document.body.append(said);
const ownWords = new WeakMap();
document.addEventListener('clipboard-copy', ({ target }) => {
  if (!ownWords.has(target)) ownWords.set(target, target.innerHTML);
  target.textContent = said.textContent = 'Copied';
  window.setTimeout(() => {
    target.innerHTML = ownWords.get(target);
    said.textContent = '';
  }, 2_000);
});

// An open menu of ways to share closes like any menu.
document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape') {
    for (const menu of document.querySelectorAll('details.share[open]')) {
      menu.open = false;
      menu.querySelector('summary').focus();
    }
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
