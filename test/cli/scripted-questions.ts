import { answered } from '../../src/cli/prompts.js';
import type { Questions } from '../../src/cli/connect/questions.js';

/** What a person answers: a text, a choice, yes or no, what they see only then, or Ctrl-C. */
export type Answer = string | boolean | (() => string | Promise<string>) | typeof ctrlC;

/** The person breaks off. */
export const ctrlC: unique symbol = Symbol('ctrl-c');

/** A person who answers in this order: the beginning of each question, and what they say to it. An answer that is refused is followed by the next. */
export function scriptedQuestions(
  script: readonly (readonly [question: string, answer: Answer])[],
) {
  const left = [...script];
  const asked: string[] = [];
  const refused: string[] = [];
  const next = async (question: string): Promise<string | boolean> => {
    asked.push(question);
    const [expected, answer] = left.shift() ?? [];
    if (expected === undefined || answer === undefined || !question.startsWith(expected)) {
      throw new Error(`asked “${question}”, and the script says “${expected ?? 'nothing more'}”`);
    }
    if (typeof answer === 'symbol') return answered(Promise.resolve<string | symbol>(answer));
    return typeof answer === 'function' ? answer() : answer;
  };
  const words = async (question: string, problem?: (answer: string) => string | undefined) => {
    for (;;) {
      const answer = String(await next(question)).trim();
      const wrong = problem?.(answer);
      if (wrong === undefined) return answer;
      refused.push(wrong);
    }
  };
  const questions: Questions = {
    text: (question, { problem } = {}) => words(question, problem),
    secret: (question, { problem } = {}) => words(question, problem),
    async choose(question, choices) {
      const answer = await next(question);
      const choice = choices.find(({ value }) => value === answer);
      if (!choice) throw new Error(`“${question}” has no answer ${String(answer)}`);
      return choice.value;
    },
    agree: async (question) => (await next(question)) === true,
  };
  return { questions, asked, refused, left };
}
