/** What came back for one request, whatever it says. */
export type XAnswer =
  | {
      readonly kind: 'answered';
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      /** Parsed JSON; undefined where the body is none. */
      readonly body: unknown;
    }
  /** Nothing left this machine: no address, no connection, or the time was up before. */
  | { readonly kind: 'unreached'; readonly reason: string }
  /** It was sent, and no whole answer came back: X may have done as it was asked. */
  | { readonly kind: 'lost'; readonly reason: string };

/** An answer as it came, for those who know that one did. */
export type Answered = Extract<XAnswer, { kind: 'answered' }>;

/** Whether X did as it was asked and said so. */
export function isAccepted(answer: { readonly kind: string }): answer is Answered {
  if (answer.kind !== 'answered') return false;
  const { status } = answer as Answered;
  return status >= 200 && status < 300;
}

/** How far X's clock is ahead of ours, in milliseconds, by its `Date`; undefined where it gives none. */
export function skewOf(answer: Answered, now: number): number | undefined {
  const date = Date.parse(answer.headers.date ?? '');
  return Number.isNaN(date) ? undefined : date - now;
}
