import { canonicalLeadTime, standardLeadTimes } from '../campaign/lead-time.js';
import { parseAccount, type Network } from '../campaign/network.js';
import { parseClockSpan } from './fields.js';
import type { SettingFault } from './verdict.js';

/**
 * Finds settings that contradict one another. It looks at the data as written and trusts nothing in it, so that these faults are
 * reported together with all others.
 */
export function contradictions(data: unknown): readonly SettingFault[] {
  const top = group(data);
  const common = leadTimesOf(top.leads) ?? standardLeadTimes;
  const accounts = list(top.accounts);
  return [
    ...quietAllDay(top.quietHours),
    ...repeated(list(top.leads).map(canonical), ['leads'], 'the same lead time stands here twice'),
    ...repeated(accounts.map(idOf), ['accounts'], 'the same account stands here twice'),
    ...accounts.flatMap((entry, at) => accountFaults(group(entry), ['accounts', at], common)),
  ];
}

/** Settings that one network alone has. */
const ownSettings: readonly { setting: string; of: Network; hint: string }[] = [
  { setting: 'textLimit', of: 'youtube', hint: 'Leave it out; it is for YouTube accounts only' },
  { setting: 'links', of: 'x', hint: 'Leave it out; it is for X accounts only' },
  { setting: 'way', of: 'youtube', hint: 'Leave it out; it is for YouTube accounts only' },
  { setting: 'topicTag', of: 'threads', hint: 'Leave it out; it is for Threads accounts only' },
];
/** Settings that only live accounts have. */
const liveSettings = ['caps', 'server'];

function accountFaults(
  entry: Group,
  path: readonly (string | number)[],
  common: readonly string[],
): readonly SettingFault[] {
  const leads = leadTimesOf(entry.leads) ?? common;
  const network = parseAccount(idOf(entry) ?? '')?.network;
  const idle = ['graces', 'templates'].flatMap((name) =>
    Object.keys(group(entry[name]))
      .filter((key) => {
        const leadTime = canonicalLeadTime(key);
        return leadTime !== undefined && !leads.includes(leadTime);
      })
      .map((key) => ({
        path: [...path, name, key],
        problem: `this account has no lead time ${key}`,
        hint: `Its lead times are ${leads.join(', ')}`,
      })),
  );
  const foreign = ownSettings.flatMap(({ setting, of, hint }) =>
    entry[setting] !== undefined && network !== undefined && network !== of
      ? [{ path: [...path, setting], problem: `${network} has no such setting`, hint }]
      : [],
  );
  const live = parseAccount(idOf(entry) ?? '')?.mode === 'preview' ? liveSettings : [];
  const needless = live
    .filter((setting) => entry[setting] !== undefined)
    .map((setting) => ({
      path: [...path, setting],
      problem: 'a preview account has no use for it',
      hint: 'Leave it out, or write a live account such as bluesky:@meeting.bsky.social',
    }));
  const twice = 'the same lead time stands here twice';
  return [
    ...repeated(list(entry.leads).map(canonical), [...path, 'leads'], twice),
    ...idle,
    ...foreign,
    ...needless,
  ];
}

function quietAllDay(quiet: unknown): readonly SettingFault[] {
  const { from, to } = typeof quiet === 'string' ? (parseClockSpan(quiet) ?? {}) : group(quiet);
  if (from === undefined || from !== to) return [];
  return [
    {
      path: ['quietHours'],
      problem: 'they begin and end at the same time',
      hint: 'Write two times, such as 22:00-07:00, or leave quietHours out',
    },
  ];
}

function repeated(
  values: readonly (string | undefined)[],
  path: readonly (string | number)[],
  problem: string,
): readonly SettingFault[] {
  return values.flatMap((value, at) =>
    value !== undefined && values.indexOf(value) < at
      ? [{ path: [...path, at], problem, hint: 'Leave one of the two out' }]
      : [],
  );
}

function leadTimesOf(value: unknown): readonly string[] | undefined {
  if (value === undefined) return undefined;
  return list(value).flatMap((one) => canonical(one) ?? []);
}

function canonical(value: unknown): string | undefined {
  return typeof value === 'string' ? canonicalLeadTime(value) : undefined;
}

function idOf(entry: unknown): string | undefined {
  const id = typeof entry === 'string' ? entry : group(entry).account;
  return typeof id === 'string' ? id : undefined;
}

type Group = Readonly<Record<string, unknown>>;

function group(value: unknown): Group {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Group)
    : {};
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
