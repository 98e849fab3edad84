/* global document, location, addEventListener, FormData, URLSearchParams */
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

document.addEventListener('submit', (event) => {
  const form = event.target;
  if (!form.matches('form[data-star]')) return;
  event.preventDefault();
  say(form, '');
  send(form).then(
    (isTaken) => {
      // The form says what an answer says.
      if (!isTaken) form.submit();
      // On one's own schedule what is taken out goes from the page.
      else if (document.querySelector('[data-schedule]')) location.reload();
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
