import type { AccountReport } from '../../publish/publisher.js';
import { skewOf } from './answer.js';
import { asking } from './asking.js';
import { setbackOf } from './meaning.js';
import { xScopes, xSecretsShape, type XSecrets } from './secrets.js';
import { clocksAgree } from './timeline.js';
import { userIn } from './user.js';
import type { XContext } from './x-context.js';

/** Asks X whose account this is, and says what is remembered of its limits. https://docs.x.com/x-api/users/get-me */
export async function verifyAccount(
  context: XContext,
  signal: AbortSignal,
): Promise<AccountReport> {
  const { account, clock, records, vault } = context;
  const answer = await asking(
    context.signIn,
    context.line,
    signal,
  )({ method: 'GET', path: 'users/me' });
  const user = userIn(answer);
  if (!user || answer.kind !== 'answered') {
    const setback = setbackOf(account, answer, false, clock.now());
    const kind = setback.kind === 'unauthorized' ? 'unauthorized' : 'unknown';
    return { kind, reason: setback.reason };
  }
  await records.writeUser({ id: user.id, username: user.username });
  const secrets = xSecretsShape.safeParse(await vault.read()).data;
  const now = clock.now();
  const quotas = await records.quotas();
  return {
    kind: 'ok',
    handle: user.username,
    ...(user.name !== undefined && { name: user.name }),
    id: user.id,
    ...(secrets?.kind === 'oauth2' && { scopes: secrets.scopes }),
    // A limit whose time has passed is whole again.
    quotas: quotas.map(({ resetsAt, ...quota }) =>
      resetsAt === undefined || resetsAt > now
        ? { ...quota, ...(resetsAt !== undefined && { resetsAt }) }
        : { ...quota, left: quota.limit },
    ),
    warnings: [
      ...warningsOf(context, user.username, secrets),
      ...(clocksAgree(skewOf(answer, now)) ? [] : [clockWarning]),
    ],
  };
}

const clockWarning =
  'The clock of this machine and that of X do not agree: set it, or lost posts cannot be looked for.';

function warningsOf(
  { handle, attach }: XContext,
  username: string,
  secrets: XSecrets | undefined,
): readonly string[] {
  const warnings: string[] = [];
  if (username.toLowerCase() !== handle.toLowerCase()) {
    warnings.push(`These keys are of @${username}, not of @${handle}: posts would go up there.`);
  }
  if (secrets?.kind !== 'oauth2') return warnings;
  const wanted = xScopes.filter((scope) => attach === 'picture' || scope !== 'media.write');
  const missing = wanted.filter((scope) => !secrets.scopes.includes(scope));
  if (missing.length > 0) {
    warnings.push(
      `It may not ${missing.join(', ')}: connect it again and agree to all that is asked.`,
    );
  }
  if (secrets.refreshing) {
    const since = new Date(secrets.refreshing.since).toISOString();
    warnings.push(
      `Renewing the sign-in was interrupted at ${since}; if it ends within two hours, connect it again.`,
    );
  }
  return warnings;
}
