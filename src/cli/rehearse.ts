import { InvalidArgumentError, type Command } from 'commander';
import { access, constants, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { toIso } from '../program/time.js';
import {
  configOf,
  endWith,
  terminalOf,
  withExamples,
  withJsonOption,
  withProgramOptions,
  worldOf,
} from './command.js';
import { notWritten } from './not-written.js';
import { startProgress } from './progress.js';
import { rehearsalLines } from './rehearsal-lines.js';
import { json } from './terminal.js';

interface Options {
  readonly from?: string;
  readonly to?: string;
  readonly report?: string;
  readonly json?: boolean;
  readonly limits: boolean;
  readonly faults?: number;
}

/** `callboard rehearse`: the whole campaign in a minute. */
export function addRehearse(program: Command): void {
  const command = program
    .command('rehearse')
    .description('play the whole campaign on a simulated clock; nothing leaves this machine');
  withExamples(
    withJsonOption(
      withProgramOptions(command)
        .option(
          '--from <moment>',
          'begin then, on the clock of the conference: 2026-03-01 or 2026-03-01T09:30',
        )
        .option('--to <moment>', 'leave out what is due after then')
        .option('--report <file>', 'write a report: one HTML file that needs nothing else')
        .option('--no-limits', 'without pace, delays and post limits of the networks')
        .option('--faults <percent>', 'let so many announcements fail at first', percent),
    ),
    'callboard rehearse',
    'callboard rehearse --program schedule.json --report rehearsal.html',
    'callboard rehearse --no-limits --json',
    'callboard rehearse --from 2026-03-01 --to 2026-03-02T18:00 --faults 5',
  ).action((options: Options) => run(command, options));
}

async function run(command: Command, options: Options): Promise<void> {
  const config = configOf(command);
  const terminal = terminalOf(command);
  const { from, to, report, limits, faults } = options;
  const file = report === undefined ? undefined : resolve(worldOf(command).cwd, report);
  // Before a minute of work, not after it.
  if (file !== undefined) await writing(file, () => access(dirname(file), constants.W_OK));
  const progress = startProgress(terminal, 'rehearsing');
  try {
    const { rehearse } = await import('../operations/rehearsal/rehearse.js');
    const rehearsal = await rehearse(config, {
      from,
      to,
      limits,
      faults,
      samples: report !== undefined,
      signal: worldOf(command).askedToEnd(),
      onProgress: (done, total, now) => progress.update(done, total, toIso(now).slice(0, 16)),
    });
    progress.stop();
    const { result } = rehearsal;
    if (file !== undefined) {
      const { rehearsalReport } = await import('../operations/rehearsal/report.js');
      const html = await rehearsalReport(rehearsal);
      await writing(file, () => writeFile(file, html));
    }
    if (options.json === true) terminal.out(json(result));
    else for (const line of rehearsalLines(result, terminal, report)) terminal.out(line);
    for (const finding of result.findings) terminal.err(`${terminal.colours.red('✗')} ${finding}`);
    if (result.findings.length > 0) endWith(command, 'findings');
  } finally {
    progress.stop();
  }
}

function percent(text: string): number {
  if (/^\d{1,3}(\.\d+)?$/.test(text) && Number(text) <= 100) return Number(text);
  throw new InvalidArgumentError('it must be a number from 0 to 100.');
}

async function writing(file: string, step: () => Promise<void>): Promise<void> {
  try {
    await step();
  } catch (thrown) {
    throw notWritten(file, thrown);
  }
}
