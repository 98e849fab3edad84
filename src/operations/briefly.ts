/** How long an answer is given again without asking anew; a page may be so much behind. */
const briefMs = 500;

/** Asks at most twice a second, however many pages want to know; who comes while it is asked waits for the same answer. A failure is not kept. */
export function briefly<T>(ask: () => Promise<T>): () => Promise<T> {
  let asked: { readonly at: number; readonly answer: Promise<T> } | undefined;
  return () => {
    const at = performance.now();
    if (asked && at - asked.at < briefMs) return asked.answer;
    const answer = ask();
    const mine = { at, answer };
    asked = mine;
    answer.catch(() => {
      if (asked === mine) asked = undefined;
    });
    return answer;
  };
}
