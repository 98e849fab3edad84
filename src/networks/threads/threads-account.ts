import type { ZodType } from 'zod';
import { sentence } from '../../errors.js';
import { unreachable } from '../../errors.js';
import type { AskGraph, GraphAnswer, GraphCall } from './graph.js';
import type { TokenKeeper } from './threads-token.js';

/** Asks the Graph API for one account, with its token. Without a token it is refused as `token`. */
export type AskAccount = <T>(call: GraphCall, shape: ZodType<T>) => Promise<GraphAnswer<T>>;

/** A no, or silence. */
export type GraphFailure = Exclude<GraphAnswer<never>, { kind: 'answered' }>;

/** The way to the Graph API for one account. A token that another process has replaced meanwhile is read again, once. */
export function askForAccount(ask: AskGraph, tokens: TokenKeeper): AskAccount {
  return async (call, shape) => {
    const state = await tokens.current();
    if (state.kind === 'none') {
      const refusal = { status: 0, transient: false, said: state.problem };
      return { kind: 'refused', meaning: 'token', refusal };
    }
    const answer = await ask(call, state.token.accessToken, shape);
    if (answer.kind !== 'refused' || answer.meaning !== 'token') return answer;
    const now = await tokens.current();
    return now.kind === 'token' && now.token.accessToken !== state.token.accessToken
      ? ask(call, now.token.accessToken, shape)
      : answer;
  };
}

/** Why something did not work, as a sentence for an organizer: place, cause, remedy. Never holds a token. */
export function failureSentence(handle: string, doing: string, failure: GraphFailure): string {
  const place = `Threads @${handle}`;
  if (failure.kind === 'lost') {
    return sentence({
      place,
      problem: `${doing} failed, ${failure.reason}`,
      remedy: 'It is tried again by itself',
    });
  }
  const { said } = failure.refusal;
  const words = said ? ` (“${said}”)` : '';
  return sentence({ place, problem: `${doing} was refused${words}`, remedy: remedyOf(failure) });
}

function remedyOf({ meaning }: Extract<GraphFailure, { kind: 'refused' }>): string {
  switch (meaning) {
    case 'token':
      return 'Connect the account again with “callboard connect threads”';
    case 'permission':
      return 'Connect the account again with “callboard connect threads” and allow everything that is asked for';
    case 'throttled':
      return 'Its limit is used up for now; it is tried again by itself';
    case 'missing':
    case 'transient':
      return 'It is tried again by itself';
    case 'policy':
      return 'Meta takes it for a breach of its rules: look into the account on Threads, then retry or cancel the announcement';
    case 'duplicate':
      return 'The same text stands already: change the template or cancel the announcement';
    case 'links':
      return 'Leave at most five different links in the text';
    case 'invalid':
    case 'unknown':
      return 'Look at the text and the account, then retry or cancel the announcement';
    default:
      return unreachable(meaning);
  }
}
