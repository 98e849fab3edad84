/* global document, addEventListener, FormData, URLSearchParams */
// Marks what is starred, by the cookie, and stars without leaving the page. Without scripts the forms do it.
const name = 'callboard-stars=';

function starred() {
  const cookie = document.cookie.split('; ').find((one) => one.startsWith(name));
  return new Set((cookie ?? '').slice(name.length).split('.'));
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
  for (const row of document.querySelectorAll('li[data-session]')) {
    row.classList.toggle('starred', keys.has(row.dataset.session));
  }
}

async function send(form) {
  const answer = await fetch(form.action, {
    method: 'POST',
    body: new URLSearchParams(new FormData(form)),
    headers: { Accept: 'application/json' },
  });
  if (answer.status !== 204) throw new Error(`the star was not kept: ${answer.status}`);
}

document.addEventListener('submit', (event) => {
  const form = event.target;
  // On one's own schedule what is taken out goes from the page: there the form does it.
  if (!form.matches('form[data-star]') || document.querySelector('[data-schedule]')) return;
  event.preventDefault();
  send(form).then(mark, () => form.submit());
});

// A page from the browser's memory was made before the last star.
addEventListener('pageshow', ({ persisted }) => {
  if (persisted) mark();
});
mark();
