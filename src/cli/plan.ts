import type { Command } from 'commander';
import { networks, networkNames, isNetwork, type Network } from '../campaign/network.js';
import { leadTimeLabel } from '../campaign/lead-time.js';
import { systemClock } from '../clock.js';
import type { Config } from '../config/config.js';
import { CallboardError } from '../errors.js';
import { ask } from '../operations/ask.js';
import {
  planTotals,
  type PlanOutput,
  type PlanProgress,
  type PlannedLine,
} from '../operations/plan.js';
import { timeWords } from '../site/time-words.js';
import { bothClocks, dayIn } from '../operations/both-clocks.js';
import {
  configOf,
  severalOf,
  terminalOf,
  wholeNumber,
  withEditionOption,
  withExamples,
  withJsonOption,
  withProgramOptions,
} from './command.js';
import { counted } from './moments.js';
import { startProgress } from './progress.js';
import { table } from './table.js';
import { json, plain, plainLines, type Terminal } from './terminal.js';

interface Options {
  readonly edition?: string;
  readonly network?: readonly Network[];
  readonly limit?: number;
  readonly all?: boolean;
  readonly texts?: boolean;
  readonly json?: boolean;
}

/** A plan, and whether it is that of an edition whose announcements stand. */
interface FoundPlan {
  readonly plan: PlanOutput;
  readonly stands: boolean;
}

/** A plan of which not all is shown. */
type ShownPlan = PlanOutput & {
  readonly hidden: number;
  readonly stands: boolean;
  readonly texts: boolean;
};

const shownUnlessAsked = 40;

/** So much of an id is shown: enough to be given back, as `show` takes it. */
const shownOfId = 8;

/** `callboard plan`: what would be announced when, with its texts. */
export function addPlan(program: Command): void {
  const command = program
    .command('plan')
    .description(
      'show what is announced when; with --program from that program, without a database',
    )
    .option('--network <name>', `only these: ${networks.join(', ')}`, severalOf(networks))
    .option('--limit <count>', 'at most so many, the soonest first', wholeNumber)
    .option('--texts', 'show the whole text of each (JSON always has them)')
    .option(
      '--all',
      `show all, not only the first ${String(shownUnlessAsked)} (JSON always has all)`,
    );
  withExamples(
    withJsonOption(withEditionOption(withProgramOptions(command))),
    'callboard plan',
    'callboard plan --program schedule.json --network bluesky,x',
    'callboard plan --texts --limit 5',
    'callboard plan --json | jq ".summary"',
  ).action(async (options: Options) => {
    const terminal = terminalOf(command);
    const bar = startProgress(terminal, 'composing');
    const { plan, stands } = await planFor(configOf(command), options.edition, ({ done, total }) =>
      bar.update(done, total),
    ).finally(() => bar.stop());
    const isJson = options.json === true;
    const limit = options.limit ?? (isJson || options.all === true ? Infinity : shownUnlessAsked);
    const { hidden, ...shown } = reduced(plan, options.network, limit);
    if (isJson) {
      terminal.out(json(shown));
      return;
    }
    const texts = options.texts === true;
    for (const line of planLines({ ...shown, hidden, stands, texts }, terminal)) terminal.out(line);
  });
}

/** The plan of what is stored; of the program itself when another is named, or nothing is stored yet. */
async function planFor(
  config: Config,
  edition: string | undefined,
  onProgress: (how: PlanProgress) => void,
): Promise<FoundPlan> {
  const fromProgram = async () => {
    const { planProgram } = await import('../operations/plan-program.js');
    return { plan: await planProgram(config, systemClock.now(), onProgress), stands: false };
  };
  if (config.program.replaced && edition === undefined) return fromProgram();
  try {
    const told = (progress: unknown) => onProgress(progress as PlanProgress);
    const { result } = await ask(config, 'plan', {}, { edition, onProgress: told });
    return { plan: result, stands: true };
  } catch (thrown) {
    const isNew = thrown instanceof CallboardError && thrown.code === 'edition-unknown';
    if (isNew && edition === undefined) return fromProgram();
    throw thrown;
  }
}

function reduced(
  plan: PlanOutput,
  only: readonly Network[] | undefined,
  limit: number,
): Omit<ShownPlan, 'stands' | 'texts'> {
  const meant = only
    ? plan.announcements.filter(({ network }) => only.some((one) => one === network))
    : plan.announcements;
  const announcements = meant.slice(0, limit);
  const { announcements: _all, firstDueAt: _first, lastDueAt: _last, ...rest } = plan.summary;
  return {
    announcements,
    summary: { ...rest, ...planTotals(meant) },
    hidden: meant.length - announcements.length,
  };
}

function planLines(
  { announcements, summary, hidden, stands, texts }: ShownPlan,
  terminal: Terminal,
) {
  const { bold, dim, yellow } = terminal.colours;
  const { zone, firstDueAt, lastDueAt } = summary;
  const byNetwork = Object.entries(summary.byNetwork)
    .map(([network, count]) => `${networkLabel(network)} ${String(count)}`)
    .join(', ');
  const days = [...new Set(announcements.map(({ dueAt }) => dayIn(Date.parse(dueAt), zone)))];
  return [
    `${bold(plain(summary.conference))} ${dim(`· edition ${summary.edition} · times in ${zone}`)}`,
    ...(stands
      ? ['what the rules want now; what stands, is held or was posted says callboard status']
      : []),
    `${counted(summary.announcements, 'announcement')} for ${counted(summary.sessions, 'session')}${byNetwork === '' ? '' : `: ${byNetwork}`}`,
    ...(firstDueAt !== undefined && lastDueAt !== undefined
      ? [
          `first ${bothClocks(Date.parse(firstDueAt), zone)}`,
          `last  ${bothClocks(Date.parse(lastDueAt), zone)}`,
        ]
      : []),
    ...(summary.problems > 0
      ? [yellow(`${counted(summary.problems, 'announcement')} without a text: see below`)]
      : []),
    ...summary.notes.map((note) => dim(`note: ${plain(note)}`)),
    ...days.flatMap((day) => {
      const ofDay = announcements.filter(({ dueAt }) => dayIn(Date.parse(dueAt), zone) === day);
      return [
        '',
        bold(day),
        ...(texts
          ? ofDay.flatMap((line) => textLines(line, zone, terminal))
          : [dayTable(ofDay, zone, terminal)]),
      ];
    }),
    ...(hidden > 0
      ? ['', dim(`… and ${String(hidden)} more: --all, or --limit with a greater number`)]
      : []),
  ];
}

function dayTable(lines: readonly PlannedLine[], zone: string, terminal: Terminal): string {
  const words = timeWords(zone);
  const { yellow } = terminal.colours;
  return table(
    terminal,
    [
      { name: 'due' },
      { name: 'network' },
      { name: 'lead time' },
      { name: 'length', right: true },
      { name: 'id' },
      { name: 'session' },
    ],
    lines.map((line) => [
      words.exact(Date.parse(line.dueAt)),
      networkLabel(line.network),
      leadTimeLabel(line.leadTime).replace(/ before$/, ''),
      line.length ? `${String(line.length.used)}/${String(line.length.limit)}` : yellow('none'),
      line.id.slice(0, shownOfId),
      titleWords(line, terminal),
    ]),
  );
}

/** One announcement with its whole text. */
function textLines(line: PlannedLine, zone: string, terminal: Terminal): readonly string[] {
  const { id, dueAt, network, leadTime, length, text = '' } = line;
  const { bold, dim } = terminal.colours;
  return [
    [
      timeWords(zone).exact(Date.parse(dueAt)),
      bold(networkLabel(network)),
      leadTimeLabel(leadTime),
      id.slice(0, shownOfId),
      titleWords(line, terminal),
    ].join('  '),
    ...plainLines(text).map((one) => `${dim('│')} ${one}`),
    ...(length ? [dim(`└ ${String(length.used)} of ${String(length.limit)} ${length.unit}`)] : []),
  ];
}

function titleWords(
  { title, held, problem }: Pick<PlannedLine, 'title' | 'held' | 'problem'>,
  { colours: { yellow } }: Terminal,
): string {
  return [
    plain(title),
    ...(held === undefined ? [] : [yellow(`(held: ${plain(held)})`)]),
    ...(problem === undefined ? [] : [yellow(`(${plain(problem)})`)]),
  ].join(' ');
}

function networkLabel(network: string): string {
  return isNetwork(network) ? networkNames[network] : plain(network);
}
