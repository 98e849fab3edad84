/** Why signing in did not go on, each as a sentence that says what to do. */
export const SignInProblem = {
  noMailbox: 'This is no e-mail address. Write it as you@example.org.',
  tooManyLinks:
    'Too many links were asked for. Use the newest one in your mail, or come back in a quarter of an hour.',
  tooManyTries: 'Too many tries from your network. Wait a while, then try again.',
  unknownPasskey: 'This passkey is not known here. Sign in by mail, and add it to your account.',
  staleSignIn:
    'For this you must have signed in within the last hour. Sign out, sign in again, and repeat it.',
  passkeyNotTaken:
    'The passkey was not taken. Try again, and let your device check that it is you.',
} as const;

/** What is said of a link that is used, too old, or never was: which one, nobody learns. */
export const usedLink =
  'This link was used already, or is older than 15 minutes. Ask for a new one here.';

/** What is said to whoever asks for a page of the organizers and is not signed in. */
export const forOrganizers =
  'That page is for organizers. Sign in to see it. On the machine that serves this site, the terminal in which it was started names an address that needs no account, ' +
  'and callboard invite you@example.org --role organizer makes the first organizer.';
