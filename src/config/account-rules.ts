import { humaneCaps, humanePaces, usualAttachments } from '../campaign/account-manners.js';
import type { AccountRules, LeadRule, SessionFilter } from '../campaign/campaign.js';
import { defaultGrace } from '../campaign/deadlines.js';
import {
  canonicalLeadTime,
  compareLeadTimes,
  spanMs,
  standardLeadTimes,
} from '../campaign/lead-time.js';
import { parseAccount, type Account, type Network } from '../campaign/network.js';
import type { ConfigFile } from './schema.js';

type Entry = Exclude<ConfigFile['accounts'][number], string>;

/** The rules of every account, with what is said for all of them filled in. Only for a file that was judged valid. */
export function accountRules(file: ConfigFile): readonly AccountRules[] {
  return file.accounts
    .map((entry) => (typeof entry === 'string' ? { account: entry } : entry))
    .map((entry) => rulesOf(entry, file));
}

function rulesOf(entry: Entry, file: ConfigFile): AccountRules {
  const account = parseAccount(entry.account);
  if (account === undefined) throw new Error(`the config let ${entry.account} pass`);
  return {
    account,
    leads: leadRules(entry, account.network, file),
    only: filterOf(entry.only),
    except: filterOf(entry.except),
    ...paceOf(entry, account),
    links: entry.links ?? 'always',
    attach: entry.attach ?? usualAttachments[account.network],
    caps: capsOf(entry, account.network),
    ...(entry.server !== undefined && { server: entry.server.replace(/\/+$/, '') }),
    ...(account.network === 'youtube' && { way: entry.way ?? 'by-hand' }),
    ...(entry.topicTag !== undefined && { topicTag: entry.topicTag }),
    ...(entry.textLimit !== undefined && { textLimit: entry.textLimit }),
  };
}

/** A preview has no followers who could be flooded. */
function paceOf({ pace }: Entry, { mode, network }: Account): Pick<AccountRules, 'pace'> {
  if (pace !== undefined) return { pace: { posts: pace.posts, perMs: spanMs(pace.per) } };
  return mode === 'live' ? { pace: humanePaces[network] } : {};
}

function capsOf({ caps = {} }: Entry, network: Network): AccountRules['caps'] {
  const humane = humaneCaps[network];
  return {
    perHour: caps.perHour ?? humane.perHour,
    perDay: caps.perDay ?? humane.perDay,
    microUsd: caps.usd === undefined ? humane.microUsd : Math.round(caps.usd * 1_000_000),
  };
}

function leadRules(entry: Entry, network: Network, file: ConfigFile): readonly LeadRule[] {
  const graces = { ...byLeadTime(file.graces), ...byLeadTime(entry.graces) };
  const templates = byLeadTime(entry.templates);
  const leadTimes = (entry.leads ?? file.leads ?? standardLeadTimes).map(canonical);
  return leadTimes.sort(compareLeadTimes).map((leadTime) => ({
    leadTime,
    template: templates[leadTime] ?? `${network}/${leadTime}`,
    grace: graces[leadTime] ?? defaultGrace(leadTime),
  }));
}

function byLeadTime(
  values: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(values).map(([lead, value]) => [canonical(lead), value]),
  );
}

function canonical(leadTime: string): string {
  return canonicalLeadTime(leadTime) ?? leadTime;
}

function filterOf(filter: Entry['only']): SessionFilter {
  return {
    units: filter?.units ?? [],
    types: filter?.types ?? [],
    rooms: filter?.rooms ?? [],
  };
}
