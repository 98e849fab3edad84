/* global document, window, setInterval, clearTimeout, EventSource, DOMParser */
// Keeps the preview page alive: the clock, relative times, new posts, older posts. Without it the page still reads well.

const wide = window.matchMedia('(min-width: 48rem) and (min-height: 32rem)');
/** Posts kept per column; what falls out is reached by "Older posts". */
const mostPosts = 300;

// The clock and the relative times; the words are those of site/time-words.ts.
const clock = document.getElementById('clock');
const clockFormat = new Intl.DateTimeFormat('en-GB', {
  hour: '2-digit',
  minute: '2-digit',
  timeZone: clock.dataset.zone,
});
// The server's clock is the one that posts go by: a reader's wrong clock must not show.
const ahead = Date.parse(clock.dateTime) - Date.now();

function counted(count, noun) {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function distanceWords(ms) {
  if (ms < 60e3) return counted(Math.floor(ms / 1e3), 'second');
  if (ms < 3600e3) return counted(Math.round(ms / 60e3), 'minute');
  if (ms < 36 * 3600e3) return counted(Math.round(ms / 3600e3), 'hour');
  return counted(Math.round(ms / 86400e3), 'day');
}

function relativeWords(at, now) {
  const distance = Math.abs(at - now);
  if (distance < 5e3) return 'now';
  return at > now ? `in ${distanceWords(distance)}` : `${distanceWords(distance)} ago`;
}

function briefWords(at, now) {
  const distance = Math.max(0, now - at);
  if (distance < 5e3) return 'now';
  if (distance < 60e3) return `${Math.floor(distance / 1e3)}s`;
  if (distance < 3600e3) return `${Math.floor(distance / 60e3)}m`;
  if (distance < 86400e3) return `${Math.floor(distance / 3600e3)}h`;
  return `${Math.floor(distance / 86400e3)}d`;
}

function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

function tick() {
  const now = Date.now() + ahead;
  setText(clock, clockFormat.format(now));
  for (const time of document.querySelectorAll('time[data-since]')) {
    const words = time.dataset.since === 'words' ? relativeWords : briefWords;
    setText(time, words(Date.parse(time.dateTime), now));
  }
}
setInterval(tick, 1000);

function fragment(html) {
  const template = document.createElement('template');
  template.innerHTML = html;
  return template.content;
}

function column(network) {
  return document.querySelector(`.column[data-network="${network}"]`);
}

// Every new post is told to screen readers, many at once as a number.
const news = document.getElementById('news');
let untold = [];
let telling;
function tell(sentence) {
  untold.push(sentence);
  clearTimeout(telling);
  telling = setTimeout(() => {
    news.textContent = untold.length > 3 ? `${untold.length} new posts` : untold.join('. ');
    untold = [];
  }, 800);
}

function scroller(section) {
  return wide.matches ? section.querySelector('.scroll') : document.scrollingElement;
}

function slideIn({ id, network, title, html }) {
  const section = column(network);
  if (section === null || document.getElementById(id) !== null) return;
  const posts = section.querySelector('.posts');
  const item = document.createElement('li');
  item.append(fragment(html));
  section.querySelector('.empty')?.remove();

  const moved = scroller(section);
  const reading = moved.scrollTop > (wide.matches ? 40 : posts.offsetTop + 40);
  const height = moved.scrollHeight;
  // Whoever reads further down is not pushed away, and sees no motion.
  if (!reading) {
    item.className = 'new';
    setTimeout(() => item.classList.remove('new'), 3000);
  }
  posts.prepend(item);
  const shown = section.offsetParent !== null;
  if (reading && shown) {
    if (wide.matches) moved.scrollTop += moved.scrollHeight - height;
    fresh(section);
  }
  if (!shown) unread(network);
  prune(section, posts);
  tell(`New on ${section.querySelector('h2').textContent}: ${title}`);
}

function fresh(section) {
  const button = section.querySelector('.fresh');
  const count = Number(button.dataset.count ?? 0) + 1;
  button.dataset.count = String(count);
  button.textContent = `${count} new ↑`;
  button.hidden = false;
}

function settle(section) {
  const button = section.querySelector('.fresh');
  button.hidden = true;
  delete button.dataset.count;
}

function unread(network) {
  const label = document.querySelector(`.tabs [value="${network}"]`)?.closest('label');
  if (label) label.dataset.fresh = String(Number(label.dataset.fresh ?? 0) + 1);
}

function prune(section, posts) {
  while (posts.children.length > mostPosts) posts.lastElementChild.remove();
  const last = posts.lastElementChild?.querySelector('.post');
  if (posts.children.length < mostPosts || !last) return;
  const older = section.querySelector('.older');
  older.hidden = false;
  const link = older.querySelector('a');
  link.search = `?network=${section.dataset.network}&before=${last.id.slice('post-'.length)}`;
}

for (const section of document.querySelectorAll('.column')) {
  section.querySelector('.fresh').addEventListener('click', () => {
    const behavior = window.matchMedia('(prefers-reduced-motion: reduce)').matches
      ? 'auto'
      : 'smooth';
    scroller(section).scrollTo({ top: 0, behavior });
    section.querySelector('.scroll').focus({ preventScroll: true });
    settle(section);
  });
  section.querySelector('.scroll').addEventListener('scroll', (event) => {
    if (event.target.scrollTop < 40) settle(section);
  });
}

document.querySelector('.tabs')?.addEventListener('change', (event) => {
  delete event.target.closest('label').dataset.fresh;
});

// Older posts join their column; if that fails, the link leads to their page.
document.addEventListener('click', (event) => {
  const link = event.target.closest?.('.older a');
  if (!link || event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  const section = link.closest('.column');
  fetch(link.href)
    .then((answer) => (answer.ok ? answer.text() : Promise.reject(new Error('no page'))))
    .then((html) => {
      const page = new DOMParser().parseFromString(html, 'text/html');
      const found = page.querySelector(`.column[data-network="${section.dataset.network}"]`);
      const items = [...found.querySelectorAll('.posts > li')];
      section.querySelector('.posts').append(...items);
      section.querySelector('.older').replaceWith(found.querySelector('.older'));
      const first = items[0]?.querySelector('.post');
      first?.setAttribute('tabindex', '-1');
      first?.focus({ preventScroll: true });
      tick();
    })
    .catch(() => {
      window.location.href = link.href;
    });
});

// The live line. The browser reconnects by itself and says which post it saw last.
const { after, events: address } = document.querySelector('.columns').dataset;
if (after !== undefined) {
  const line = document.getElementById('line');
  const events = new EventSource(`${address}?after=${after}`);
  const say = (words, state) => {
    line.hidden = false;
    line.dataset.state = state;
    setText(line, words);
  };
  events.addEventListener('open', () => say('Live', 'live'));
  events.addEventListener('error', () => say('Connection lost, trying again', 'lost'));
  events.addEventListener('post', (event) => slideIn(JSON.parse(event.data)));
  events.addEventListener('status', (event) => {
    const pausedBy = () => document.querySelector('.paused strong + span')?.textContent;
    const wasPaused = pausedBy();
    for (const part of [...fragment(JSON.parse(event.data).html).children]) {
      document.getElementById(part.id)?.replaceWith(part);
    }
    const paused = pausedBy();
    if (paused !== wasPaused) tell(paused ? `Everything is paused: ${paused}` : 'No longer paused');
  });
  events.addEventListener('reload', () => window.location.reload());
}
