import { planAnnouncements } from '../src/campaign/plan.js';
import { createComposer } from '../src/compose/compose.js';
import { lookup } from '../src/program/lookup.js';
import { buildCampaign, buildProgram } from '../test/support/programs.js';
import { shippedTemplates } from '../test/support/templates.js';
import { ms, timed, times, type Row } from './row.js';

const first = Date.UTC(2030, 4, 1, 7);
const leads = ['P1D', 'PT1H', 'PT15M'];

/** Planning (times and states only) at two sizes, and composing apart. */
export function planning(): readonly Row[] {
  const campaign = threeLeads();
  const [small, large] = [1_000, 10_000].map((sessions) => lookup(programOf(sessions)));
  if (!small || !large) throw new Error('two sizes');
  const smallMs = timed(5, () => planAnnouncements(small, campaign));
  const largeMs = timed(5, () => planAnnouncements(large, campaign));
  const composer = createComposer({ campaign, templates: shippedTemplates });
  const { announcements } = planAnnouncements(small, campaign);
  const composeMs = timed(3, () => {
    for (const one of announcements) composer.compose(one, small, 1);
  });
  return [
    {
      what: 'plan 10,000 sessions × 4 networks × 3 leads (120,000 announcements)',
      figure: ms(largeMs),
      beside: `1,000 sessions: ${ms(smallMs)}`,
      ratio: times(largeMs, smallMs),
      goal: '≤ 2 s; near 10 ×',
    },
    {
      what: 'compose one announcement (text, card content, digest)',
      figure: ms(composeMs / announcements.length),
      beside: `planning one: ${ms(smallMs / announcements.length)}`,
      ratio: times(composeMs, smallMs),
      goal: '—',
    },
  ];
}

function threeLeads() {
  const campaign = buildCampaign({ beganAt: 0 });
  return {
    ...campaign,
    accounts: campaign.accounts.map((rules) => ({
      ...rules,
      leads: rules.leads.filter(({ leadTime }) => leads.includes(leadTime)),
    })),
  };
}

function programOf(sessions: number) {
  return buildProgram(
    Array.from({ length: sessions }, (_, index) => ({
      title: `Session ${String(index)} on what nobody had counted before`,
      start: new Date(first + Math.floor(index / 40) * 15 * 60_000).toISOString(),
      room: `Room ${String(index % 40)}`,
      unit: `Section ${String(index % 12)}`,
      people: ['Ada Example', 'Bo Sample', `Person ${String(index)}`],
    })),
  );
}
