import type { AccountRules } from '../../campaign/campaign.js';
import { createComposer, type Composer } from '../../compose/compose.js';
import { campaignFrom } from '../../config/campaign.js';
import type { Config } from '../../config/config.js';
import { readTemplates, templateFolders } from '../../config/templates.js';
import { dueMoment } from '../../campaign/lead-time.js';
import { lookup, type ProgramLookup } from '../../program/lookup.js';
import type { Program, Session } from '../../program/model.js';
import { failure, fine, type Finding } from './finding.js';

/** Composes every lead time of every account, and every other template of its network, for the session with the most to say. */
export function templateFindings(config: Config, program: Program): readonly Finding[] {
  const templates = readTemplates(templateFolders(config));
  const { title, zone } = program;
  const campaign = campaignFrom(config, { edition: 'doctor', beganAt: 0, title, zone });
  const composer = createComposer({ campaign, templates });
  const found = lookup(program);
  const longest = longestSession(program);
  const findings: Finding[] = [];
  let composed = 0;
  for (const rules of config.accounts) {
    const { network } = rules.account;
    const own = [...templates.keys()].filter((name) => name.startsWith(`${network}/`));
    const named = rules.leads.map(({ template, leadTime }) => ({ template, leadTime }));
    const others = [...own, 'default']
      .filter((template) => !named.some((one) => one.template === template))
      .flatMap((template) => rules.leads.map(({ leadTime }) => ({ template, leadTime })));
    const broken = new Set<string>();
    for (const one of [...named, ...others]) {
      composed += 1;
      const problem = compose(
        { composer, found, longest, rules, zone: campaign.conference.zone },
        one,
      );
      if (problem) broken.add(JSON.stringify(problem));
    }
    for (const text of broken) {
      const { place, problem, remedy } = JSON.parse(text) as {
        place: string;
        problem: string;
        remedy: string;
      };
      findings.push(failure('templates', `${rules.account.id}: ${place}: ${problem}`, remedy));
    }
  }
  if (findings.length > 0) return findings;
  return [
    fine(
      'templates',
      `${String(composed)} texts of the longest session fit: every template with every lead time of its accounts`,
    ),
  ];
}

function compose(
  given: {
    readonly composer: Composer;
    readonly found: ProgramLookup;
    readonly longest: Session;
    readonly rules: AccountRules;
    readonly zone: string;
  },
  { template, leadTime }: { readonly template: string; readonly leadTime: string },
) {
  const { composer, found, longest, rules, zone } = given;
  const { id: account, network } = rules.account;
  const composed = composer.compose(
    {
      id: `doctor, ${leadTime}`,
      edition: 'doctor',
      sessions: [longest.key],
      account,
      network,
      leadTime,
      round: 1,
      template,
      dueAt: dueMoment(longest.startsAt, leadTime, zone),
      expiresAt: longest.startsAt,
    },
    found,
    1,
  );
  return composed.ok ? undefined : composed.problem;
}

/** The one whose own words and people's names are the most. */
function longestSession({ sessions }: Program): Session {
  const sizeOf = ({ title, subtitle = '', people, presentations }: Session) =>
    title.length +
    subtitle.length +
    20 * people.length +
    presentations.reduce((sum, one) => sum + one.title.length + 20 * one.people.length, 0);
  return sessions.reduce((longest, one) => (sizeOf(one) > sizeOf(longest) ? one : longest));
}
