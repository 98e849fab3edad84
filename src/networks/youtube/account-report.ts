import type { AccountReport } from '../../publish/publisher.js';
import type { YoutubeWay } from '../../campaign/account-manners.js';
import { channels, communityPosts } from './answers.js';
import { failureSentence } from './outcome-of.js';
import type { UnitCount } from './quota.js';
import { youtubeScope } from './scopes.js';
import type { AskYoutube } from './youtube-account.js';
import type { TokenKeeper, YoutubeSecrets } from './youtube-token.js';

/** What reporting on an account needs. */
export interface ReportTools {
  readonly ask: AskYoutube;
  readonly tokens: TokenKeeper;
  readonly units: UnitCount;
  /** Without `@`. */
  readonly handle: string;
  readonly way: Exclude<YoutubeWay, 'by-hand'>;
}

/** Asks YouTube whose channel it is, and counts what is left of the day's units. */
export async function reportOnAccount(
  tools: ReportTools,
  signal: AbortSignal,
): Promise<AccountReport> {
  const { ask, tokens, units, handle, way } = tools;
  const answer = await ask(
    {
      name: 'channels.list',
      by: (client, options) =>
        client.channels.list({ part: ['id', 'snippet'], mine: true }, options),
      shape: channels,
    },
    signal,
  );
  if (answer.kind !== 'answered') {
    const reason = failureSentence(handle, 'asking whose channel it is', answer);
    const isRefused =
      answer.kind === 'refused' && (answer.meaning === 'token' || answer.meaning === 'permission');
    return { kind: isRefused ? 'unauthorized' : 'unknown', reason };
  }
  const [channel] = answer.value.items;
  if (!channel) {
    const reason = `YouTube @${handle}: the Google account that was connected has no channel. Make one at https://www.youtube.com/create_channel and connect it again with \`callboard connect youtube\`.`;
    return { kind: 'unauthorized', reason };
  }
  const { id, snippet } = channel;
  const own = snippet.customUrl?.replace(/^@/, '') ?? handle;
  const secrets = await tokens.read();
  const admitted = way === 'posts' ? await pilotWarning(ask, signal) : undefined;
  return {
    kind: 'ok',
    handle: own,
    id,
    ...(snippet.title && { name: snippet.title }),
    ...(secrets?.scopes && { scopes: secrets.scopes }),
    ...(secrets?.refreshEndsAt !== undefined && { expiresAt: secrets.refreshEndsAt }),
    quotas: [await units.quota()],
    warnings: [
      ...(own.toLowerCase() === handle.toLowerCase()
        ? []
        : [
            `The channel is @${own}, and the config says @${handle}: put it right in the config or connect the other.`,
          ]),
      ...secretWarnings(secrets),
      ...(admitted === undefined ? [] : [admitted]),
    ],
  };
}

function secretWarnings(secrets: YoutubeSecrets | undefined): readonly string[] {
  const { scopes, refreshEndsAt } = secrets ?? {};
  return [
    ...(scopes && !scopes.includes(youtubeScope)
      ? [
          'The account did not allow “Manage your YouTube account”: connect it again with `callboard connect youtube` and tick the box.',
        ]
      : []),
    ...(refreshEndsAt === undefined ? [] : [testingWarning]),
  ];
}

/** What Google does to apps that are left in “Testing”: https://developers.google.com/identity/protocols/oauth2#expiration. */
export const testingWarning =
  'Google ends this access after some days, as it does after 7 days for an app whose publishing status is “Testing”: choose “Publish app” under “Google Auth Platform”, “Audience”, and connect the account again.';

async function pilotWarning(ask: AskYoutube, signal: AbortSignal): Promise<string | undefined> {
  const parameters = { part: 'snippet', mine: 'true', maxResults: '1' };
  const by = { method: 'GET', path: '/youtube/v3/posts', parameters } as const;
  const answer = await ask({ name: 'posts.list', by, shape: communityPosts }, signal);
  return answer.kind === 'refused' && ['permission', 'missing', 'invalid'].includes(answer.meaning)
    ? 'Google has not admitted this Google Cloud project to the pilot for community posts: choose the way by-hand, broadcast or live-chat in the config.'
    : undefined;
}
