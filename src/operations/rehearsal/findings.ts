import { releasedByPerson, type State } from '../../campaign/announcement.js';
import type { Campaign } from '../../campaign/campaign.js';
import type { Plan } from '../../campaign/plan.js';
import { counted } from '../../site/time-words.js';
import type { Reason } from './reasons.js';
import type { Tally } from './tally.js';
import type { Witness } from './witness.js';

/** What does not fit between the plan, the ledger and the networks, in sentences; nothing when all is accounted for. */
export function findingsOf(
  { planned, duplicates, ...counts }: Tally,
  states: ReadonlyMap<string, State>,
  { plan, witness }: { readonly plan: Plan; readonly witness: Witness },
): readonly string[] {
  const found: string[] = [];
  const say = (number: number, noun: string, words: string | { one: string; many: string }) => {
    if (number === 0) return;
    const said = typeof words === 'string' ? words : number === 1 ? words.one : words.many;
    found.push(`${counted(number, noun)} ${said}.`);
  };
  const sum = Object.values(counts).reduce((total, one) => total + one, 0);
  const posted = new Set(witness.posts.map(({ announcement }) => announcement));
  const published = [...states].filter(([, state]) => state === 'published');
  const stray = [...posted].filter(
    (id) => !['published', 'uncertain'].includes(states.get(id) ?? ''),
  );
  say(duplicates, 'post', {
    one: 'was accepted by a network that announces what was announced already',
    many: 'were accepted by a network that announce what was announced already',
  });
  const apart = `between the plan (${String(plan.announcements.length)}) and what the ledger took (${String(planned)})`;
  say(Math.abs(plan.announcements.length - planned), 'announcement', {
    one: `differs ${apart}`,
    many: `differ ${apart}`,
  });
  const ends = `not accounted for: ${String(planned)} were planned, the ends add up to ${String(sum)}`;
  say(Math.abs(planned - sum), 'announcement', { one: `is ${ends}`, many: `are ${ends}` });
  say(published.filter(([id]) => !posted.has(id)).length, 'announcement', {
    one: 'is published in the ledger, but no network saw it',
    many: 'are published in the ledger, but no network saw them',
  });
  say(stray.length, 'announcement', {
    one: 'stands on a network, but the ledger does not say so',
    many: 'stand on a network, but the ledger does not say so',
  });
  return found;
}

/** What no text could be made for: the same will be held in earnest. Each cause once. */
export function withoutText(reasons: readonly Reason[]): readonly string[] {
  const causes = new Map<string, number>();
  for (const { state, reason, count } of reasons) {
    const [, cause] = /^template: (.*)$/s.exec(state === 'held' ? reason : '') ?? [];
    if (cause !== undefined) causes.set(cause, (causes.get(cause) ?? 0) + count);
  }
  return [...causes].map(
    ([cause, count]) =>
      `${counted(count, 'announcement')} ${count === 1 ? 'was' : 'were'} held for want of a text: ${cause}.`,
  );
}

/** What a rehearsal cannot tell, in sentences. */
export function remarksOn(
  reasons: readonly Reason[],
  { accounts }: Pick<Campaign, 'accounts'>,
): readonly string[] {
  const held = reasons
    .filter(
      ({ state, reason }) => state === 'held' && releasedByPerson.some((one) => one === reason),
    )
    .reduce((sum, one) => sum + one.count, 0);
  const isLive = accounts.some(({ account }) => account.mode === 'live');
  return [
    ...(held === 0
      ? []
      : [
          `${counted(held, 'announcement')} waited for release to the end: in earnest a person lets them go with \`callboard release\`, here nobody does.`,
        ]),
    ...(isLive
      ? [
          'The caps of live accounts were not played: `callboard budget` holds the campaign against them.',
        ]
      : []),
  ];
}
