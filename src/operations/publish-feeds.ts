import { z } from 'zod';
import { graphemes } from '../compose/graphemes.js';
import type { Context } from '../context.js';
import { CallboardError } from '../errors.js';
import { vaultOf } from '../live-publishers.js';
import { withoutSecrets } from '../networks/discretion.js';
import type { FeedRecord } from '../networks/bluesky/feed-records.js';
import { feedsOf, serviceDid } from '../site/feed-generator/feed-names.js';

/** What `publishFeeds` takes. */
export const publishFeedsInput = z.strictObject({ removeOthers: z.boolean().optional() });

/** The feeds that an account lists now, each as a person sees it. */
export interface PublishedFeeds {
  readonly account: string;
  readonly feeds: readonly {
    readonly name: string;
    readonly address: string;
    readonly became: 'added' | 'changed' | 'unchanged';
  }[];
  /** Record keys of feeds that are no more. */
  readonly removed: readonly string[];
  /** Record keys of feeds that are no more and are still listed. */
  readonly left: readonly string[];
}

const mostMs = 120_000;
/** Of the lexicon `app.bsky.feed.generator`, in graphemes. */
const [longestName, longestDescription] = [24, 300];

/**
 * Lists the meeting's feeds, one for all of it and one for each unit, in every live Bluesky account of the config, so that people can find and pin them.
 *
 * @throws CallboardError `feeds-without-identity`, `feeds-without-account`, `feeds-not-published`, `nothing-stored`
 */
export async function publishFeeds(
  context: Context,
  { removeOthers = false }: z.infer<typeof publishFeedsInput>,
): Promise<{ readonly accounts: readonly PublishedFeeds[] }> {
  const { config, clock } = context;
  const did = serviceDid(config.site);
  if (did === undefined) {
    throw refusal(
      'feeds-without-identity',
      `site: ${config.site}`,
      'Bluesky asks for feeds by HTTPS at a host name of its own, without port and path',
      'Serve the program at such an address and write it as site in the config',
    );
  }
  const live = config.accounts.filter(
    ({ account }) => account.mode === 'live' && account.network === 'bluesky',
  );
  if (live.length === 0) {
    throw refusal(
      'feeds-without-account',
      'accounts',
      'the config has no live account on Bluesky, and only an account can list feeds',
      'Connect one with callboard connect bluesky and write it in the config',
    );
  }
  const feeds = await recordsOf(context);
  const { announceFeeds } = await import('../networks/bluesky/feed-records.js');
  const accounts: PublishedFeeds[] = [];
  for (const rules of live) {
    const { id } = rules.account;
    const vault = vaultOf(context, rules);
    const came = await announceFeeds({
      account: id,
      vault,
      clock,
      did,
      feeds,
      removeOthers,
      signal: AbortSignal.timeout(mostMs),
      ...(rules.server !== undefined && { service: rules.server }),
    });
    if (came.kind === 'failed') {
      throw refusal(
        'feeds-not-published',
        id,
        withoutSecrets(came.reason, await vault.read())
          .replace(`${id}: `, '')
          .replace(/\.$/, ''),
        'Then run it again; what stands already stays',
        'failure',
      );
    }
    const { repository, added, changed, removed, left } = came;
    accounts.push({
      account: id,
      feeds: feeds.map(({ rkey, displayName }) => ({
        name: displayName,
        address: `https://bsky.app/profile/${repository}/feed/${rkey}`,
        became: added.includes(rkey) ? 'added' : changed.includes(rkey) ? 'changed' : 'unchanged',
      })),
      removed,
      left,
    });
  }
  return { accounts };
}

/** The meeting's feeds with the words that Bluesky shows of them. */
async function recordsOf(context: Context): Promise<readonly FeedRecord[]> {
  const current = await context.inForce();
  if (!current) {
    throw refusal(
      'nothing-stored',
      'the program',
      'none was read yet, so there are no feeds',
      'Run callboard import',
      'program',
    );
  }
  const { conference } = current.campaign;
  return feedsOf(current.lookup.program, conference.name).map(({ rkey, name }) => {
    const what = rkey === 'program' ? 'Every session' : `${name}: every session`;
    const description = `${what} at ${conference.name}, announced before it starts. ${context.config.site}`;
    return {
      rkey,
      displayName: within(name, longestName),
      description: within(description, longestDescription),
    };
  });
}

function within(text: string, most: number): string {
  const letters = graphemes(text);
  return letters.length <= most
    ? text
    : `${letters
        .slice(0, most - 1)
        .join('')
        .trimEnd()}…`;
}

function refusal(
  code: string,
  place: string,
  problem: string,
  remedy: string,
  exit: ConstructorParameters<typeof CallboardError>[2] = 'usage',
): CallboardError {
  return new CallboardError(code, { place, problem, remedy }, exit);
}
