import type { ZodType } from 'zod';
import { z } from 'zod';
import type { EpochMs } from '../../program/time.js';
import type { Lost } from '../lost.js';
import { meaningOf, wordsOf, type Meaning, type Refusal } from './google-refusal.js';
import type { Reply } from './line.js';

/** A readable no. */
export interface Refused {
  readonly kind: 'refused';
  readonly meaning: Meaning;
  readonly refusal: Refusal;
}

/** What came of a request that has no good answer. */
export type Failure = Refused | Lost;

/** What came of a request. */
export type Answer<T> =
  { readonly kind: 'answered'; readonly value: T; readonly networkTime?: EpochMs } | Failure;

const errorShape = z.object({
  error: z.object({
    message: z.string().default(''),
    status: z.string().optional(),
    errors: z.array(z.object({ reason: z.string().optional() })).optional(),
  }),
});

/** Statuses whose meaning is certain without a word of Google's. */
const plain = new Set([401, 403, 429]);

/** Reads an answer; one that does not have its shape is as good as lost. An empty body reads as `{}`. */
export function readReply<T>(reply: Reply, shape: ZodType<T>, now: EpochMs): Answer<T> {
  const { status, headers, text } = reply;
  const body = json(text);
  if (status >= 200 && status < 300) {
    const read = shape.safeParse(text === '' ? {} : body);
    const networkTime = Date.parse(headers.get('date') ?? '');
    return read.success
      ? {
          kind: 'answered',
          value: read.data,
          ...(!Number.isNaN(networkTime) && { networkTime }),
        }
      : { kind: 'lost', sent: true, reason: 'its answer cannot be read' };
  }
  const error = errorShape.safeParse(body).data?.error;
  if (!error && !plain.has(status)) {
    return { kind: 'lost', sent: true, reason: `it answered with status ${String(status)}` };
  }
  const notBefore = retryAfter(headers.get('retry-after'), now);
  const reason = error?.errors?.[0]?.reason;
  const refusal: Refusal = {
    status,
    said: wordsOf(error?.message ?? ''),
    ...(reason !== undefined && { reason: wordsOf(reason) }),
    ...(notBefore !== undefined && { notBefore }),
  };
  return { kind: 'refused', meaning: meaningOf(refusal), refusal };
}

/** A JSON value, or undefined for what is none. */
export function json(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** `Retry-After` in seconds or as a date: https://www.rfc-editor.org/rfc/rfc9110#field.retry-after. At most a day ahead. */
function retryAfter(header: string | null, now: EpochMs): EpochMs | undefined {
  if (!header) return undefined;
  const at = /^\d{1,9}$/.test(header) ? now + Number(header) * 1_000 : Date.parse(header);
  return Number.isNaN(at) ? undefined : Math.min(at, now + 86_400_000);
}
