import { reasonOf } from '../errors.js';

/** How long a publisher may take to answer after its signal fell, before it is given up. */
const silenceMs = 1_000;

/**
 * What a publisher answers within `timeoutMs`, after which its signal falls. When it throws, or stays silent although the signal fell, `otherwise`
 * says what that means.
 */
export async function answerInTime<T>(
  ask: (signal: AbortSignal) => Promise<T>,
  timeoutMs: number,
  otherwise: (reason: string) => T,
): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<T>((resolve) => {
    timer = setTimeout(
      () => resolve(otherwise('the publisher did not answer in time')),
      timeoutMs + silenceMs,
    );
  });
  // Inside a function, so that what is thrown at once is caught like what is thrown later.
  const answer = async () => ask(AbortSignal.timeout(timeoutMs));
  try {
    return await Promise.race([answer(), silence]);
  } catch (thrown) {
    return otherwise(reasonOf(thrown));
  } finally {
    clearTimeout(timer);
  }
}
