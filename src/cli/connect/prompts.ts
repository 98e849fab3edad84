import { confirm, password, select, text } from '@clack/prompts';
import type { Readable, Writable } from 'node:stream';
import { answered } from '../prompts.js';
import type { Questions } from './questions.js';

/**
 * Asks by prompts on the terminal.
 *
 * @param streams of the process when left out
 */
export function promptQuestions(
  streams: { readonly input?: Readable; readonly output?: Writable } = {},
): Questions {
  const trimmed = async (prompt: Promise<string | symbol>) => (await answered(prompt)).trim();
  return {
    text: (message, { example, usual, problem } = {}) =>
      trimmed(
        text({
          message,
          ...(example !== undefined && { placeholder: example }),
          ...(usual !== undefined && { placeholder: usual, defaultValue: usual }),
          validate: (value = '') =>
            value.trim() === '' && usual !== undefined ? undefined : problem?.(value.trim()),
          ...streams,
        }),
      ),
    secret: (message, { problem } = {}) =>
      trimmed(password({ message, validate: (value = '') => problem?.(value.trim()), ...streams })),
    choose: async (message, choices) => {
      const options = choices.map(({ value, label, hint }) => ({
        value: value,
        label,
        ...(hint !== undefined && { hint }),
      }));
      const chosen = await answered(select<string>({ message, options, ...streams }));
      const choice = choices.find(({ value }) => value === chosen);
      if (!choice) throw new Error('a choice that was not offered');
      return choice.value;
    },
    agree: (message) => answered(confirm({ message, initialValue: false, ...streams })),
  };
}
