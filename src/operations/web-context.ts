import type { Context } from '../context.js';
import { reasonOf } from '../errors.js';
import type { State } from '../campaign/announcement.js';
import { networks } from '../campaign/network.js';
import type { Picture } from '../compose/content.js';
import type { CampaignStatus, Health, WebContext } from '../site/web-context.js';
import { findCard } from '../storage/cards.js';
import { findEdition } from '../storage/editions.js';
import { briefly } from './briefly.js';
import { createFeedContext } from './feed-context.js';
import { handOffDone, handOffs, putUp } from './hand-offs.js';
import { createOfficialPosts } from './official-posts.js';
import { createProgramHistory } from './program-history.js';
import { createProgramPast } from './program-past.js';
import { shareTexts } from './share-texts.js';
import { createVisitors, keepPreferences } from './visitors.js';
import { socialAccounts } from './social-accounts.js';
import { counts, neglected } from '../storage/statistics.js';

/** What the pages need, from the context of an edition. */
export async function webContextOf(
  context: Context,
  report: (error: unknown, path: string) => void,
): Promise<WebContext> {
  const { clock, config, database, edition, events, ledger, timeline } = context;
  let latest = await context.inForce();
  const inForce = async () => (latest = await context.inForce());
  const pastOf = createProgramPast(context);
  const program = briefly(async () => {
    for (;;) {
      const current = await inForce();
      if (!current) return undefined;
      const { lookup, version } = current;
      const past = await pastOf(version);
      // Without: a newer version came between the two.
      if (past) return { lookup, version, past };
    }
  });
  const posts = createOfficialPosts(context);
  const changes = createProgramHistory(context);
  const visitors = createVisitors(context, (error) => report(error, '/sign-in'));
  return {
    clock,
    site: config.site,
    visitors,
    timeline,
    events,
    conference: () =>
      latest?.campaign.conference ?? {
        name: edition.title,
        zone: edition.zone,
        language: 'en',
        unitLabel: 'Track',
      },
    program,
    social: socialAccounts(config),
    canSignIn: true,
    keepPreferences: (headers, preferences) => keepPreferences(visitors, headers, preferences),
    postsAbout: (session) => posts.about(session),
    newestPosts: (network) => posts.newest(network),
    changes,
    feeds: createFeedContext(context),
    shareTexts: (session) => shareTexts(context, session),
    async due(ids) {
      const announcements = await ledger.list({ ids });
      return new Map(announcements.map(({ id, leadTime, dueAt }) => [id, { leadTime, dueAt }]));
    },
    async card(digest) {
      const card = await findCard(database, edition.id, digest);
      return card && context.cards.draw({ digest, card, alt: '' });
    },
    sessionCard: (key) => sessionCard(context, key),
    status: campaignStatus,
    async handOffs() {
      const waiting = (await handOffs(context)).handOffs;
      return waiting.map((one) => ({ ...one, until: Date.parse(one.until) }));
    },
    async putUp() {
      return (await putUp(context)).map((one) => ({ ...one, at: Date.parse(one.at) }));
    },
    async handOffDone(id, address) {
      await handOffDone(context, { id, address });
    },
    health: () => health(context),
    report,
  };

  async function campaignStatus(): Promise<CampaignStatus> {
    const [current, byState, program] = await Promise.all([
      findEdition(database, edition.id),
      counts(database, edition.id),
      inForce(),
    ]);
    const totals: Partial<Record<State, number>> = {};
    for (const { state, count } of byState) totals[state] = (totals[state] ?? 0) + count;
    const next = await Promise.all(
      config.accounts.map(async ({ account }) => {
        const [first] = await ledger.list({
          states: ['planned'],
          accounts: [account.id],
          limit: 1,
        });
        return (
          first && {
            network: first.network,
            at: first.dueAt,
            title: program?.lookup.session(first.sessions[0] ?? '')?.title ?? '',
          }
        );
      }),
    );
    return {
      ...(current?.paused && { paused: current.paused }),
      counts: totals,
      heldOn: networks.filter((network) =>
        byState.some((one) => one.state === 'held' && one.network === network && one.count > 0),
      ),
      next: next.filter((one) => one !== undefined).sort((one, other) => one.at - other.at),
    };
  }
}

async function sessionCard(context: Context, key: string): Promise<Picture | undefined> {
  const inForce = await context.inForce();
  const session = inForce?.lookup.session(key);
  const [account] = context.config.accounts;
  if (!inForce || !session || !account) return undefined;
  // The card does not depend on network, lead time or moment: any announcement of the session has it.
  const composed = await context.compose(
    {
      id: `page-${key}`,
      edition: context.edition.id,
      sessions: [key],
      account: account.account.id,
      network: account.account.network,
      leadTime: 'PT15M',
      round: 1,
      template: `${account.account.network}/PT15M`,
      dueAt: session.startsAt,
      expiresAt: session.startsAt,
    },
    inForce.version,
  );
  return composed.ok ? composed.content.picture : undefined;
}

async function health(context: Context): Promise<Health> {
  const checks: Record<string, { ok: boolean; detail?: string }> = {};
  const check = async (name: string, look: () => Promise<unknown>) => {
    try {
      await look();
      checks[name] = { ok: true };
    } catch (thrown) {
      checks[name] = { ok: false, detail: reasonOf(thrown) };
    }
  };
  await check('database', () => context.database.query('SELECT 1'));
  // With the queue away announcements go on from the database: worth a note, no reason to restart.
  await check('queue', () => context.queue.depth());
  // Another process publishes: restarting this one would not help, but whoever watches must see it.
  await check('publishing', async () => {
    const overdue = await neglected(context.database, context.edition.id, context.clock.now());
    if (overdue > 0) {
      throw new Error(`${String(overdue)} overdue, and nothing goes out: is a worker up?`);
    }
  });
  return { ok: checks.database?.ok === true, checks };
}
