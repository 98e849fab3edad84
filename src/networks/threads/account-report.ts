import type { Clock } from '../../clock.js';
import type { AccountReport } from '../../publish/publisher.js';
import { profile } from './answers.js';
import { readQuotas } from './quota.js';
import { failureSentence, type AskAccount } from './threads-account.js';
import type { ThreadsMemory } from './threads-memory.js';
import type { ThreadsToken, TokenKeeper } from './threads-token.js';

/** What reporting on an account needs. */
export interface ReportTools {
  readonly ask: AskAccount;
  readonly tokens: TokenKeeper;
  readonly memory: ThreadsMemory;
  readonly clock: Clock;
  /** Without `@`. */
  readonly handle: string;
}

const day = 86_400_000;

/** What each permission is for: https://developers.facebook.com/docs/threads/get-started. */
const purposes: Readonly<Record<string, string>> = {
  threads_content_publish: 'nothing can be posted',
  threads_delete: 'posts cannot be taken down',
  threads_manage_insights: 'likes and views cannot be counted',
};

/** Asks Threads whose account it is and what is left of its limits; remembers when the limit of posts is used up. */
export async function reportOnAccount(
  tools: ReportTools,
  signal: AbortSignal,
): Promise<AccountReport> {
  const { ask, tokens, memory, handle } = tools;
  const answer = await ask(
    { method: 'GET', path: '/v1.0/me', parameters: { fields: 'id,username,name' }, signal },
    profile,
  );
  if (answer.kind !== 'answered') {
    const reason = failureSentence(handle, 'asking whose account it is', answer);
    const refused = answer.kind === 'refused' && ['token', 'permission'].includes(answer.meaning);
    return { kind: refused ? 'unauthorized' : 'unknown', reason };
  }
  const { id, username, name } = answer.value;
  const state = await tokens.current();
  const quotas = await readQuotas(tools, signal);
  if (quotas) {
    await memory.rememberFull(quotas.find((quota) => quota.name === 'posts a day')?.resetsAt);
  }
  const token = state.kind === 'token' ? state.token : undefined;
  return {
    kind: 'ok',
    handle: username,
    id,
    ...(name && { name }),
    ...(token?.scopes && { scopes: token.scopes }),
    ...(token?.expiresAt !== undefined && { expiresAt: token.expiresAt }),
    quotas: quotas ?? [],
    warnings: [
      ...(username.toLowerCase() === handle.toLowerCase()
        ? []
        : [
            `The account is @${username}, and the config says @${handle}: put it right in the config or connect the other.`,
          ]),
      ...(quotas ? [] : ['Threads does not say how much of its limits is left; ask again later.']),
      ...(token ? tokenWarnings(token, tools.clock.now()) : []),
    ],
  };
}

function tokenWarnings({ expiresAt, scopes }: ThreadsToken, now: number): readonly string[] {
  const days = expiresAt === undefined ? undefined : Math.floor((expiresAt - now) / day);
  return [
    ...(days === undefined
      ? [
          'The access token came without its dates, so it is not refreshed by itself: it ends 60 days after it was made. Connect the account with “callboard connect threads” instead.',
        ]
      : []),
    ...(days !== undefined && days < 6
      ? [
          `The access token ends in ${days} days and was not refreshed: connect the account again with “callboard connect threads”.`,
        ]
      : []),
    ...Object.entries(purposes)
      .filter(([scope]) => scopes && !scopes.includes(scope))
      .map(
        ([scope, lack]) =>
          `Without the permission ${scope} ${lack}: connect the account again and allow it.`,
      ),
  ];
}
