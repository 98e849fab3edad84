import { z } from 'zod';
import { isAccepted } from './answer.js';
import type { Ask, Asked } from './asking.js';
import type { Records, XUser } from './records.js';

const meShape = z.object({
  data: z.object({
    id: z.string().regex(/^\d{1,19}$/),
    username: z.string(),
    name: z.string().optional(),
  }),
});

/** Whose account it is, as X says: asked once. */
export async function ownUser(records: Records, ask: Ask): Promise<XUser | Asked> {
  const known = await records.user();
  if (known) return known;
  const answer = await ask({ method: 'GET', path: 'users/me' });
  const user = userIn(answer);
  if (!user) return answer;
  await records.writeUser({ id: user.id, username: user.username });
  return user;
}

/** The user in an answer to `users/me`; undefined where there is none. */
export function userIn(
  answer: Asked,
): (XUser & { readonly name?: string | undefined }) | undefined {
  return isAccepted(answer) ? meShape.safeParse(answer.body).data?.data : undefined;
}
