import type { XAnswer } from './answer.js';
import type { XLine, XQuestion } from './line.js';
import type { SignedIn, SignIn } from './sign-in.js';

/** What came of asking as the account: an answer, or no way to ask. */
export type Asked = XAnswer | Exclude<SignedIn, { kind: 'signed-in' }>;

/** Asks X one thing as the account. */
export type Ask = (question: XQuestion) => Promise<Asked>;

/** How long a token has to last at least for one request, in milliseconds. */
const requestMs = 30_000;

/**
 * Asks as the account for as long as the signal stands. A question that is refused with 401 was not heeded: it is asked once more with a renewed token.
 */
export function asking(signIn: SignIn, line: XLine, signal: AbortSignal): Ask {
  let refused: string | undefined;
  const ask = async (question: XQuestion): Promise<Asked> => {
    const signed = await signIn({ forMs: requestMs, refused }, signal);
    if (signed.kind !== 'signed-in') return signed;
    const { caller, secrets } = signed;
    const answer = await line(caller, question, signal);
    const old = answer.kind === 'answered' && answer.status === 401 && secrets.kind === 'oauth2';
    if (!old || refused !== undefined) return answer;
    refused = secrets.accessToken;
    return ask(question);
  };
  return ask;
}
