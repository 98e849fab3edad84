/** How a dialogue asks: by prompts on a terminal, or by a script in tests. Every question can be broken off, which throws CallboardError `broken-off`. */
export interface Questions {
  /** Asks until the answer has no problem; it is trimmed. */
  text(question: string, options?: TextOptions): Promise<string>;
  /** The same, and nobody can read the answer over a shoulder or in the terminal's history. */
  secret(question: string, options?: Pick<TextOptions, 'problem'>): Promise<string>;
  choose<T extends string>(question: string, choices: readonly Choice<T>[]): Promise<T>;
  agree(question: string): Promise<boolean>;
}

/** What a text may be. */
export interface TextOptions {
  readonly example?: string;
  /** Taken when the answer is empty. */
  readonly usual?: string;
  /** What is wrong with an answer, as a clause; undefined when nothing is. */
  readonly problem?: (answer: string) => string | undefined;
}

/** One of several answers. */
export interface Choice<T extends string> {
  readonly value: T;
  readonly label: string;
  readonly hint?: string;
}

/** The problem of an answer that was left out. */
export function isMissing(answer: string): string | undefined {
  return answer === '' ? 'it is empty' : undefined;
}

/** The problem of a key or password: it is empty, or something else was pasted with it. */
export function isNoKey(answer: string): string | undefined {
  return (
    isMissing(answer) ?? (/\s/.test(answer) ? 'it holds white space: paste it alone' : undefined)
  );
}

/** The same questions, and what takes the secrets among the answers out of a text. */
export function concealing(questions: Questions): {
  readonly questions: Questions;
  readonly conceal: (text: string) => string;
} {
  const secrets: string[] = [];
  return {
    questions: {
      ...questions,
      async secret(question, options) {
        const answer = await questions.secret(question, options);
        if (answer !== '') secrets.push(answer);
        return answer;
      },
    },
    conceal: (text) => secrets.reduce((left, secret) => left.replaceAll(secret, '…'), text),
  };
}
