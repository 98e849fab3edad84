import { sentence, unreachable } from '../../errors.js';
import type { EpochMs } from '../../program/time.js';
import type { Outcome } from '../../publish/outcome.js';
import type { Asked } from './asking.js';
import { refusalOf } from './refusal.js';

/** What it means that X did not do as it was asked. */
export type Setback = Exclude<Outcome, { kind: 'published' }>;

/**
 * What it means that X did not do as it was asked.
 *
 * @param visible The request would have put up a post: a doubt is `uncertain`. Others may be repeated: a doubt is `retry-later`.
 */
export function setbackOf(account: string, asked: Asked, visible: boolean, now: EpochMs): Setback {
  const say = (problem: string, remedy: string) => sentence({ place: account, problem, remedy });
  const later = {
    kind: 'retry-later',
    reason: say('X was not reached', 'It is tried again'),
  } as const;
  switch (asked.kind) {
    case 'unauthorized':
      return asked;
    case 'later':
      return { ...asked, kind: 'retry-later' };
    case 'unreached':
      return { ...later, reason: say(`X was not reached (${asked.reason})`, 'It is tried again') };
    case 'lost':
      return visible
        ? {
            kind: 'uncertain',
            reason: say(asked.reason, 'It is looked for before anything is sent again'),
          }
        : { ...later, reason: say(asked.reason, 'It is tried again') };
    case 'answered':
      break;
    default:
      return unreachable(asked);
  }
  const refusal = refusalOf(asked, now);
  switch (refusal.kind) {
    case 'duplicate':
      return {
        kind: 'rejected',
        reason: say(duplicateRule, 'Change the text, or post it by hand'),
      };
    case 'media-unknown':
      return {
        ...later,
        reason: say('X does not know its picture any more', 'It is uploaded again'),
      };
    case 'signed-out':
      return {
        kind: 'unauthorized',
        reason: say('X refuses the sign-in', 'Connect it again with "callboard connect x"'),
      };
    case 'forbidden':
      return { kind: 'unauthorized', reason: because(account, refusal.why) };
    case 'never':
      return { kind: 'rejected', reason: because(account, refusal.why) };
    case 'later': {
      const { notBefore } = refusal;
      const reason = because(account, refusal.why);
      return { kind: 'retry-later', reason, ...(notBefore !== undefined && { notBefore }) };
    }
    case 'doubtful':
      return visible
        ? { kind: 'uncertain', reason: because(account, refusal.why) }
        : {
            ...later,
            reason: say(
              `X did not do as it was asked: ${refusal.why.problem}`,
              'It is tried again',
            ),
          };
    default:
      return unreachable(refusal);
  }
}

/** X takes no text twice: https://help.x.com/en/rules-and-policies/x-automation */
export const duplicateRule =
  'X takes no text twice, and a post with this one stands or stood there';

function because(
  account: string,
  { problem, remedy }: { problem: string; remedy: string },
): string {
  return sentence({ place: account, problem: `X says no: ${problem}`, remedy });
}
