/** Whether better-auth said no: it throws an answer of class 3xx (a used link leads to a page of its own) or 4xx. Anything else is a fault. */
export function isRefusal(thrown: unknown): boolean {
  const { statusCode, body } = (thrown ?? {}) as {
    statusCode?: unknown;
    body?: { code?: unknown };
  };
  if (typeof statusCode !== 'number') return false;
  // An answer of a passkey that makes no sense is a 500 there.
  return (statusCode >= 300 && statusCode < 500) || body?.code === 'FAILED_TO_VERIFY_REGISTRATION';
}
