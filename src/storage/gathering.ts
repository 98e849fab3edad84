/** How calls are gathered. */
export interface GatheringLimits {
  /** So many statements are under way at once; what comes meanwhile waits and goes together. */
  readonly atOnce: number;
  /** So many calls go into one statement. */
  readonly most: number;
}

interface Waiting<In, Out> {
  readonly input: In;
  readonly resolve: (out: Out) => void;
  readonly reject: (reason: unknown) => void;
}

/**
 * Does calls that come at the same time together, in one statement instead of one each: a round trip costs more than what it asks. Nobody waits for
 * company: a call alone goes in the same turn of the event loop. When a statement of several fails as a whole and provably nothing of it
 * was kept, each is done alone, so that one cannot fail another.
 *
 * @param together Answers in the order of its inputs; all of it or nothing is kept.
 */
export function gathering<In, Out>(
  together: (inputs: readonly In[]) => Promise<readonly Out[]>,
  { atOnce, most }: GatheringLimits,
): (input: In) => Promise<Out> {
  const waiting: Waiting<In, Out>[] = [];
  let running = 0;
  let arranged = false;

  const arrange = () => {
    if (arranged || waiting.length === 0) return;
    arranged = true;
    setImmediate(() => {
      arranged = false;
      while (running < atOnce && waiting.length > 0) {
        running += 1;
        void run(waiting.splice(0, most)).finally(() => {
          running -= 1;
          arrange();
        });
      }
    });
  };
  const run = async (calls: readonly Waiting<In, Out>[]): Promise<void> => {
    try {
      const outs = await together(calls.map(({ input }) => input));
      // An `Out` may be undefined, a missing answer may not: `together` keeps the order and the number.
      calls.forEach(({ resolve }, index) => resolve(outs[index] as Out));
    } catch (thrown) {
      if (calls.length > 1 && isRolledBack(thrown)) {
        await Promise.all(calls.map((call) => run([call])));
      } else {
        for (const { reject } of calls) reject(thrown);
      }
    }
  };

  return (input) =>
    new Promise((resolve, reject) => {
      waiting.push({ input, resolve, reject });
      arrange();
    });
}

/** Constraint, data, deadlock, serialization, our own triggers: the database refused the statement. A connection that broke proves nothing. */
function isRolledBack(thrown: unknown): boolean {
  const { code } = (thrown ?? {}) as { code?: unknown };
  return typeof code === 'string' && /^(22|23|40|CB)[0-9A-Z]{3}$/.test(code);
}
