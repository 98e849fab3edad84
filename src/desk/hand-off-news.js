/* global document, window, DOMParser, setInterval */
// Says when something new waits, or another person was faster. The page stays as it is: somebody may be typing.
const everyMs = 30_000;
const news = document.getElementById('news');
const waiting = (of) => [...of.querySelectorAll('.hand-off')].map(({ id }) => id);
const shown = new Set(waiting(document));

async function look() {
  if (document.hidden) return;
  const answer = await fetch(window.location.pathname, { headers: { Accept: 'text/html' } });
  if (!answer.ok) throw new Error(String(answer.status));
  const now = new Set(waiting(new DOMParser().parseFromString(await answer.text(), 'text/html')));
  const more = [...now].filter((id) => !shown.has(id)).length;
  const done = [...shown].filter((id) => !now.has(id)).length;
  const words = [more > 0 && `${more} more to put up.`, done > 0 && `${done} no longer waiting.`];
  say(words.filter(Boolean).join(' '));
}

function say(words) {
  news.hidden = words === '';
  const text = words === '' ? '' : `${words} Look again to see it.`;
  if (news.textContent !== text) news.textContent = text;
}

setInterval(() => {
  // What is out of reach now is told by the next look.
  look().catch(() => {});
}, everyMs);
