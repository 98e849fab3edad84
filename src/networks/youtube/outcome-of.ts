import type { Clock } from '../../clock.js';
import { sentence, unreachable } from '../../errors.js';
import type { Outcome } from '../../publish/outcome.js';
import type { Failure } from './answer.js';
import type { Meaning } from './google-refusal.js';

/** What a failed request was about. */
export interface Doing {
  /** A gerund: “putting up the post”. */
  readonly doing: string;
  /** Whether it would have made something stand. */
  readonly visible: boolean;
}

/** Whose account it is, and the clock. */
export interface Whose {
  /** Without `@`. */
  readonly handle: string;
  readonly clock: Clock;
}

/** Belief: when to come back, in milliseconds, where Google says that it was too much and not until when. */
const throttledMs = 30_000;
/** When to look again for a running stream, in milliseconds. */
export const streamMs = 60_000;

type OutcomeKind = Exclude<Outcome['kind'], 'published'>;

/** The table of docs/networks/youtube.md. `uncertain` holds for what would have been visible; before that, it is `retry-later`. */
const kinds: Readonly<Record<Meaning, OutcomeKind>> = {
  token: 'unauthorized',
  permission: 'unauthorized',
  'streaming-off': 'unauthorized',
  quota: 'retry-later',
  throttled: 'retry-later',
  ended: 'retry-later',
  'chat-off': 'rejected',
  missing: 'rejected',
  invalid: 'rejected',
  transient: 'uncertain',
  unknown: 'uncertain',
};

/** What to do about each. */
const remedies: Readonly<Record<Meaning, string>> = {
  token:
    'Connect it again with `callboard connect youtube`, and set the app’s publishing status to “In production” first',
  permission:
    'Look whether “YouTube Data API v3” is enabled in the Google Cloud project and the account may do this, then connect it again with `callboard connect youtube`',
  'streaming-off':
    'Enable live streaming at https://www.youtube.com/features, wait the day that it takes, and connect the account again with `callboard connect youtube`',
  quota: 'It goes on at midnight Pacific time; ask Google for more units if that is too late',
  throttled: 'It is tried again by itself',
  ended: 'It is tried again by itself while its deadline allows',
  'chat-off': 'Turn on the live chat of the stream',
  missing: 'Look in YouTube Studio what became of it',
  invalid: 'Correct its template or the program',
  transient: 'It is looked for by itself',
  unknown: 'It is looked for by itself',
};

/** One sentence for a tired organizer. */
export function failureSentence(handle: string, doing: string, failure: Failure): string {
  const place = `YouTube @${handle}`;
  if (failure.kind === 'lost') {
    const remedy = 'Nothing needs to be done; it is asked again by itself';
    return sentence({ place, problem: `${doing} failed, ${failure.reason}`, remedy });
  }
  const { meaning, refusal } = failure;
  const words = [refusal.said, refusal.reason].filter((word) => word).join(', ');
  return sentence({ place, problem: problemOf(meaning, doing, words), remedy: remedies[meaning] });
}

function problemOf(meaning: Meaning, doing: string, words: string): string {
  const said = words ? ` (${words})` : '';
  if (meaning === 'token') return `the account has to be connected again${said}`;
  if (meaning === 'quota') return `${doing} has to wait, the units of the day are used up${said}`;
  return `${doing} was refused${said}`;
}

/** What a failed request means for the announcement. */
export function outcomeOf(failure: Failure, { doing, visible }: Doing, { handle, clock }: Whose) {
  const reason = failureSentence(handle, doing, failure);
  const kind = kindOf(failure, visible);
  switch (kind) {
    case 'retry-later': {
      const notBefore = notBeforeOf(failure, clock.now());
      return { kind, reason, ...(notBefore !== undefined && { notBefore }) } satisfies Outcome;
    }
    case 'rejected':
    case 'unauthorized':
    case 'uncertain':
      return { kind, reason } satisfies Outcome;
    default:
      return unreachable(kind);
  }
}

function kindOf(failure: Failure, visible: boolean): OutcomeKind {
  const kind =
    failure.kind === 'refused'
      ? kinds[failure.meaning]
      : failure.sent
        ? 'uncertain'
        : 'retry-later';
  return kind === 'uncertain' && !visible ? 'retry-later' : kind;
}

function notBeforeOf(failure: Failure, now: number): number | undefined {
  if (failure.kind === 'lost') return undefined;
  const { meaning, refusal } = failure;
  if (refusal.notBefore !== undefined) return refusal.notBefore;
  if (meaning === 'throttled') return now + throttledMs;
  return meaning === 'ended' ? now + streamMs : undefined;
}
