/* global window, document, location, navigator, PublicKeyCredential */
// Signing in by a passkey, and adding one. The browser's own interface does it; without it the buttons stay hidden.
const canSignIn =
  'PublicKeyCredential' in window && PublicKeyCredential.parseRequestOptionsFromJSON;

async function post(address, body) {
  const answer = await fetch(address, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
    body: JSON.stringify(body),
  });
  const said = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(said.sentence ?? 'It did not work. Try again in a moment.');
  return said;
}

function attempt(where, work) {
  const problem = where.querySelector('.problem');
  problem.textContent = '';
  work().catch((error) => {
    // The person said no, or took too long: they know.
    problem.textContent =
      error.name === 'NotAllowedError'
        ? 'No passkey was used.'
        : error.name === 'InvalidStateError'
          ? 'This device has a passkey of this account already.'
          : error.message;
  });
}

const signIn = document.getElementById('passkey');
if (signIn && canSignIn) {
  signIn.hidden = false;
  signIn.querySelector('button').addEventListener('click', () =>
    attempt(signIn, async () => {
      const options = await post(signIn.dataset.question, {});
      const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options);
      const response = await navigator.credentials.get({ publicKey });
      const { to } = await post(signIn.dataset.answer, { response, back: signIn.dataset.back });
      location.assign(to);
    }),
  );
}

const adding = document.getElementById('new-passkey');
if (adding && canSignIn) {
  adding.hidden = false;
  adding.addEventListener('submit', (event) => {
    event.preventDefault();
    attempt(adding, async () => {
      const options = await post(adding.dataset.question, {});
      const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options);
      const response = await navigator.credentials.create({ publicKey });
      await post(adding.dataset.answer, { response, name: adding.elements.name.value });
      location.assign(adding.dataset.done);
    });
  });
}
