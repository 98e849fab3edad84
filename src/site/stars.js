/* global document, location, sessionStorage, addEventListener, FormData, URLSearchParams */
// Marks what is starred, by the cookie, and stars without leaving the page. Without scripts the forms do it.
const name = 'callboard-stars=';

function starred() {
  const cookie = document.cookie.split('; ').find((one) => one.startsWith(name));
  return new Set((cookie ?? '').slice(name.length).split('.').filter(Boolean));
}

function mark() {
  const keys = starred();
  for (const form of document.querySelectorAll('form[data-star]')) {
    const isOn = keys.has(form.dataset.star);
    const button = form.querySelector('button');
    // What is as it should be stays untouched: writing costs the page a layout.
    if (button.getAttribute('aria-pressed') === String(isOn)) continue;
    button.setAttribute('aria-pressed', String(isOn));
    form.elements.on.value = String(!isOn);
  }
  // A list of hundreds is gone through only for a visitor who has stars.
  for (const row of document.querySelectorAll(keys.size > 0 ? 'li[data-session]' : '.starred')) {
    row.classList.toggle('starred', keys.has(row.dataset.session));
  }
}

/** Whether the star was taken; rejects where no answer came. */
async function send(form) {
  const answer = await fetch(form.action, {
    method: 'POST',
    body: new URLSearchParams(new FormData(form)),
    headers: { Accept: 'application/json' },
  });
  return answer.status === 204;
}

function say(form, words) {
  form.querySelector('[role=status]').textContent = words;
}

const takenOut = 'callboard-taken-out';

/** Makes one's own schedule anew without what was taken out, and leaves word of it for the page that comes. */
function takeOut(form) {
  const at = [...document.querySelectorAll('[data-schedule] form[data-star]')].indexOf(form);
  const title = form.closest('li').querySelector('h3').textContent;
  sessionStorage.setItem(takenOut, JSON.stringify({ at, title }));
  location.reload();
}

/** Says what was taken out, and goes on at the star that stands in its place now, else at the last, else at the content. */
function goOn(schedule) {
  const left = sessionStorage.getItem(takenOut);
  if (left === null) return;
  sessionStorage.removeItem(takenOut);
  const { at, title } = JSON.parse(left);
  const stars = [...schedule.querySelectorAll('form[data-star] button')];
  (stars[at] ?? stars.at(-1) ?? document.getElementById('content')).focus();
  const note = document.createElement('p');
  note.className = 'done';
  note.setAttribute('role', 'status');
  schedule.before(note);
  // A screen reader says what is put into a status that it knows.
  setTimeout(() => (note.textContent = `Taken out of your schedule: ${title}`), 100);
}

document.addEventListener('submit', (event) => {
  const form = event.target;
  if (!form.matches('form[data-star]')) return;
  event.preventDefault();
  say(form, '');
  send(form).then(
    (isTaken) => {
      // The form says what an answer says.
      if (!isTaken) form.submit();
      else if (form.closest('[data-schedule]')) takeOut(form);
      else mark();
    },
    // The form would put the browser's own page of errors in the place of this one, which can be read.
    () => say(form, 'There is no connection. Press again when there is one.'),
  );
});

// A page from the browser's memory was made before the last star.
addEventListener('pageshow', ({ persisted }) => {
  if (persisted) mark();
});
mark();

const schedule = document.querySelector('[data-schedule]');
if (schedule) goOn(schedule);
