import { z } from 'zod';
import {
  acceptedOf,
  budget as compare,
  covers,
  type Budget,
  type Sending,
} from '../campaign/budget.js';
import { planAnnouncements } from '../campaign/plan.js';
import type { Context } from '../context.js';
import { CallboardError } from '../errors.js';
import { leadsNowhere } from '../config/public-address.js';
import { postLimits } from '../networks/preview/daily-limits.js';
import { isConnected } from './accounts.js';
import { clear, clearances } from '../storage/clearances.js';
import { sendingsOf } from '../storage/statistics.js';

/** What the plan of one live account asks, and whether it may go live. */
export interface AccountBudget extends Budget {
  readonly account: string;
  /** Whether it was shown before, and accepted by name. */
  readonly shown: boolean;
  readonly accepted: boolean;
  /** Whether a person puts these posts up. */
  readonly byHand: boolean;
}

/** What `budget` takes: the accounts that are accepted although they do not fit. */
export const budgetInput = z.strictObject({ accept: z.array(z.string()).optional() });

/** The budgets of all live accounts; having been asked for them counts as having been shown them. */
export async function budget(
  context: Context,
  { accept = [] }: z.infer<typeof budgetInput>,
): Promise<{ readonly accounts: readonly AccountBudget[] }> {
  const { database, edition, clock } = context;
  const live = liveAccounts(context);
  const stranger = accept.find((account) => !live.includes(account));
  if (stranger !== undefined) {
    throw new CallboardError(
      'account-unknown',
      {
        place: stranger,
        problem: 'the config has no live account of this name',
        remedy:
          live.length === 0
            ? 'Write live accounts such as bluesky:@meeting.bsky.social in the config'
            : `Use one of ${live.join(', ')}`,
      },
      'usage',
    );
  }
  const accounts = await budgets(context);
  await clear(
    database,
    edition.id,
    accounts.map((one) => ({
      account: one.account,
      ...(accept.includes(one.account) && { accepted: acceptedOf(one) }),
    })),
    clock.now(),
  );
  return {
    accounts: accounts.map((one) => ({
      ...one,
      shown: true,
      accepted: one.accepted || accept.includes(one.account),
    })),
  };
}

async function budgets(context: Context): Promise<readonly AccountBudget[]> {
  const inForce = await context.inForce();
  if (!inForce) return [];
  const cleared = await clearances(context.database, context.edition.id);
  const { lookup, campaign, composer, version } = inForce;
  const now = context.clock.now();
  const planned = planAnnouncements(lookup, campaign).announcements.filter(
    ({ dueAt }) => dueAt >= now,
  );
  const spent = new Map(
    await Promise.all(
      liveAccounts(context).map(
        async (account) =>
          [account, (await sendingsOf(context.database, account, now)).cost] as const,
      ),
    ),
  );
  return liveAccounts(context).map((account) => {
    const terms = context.live?.(account);
    const network = context.config.accounts.find((one) => one.account.id === account)?.account
      .network;
    const sendings = planned
      .filter((announcement) => announcement.account === account)
      .map((announcement): Sending => {
        const composed = composer.compose(announcement, lookup, version);
        const cost = composed.ok && terms ? terms.costOf(composed.content) : 0;
        return { dueAt: announcement.dueAt, cost };
      });
    const caps = terms?.caps ?? { perHour: 0, perDay: 0, microUsd: 0 };
    const limits = network === undefined ? [] : postLimits[network];
    const asked = compare(sendings, caps, limits, spent.get(account));
    const { acceptedAt, accepted } = cleared.get(account) ?? {};
    return {
      account,
      ...asked,
      shown: cleared.has(account),
      accepted: acceptedAt !== undefined && (accepted === undefined || covers(accepted, asked)),
      byHand: context.publisher(account)?.byHand !== undefined,
    };
  });
}

/**
 * Refuses to go live where links lead nowhere, before every live account is connected, and before the campaign was shown against the limits of its
 * accounts, and fits or was accepted by name.
 *
 * @throws CallboardError `site-private`, `not-connected`, `not-shown`, `does-not-fit`
 */
export async function refuseUncleared(context: Context): Promise<void> {
  const live = context.config.accounts.filter(({ account }) => account.mode === 'live');
  if (live.length === 0) return;
  const { site } = context.config;
  if (leadsNowhere(site)) {
    const posts = `posts of ${live.map(({ account }) => account.id).join(', ')}`;
    throw refusal(
      'site-private',
      'site',
      `${posts} would lead to ${site}, where no follower can go`,
      'Set site in the config to the public address of the program site',
    );
  }
  for (const rules of live) {
    if (await isConnected(context, rules)) continue;
    const { id, network } = rules.account;
    const remedy = `Connect it with callboard connect ${network}, then start again`;
    throw refusal('not-connected', id, 'it is not connected', remedy);
  }
  await refuseUnfit(context);
}

/**
 * Refuses a campaign that was not shown against the limits of its live accounts, or does not fit and was not accepted by name.
 *
 * @throws CallboardError `not-shown`, `does-not-fit`
 */
export async function refuseUnfit(context: Context): Promise<void> {
  for (const { account, fits, shown, accepted } of await budgets(context)) {
    if (!shown) {
      throw refusal(
        'not-shown',
        account,
        'nobody has looked at what this campaign asks of it yet',
        'Look with callboard budget, then start again',
      );
    }
    if (!fits && !accepted) {
      throw refusal(
        'does-not-fit',
        account,
        'the campaign is more than its limits or caps allow',
        `See callboard budget; change the campaign, or accept it with callboard budget --accept ${account}`,
      );
    }
  }
}

function refusal(code: string, place: string, problem: string, remedy: string): CallboardError {
  return new CallboardError(code, { place, problem, remedy }, 'usage');
}

function liveAccounts({ config }: Pick<Context, 'config'>): readonly string[] {
  return config.accounts.flatMap(({ account }) => (account.mode === 'live' ? [account.id] : []));
}
