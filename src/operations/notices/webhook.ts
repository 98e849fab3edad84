import { toIso } from '../../program/time.js';
import type { Notice } from '../../publish/notice.js';

const timeoutMs = 10_000;

/**
 * Posts a notice as JSON. Its `text` alone is what chat services show (https://api.slack.com/messaging/webhooks); the other fields are for programs.
 *
 * @throws Error when it was not taken; never with the address, which may hold a secret
 */
export async function postToWebhook(
  address: string,
  { id, kind, subject, text, at, account, announcement }: Notice,
  edition: string,
): Promise<void> {
  const body = { text: `${subject}\n${text}`, id, kind, subject, at: toIso(at), edition, account };
  const response = await fetch(address, {
    method: 'POST',
    redirect: 'error',
    signal: AbortSignal.timeout(timeoutMs),
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ ...body, ...(announcement !== undefined && { announcement }) }),
  }).catch(() => undefined);
  await response?.body?.cancel();
  if (!response?.ok) throw new Error('the webhook did not take the notice');
}
