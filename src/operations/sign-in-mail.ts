import type { Context } from '../context.js';
import { sendMail, type Mail } from '../mail.js';
import type { SignInLink } from '../sign-in/sign-in.js';

/** How links are mailed; undefined where the config names no mail server, or no address to send from. */
export function postOf({
  config,
  edition,
}: Pick<Context, 'config' | 'edition'>): ((link: SignInLink) => Promise<void>) | undefined {
  const { smtpUrl, email: sender } = config.organizer;
  if (smtpUrl === undefined || sender === undefined) return undefined;
  const conference = config.conference.name ?? edition.title;
  return (link) => sendMail(smtpUrl, signInMail(link, { conference, sender }));
}

/** The mail that brings a link: a few lines in plain words, and nothing that is loaded from anywhere. */
export function signInMail(
  { email, address, role }: SignInLink,
  { conference, sender }: { readonly conference: string; readonly sender: string },
): Mail {
  const name = oneLine(conference);
  const why =
    role === undefined
      ? [`Open this link to sign in to the program of ${name}:`]
      : [
          `You are invited to the program of ${name} as ${role === 'presenter' ? 'a' : 'an'} ${role}.`,
          'Open this link to sign in:',
        ];
  return {
    from: { name, address: sender },
    to: email,
    subject: role === undefined ? `Your link to sign in: ${name}` : `Your invitation: ${name}`,
    text: [
      ...why,
      '',
      address,
      '',
      'It works once, for 15 minutes. Afterwards ask for another on the page "Sign in", with this address.',
      'If you did not ask for it, do nothing: without the link nobody can sign in.',
      '',
    ].join('\n'),
    // Nobody should be answered by a machine: https://www.rfc-editor.org/rfc/rfc3834#section-5
    headers: { 'Auto-Submitted': 'auto-generated' },
  };
}

function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();
}
