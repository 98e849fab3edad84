import { confirm } from '@clack/prompts';
import { CallboardError } from '../errors.js';

/** Asks yes or no; no is what holds without an answer, and when the question is broken off. */
export async function agreed(question: string): Promise<boolean> {
  const answer = await confirm({ message: question, initialValue: false });
  return answer === true;
}

/**
 * Waits for the answer to a prompt.
 *
 * @throws CallboardError `broken-off` when the person gave none
 */
export async function answered<T>(prompt: Promise<T | symbol>): Promise<Exclude<T, symbol>> {
  const answer = await prompt;
  if (typeof answer === 'symbol') {
    throw new CallboardError('broken-off', {
      place: 'callboard',
      problem: 'it was broken off and nothing was changed',
      remedy: 'Run it again when you are ready',
    });
  }
  return answer as Exclude<T, symbol>;
}
