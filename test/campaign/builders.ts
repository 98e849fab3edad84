import { humaneCaps, usualAttachments } from '../../src/campaign/account-manners.js';
import type { AccountRules, Campaign, LeadRule } from '../../src/campaign/campaign.js';
import { defaultGrace } from '../../src/campaign/deadlines.js';
import { parseAccount } from '../../src/campaign/network.js';
import { lookup, type ProgramLookup } from '../../src/program/lookup.js';
import type { Session } from '../../src/program/model.js';

/** Milliseconds of an ISO 8601 moment. */
export const at = (iso: string): number => Date.parse(iso);

/** A session with a start; the rest is filled in. */
export function session(key: string, startsAt: number, more: Partial<Session> = {}): Session {
  return {
    key,
    aliases: [`id:${key}`],
    title: `Session ${key}`,
    startsAt,
    endsAt: startsAt + 3_600_000,
    languages: [],
    links: [],
    cancelled: false,
    people: [],
    presentations: [],
    ...more,
  };
}

/** A program of these sessions, with two rooms and two units. */
export function program(sessions: readonly Session[]): ProgramLookup {
  return lookup({
    title: 'Meeting',
    zone: 'Europe/Berlin',
    sessions,
    people: [],
    rooms: [
      { key: 'hall', name: 'Hall 1' },
      { key: 'tba', name: 'TBA' },
    ],
    units: [
      { key: 'methods', name: 'Political Methodology' },
      { key: 'theory', name: 'Theory' },
    ],
  });
}

/** Rules for one account at these lead times. */
export function rules(
  id: string,
  leadTimes: readonly string[],
  more: Partial<AccountRules> = {},
): AccountRules {
  const account = parseAccount(id);
  if (account === undefined) throw new Error(`no account: ${id}`);
  const leads: LeadRule[] = leadTimes.map((leadTime) => ({
    leadTime,
    template: `${account.network}/${leadTime}`,
    grace: defaultGrace(leadTime),
  }));
  const nothing = { units: [], types: [], rooms: [] };
  return {
    account,
    leads,
    only: nothing,
    except: nothing,
    links: 'always',
    attach: usualAttachments[account.network],
    caps: humaneCaps[account.network],
    ...more,
  };
}

/** A campaign that began in 2025 and announces on Bluesky a day and a quarter of an hour before. */
export function campaign(more: Partial<Campaign> = {}): Campaign {
  return {
    edition: 'meeting-2026',
    conference: {
      name: 'Meeting',
      zone: 'Europe/Berlin',
      hashtags: [],
      unitLabel: 'Division',
      language: 'en',
    },
    site: 'https://program.example.org',
    beganAt: at('2025-01-01T00:00:00Z'),
    accounts: [rules('preview:bluesky', ['P1D', 'PT15M'])],
    approval: false,
    holdWithoutRoom: false,
    ...more,
  };
}
