import { z } from 'zod';
import type { EpochMs } from '../../program/time.js';
import type { Complaint } from '../../errors.js';
import type { Answered } from './answer.js';
import { againAt } from './rate-limits.js';

/** What an answer means that does not say that X did as it was asked. All but `doubtful` prove that it did not. */
export type Refusal =
  /** The same text stands already, or stood a while ago. */
  | { readonly kind: 'duplicate' }
  /** X does not know the picture any more. */
  | { readonly kind: 'media-unknown' }
  /** The token is no good any more; another may be. */
  | { readonly kind: 'signed-out' }
  /** A person has to do something at X before this account may post. */
  | { readonly kind: 'forbidden'; readonly why: Why }
  | { readonly kind: 'never'; readonly why: Why }
  | { readonly kind: 'later'; readonly why: Why; readonly notBefore: EpochMs | undefined }
  | { readonly kind: 'doubtful'; readonly why: Why };

/** What is wrong and what to do about it. */
export type Why = Pick<Complaint, 'problem' | 'remedy'>;

/** Both shapes of X's errors: problems of API v2, and lists of numbered errors. */
const problemShape = z.object({
  type: z.string().optional().catch(undefined),
  title: z.string().optional().catch(undefined),
  detail: z.string().optional().catch(undefined),
  code: z.number().optional().catch(undefined),
  message: z.string().optional().catch(undefined),
  errors: z
    .array(
      z.object({
        code: z.number().optional().catch(undefined),
        message: z.string().optional().catch(undefined),
        parameters: z.record(z.string(), z.unknown()).optional().catch(undefined),
      }),
    )
    .optional()
    .catch(undefined),
});
type Problem = z.infer<typeof problemShape>;

/** X gives this refusal no type and no number: https://github.com/PLhery/node-twitter-api-v2/issues/469 */
const duplicateText = /duplicate content|status is a duplicate/i;

/**
 * Reads a refusal: by X's type of the problem, by the number of the error, and by the status where X says no more.
 * https://docs.x.com/x-api/fundamentals/response-codes-and-errors
 */
export function refusalOf(answer: Answered, now: EpochMs): Refusal {
  const problem = problemShape.safeParse(answer.body).data ?? {};
  const said = wordsOf(problem);
  const { status } = answer;
  if (status < 400 || status >= 500 || doubtfulStatus.has(status)) {
    return doubtful(`it answered ${String(status)}${said && `, ${said}`}`);
  }
  const codes = [problem.code, ...(problem.errors ?? []).map(({ code }) => code)];
  const type = problem.type?.split('/').at(-1) ?? '';
  const capped = type === 'usage-capped' || problem.title === 'UsageCapExceeded';
  if (status === 429 || codes.includes(88) || capped) return limited(answer, now, capped);
  if (codes.includes(187) || duplicateText.test(problem.detail ?? '')) return { kind: 'duplicate' };
  if (mediaUnknown(problem, codes)) return { kind: 'media-unknown' };
  if (status === 401) return { kind: 'signed-out' };
  // Every post would be refused alike, until somebody pays.
  if (status === 402) return unpaid('the developer account has no credits left');
  const forbidden =
    forbiddenBy[type] ?? codes.map((code) => forbiddenBy[String(code)]).find(Boolean);
  if (forbidden) return { kind: 'forbidden', why: forbidden };
  return never(
    `it refused this, ${said || `with status ${String(status)}`}`,
    'Change the template or post it by hand',
  );
}

/** Another party may have answered, or X may have gone on. */
const doubtfulStatus = new Set([408, 409, 425, 499]);

const again = 'connect the account again';
const moreCredits = `Buy credits at https://console.x.com, then ${again}`;

/** By the last part of a problem's type, or by the number of an error of old. */
const forbiddenBy: Readonly<Record<string, Why | undefined>> = {
  'client-forbidden': {
    problem: 'the app is not admitted to this part of the API',
    remedy: `Put the app into a project at https://console.x.com, then ${again}`,
  },
  'oauth1-permissions': {
    problem: 'the app may only read',
    remedy: `Set "App permissions" to "Read and write" in its "User authentication settings", make new access tokens and ${again}`,
  },
  'unsupported-authentication': {
    problem: 'it does not take this way of signing in',
    remedy: `Make access tokens for a user, then ${again}`,
  },
  '64': { problem: 'the account is suspended', remedy: `Appeal at X, then ${again}` },
  '326': {
    problem: 'the account is locked',
    remedy: `Sign in at https://x.com and unlock it, then ${again}`,
  },
  '261': {
    problem: 'the app may not write',
    remedy: `Give it "Read and write", make new access tokens and ${again}`,
  },
};

function limited(answer: Answered, now: EpochMs, capped: boolean): Refusal {
  const notBefore = againAt(answer, now, capped);
  if (!capped) {
    const why = {
      problem: 'its limit of posts is used up for now',
      remedy: 'It is tried again when there is room',
    };
    return { kind: 'later', why, notBefore };
  }
  const problem = 'the cap on what the developer account may use is reached';
  return notBefore === undefined
    ? unpaid(problem)
    : {
        kind: 'later',
        why: { problem, remedy: 'It is tried again when the cap begins anew' },
        notBefore,
      };
}

function mediaUnknown({ errors = [] }: Problem, codes: readonly (number | undefined)[]): boolean {
  if (codes.includes(324) || codes.includes(325)) return true;
  return errors.some(({ parameters = {} }) => 'media.media_ids' in parameters);
}

function never(problem: string, remedy: string): Refusal {
  return { kind: 'never', why: { problem, remedy } };
}

function unpaid(problem: string): Refusal {
  return { kind: 'forbidden', why: { problem, remedy: moreCredits } };
}

function doubtful(problem: string): Refusal {
  return {
    kind: 'doubtful',
    why: { problem, remedy: 'It is looked for before anything is sent again' },
  };
}

/** What X said, on one short line, without anything that could be a key. */
function wordsOf({ detail, title, message, errors = [] }: Problem): string {
  const said = [detail, errors[0]?.message, message, title].find((text) => text?.trim());
  const line = (said ?? '')
    .replace(/[\p{C}\s]+/gu, ' ')
    .replace(/[\w.+/=%~-]{24,}/g, '…')
    .trim();
  if (line === '') return '';
  return `saying “${line.length > 120 ? `${line.slice(0, 119)}…` : line.replace(/\.$/, '')}”`;
}
