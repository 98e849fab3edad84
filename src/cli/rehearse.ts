import type { Command } from 'commander';
import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { CallboardError, reasonOf } from '../errors.js';
import { rehearse, type RehearsalOptions } from '../operations/rehearsal/rehearse.js';
import { rehearsalReport } from '../operations/rehearsal/report.js';
import { toIso } from '../program/time.js';
import { configOf, terminalOf, withExamples, withProgramOptions } from './command.js';
import { startProgress } from './progress.js';
import { rehearsalLines } from './rehearsal-lines.js';

interface Options {
  readonly from?: string;
  readonly to?: string;
  readonly report?: string;
  readonly json?: boolean;
  readonly limits: boolean;
  readonly faults?: string;
}

/** `callboard rehearse`: the whole campaign in a minute. */
export function addRehearse(program: Command): void {
  const command = program
    .command('rehearse')
    .description('play the whole campaign on a simulated clock; nothing leaves this machine');
  withExamples(
    withProgramOptions(command)
      .option('--from <moment>', 'begin then, on the clock of the conference: 2026-03-01T09:00')
      .option('--to <moment>', 'leave out what is due after then')
      .option('--report <file>', 'write a report: one HTML file that needs nothing else')
      .option('--json', 'print the result as JSON')
      .option('--no-limits', 'without pace, delays and daily limits of the networks')
      .option('--faults <percent>', 'let so many requests fail at first'),
    'callboard rehearse',
    'callboard rehearse --program schedule.json --report rehearsal.html',
    'callboard rehearse --no-limits --json',
  ).action(() => run(command));
}

async function run(command: Command): Promise<void> {
  const options = command.opts<Options>();
  const config = configOf(command);
  const terminal = terminalOf(command);
  const { report, json = false } = options;
  const progress = startProgress(terminal, 'rehearsing');
  const stopping = new AbortController();
  const stop = () => stopping.abort();
  process.once('SIGINT', stop).once('SIGTERM', stop);
  try {
    const rehearsal = await rehearse(config, {
      ...periodOf(options),
      limits: options.limits,
      faults: percentOf(options.faults),
      samples: report !== undefined,
      signal: stopping.signal,
      onProgress: (_stage, done, total, now) => {
        progress.update(done, total, now === undefined ? '' : toIso(now).slice(0, 16));
      },
    });
    progress.stop();
    const { result } = rehearsal;
    if (report !== undefined) await write(resolve(report), await rehearsalReport(rehearsal));
    if (json) terminal.out(JSON.stringify(result, null, 2));
    else for (const line of rehearsalLines(result, terminal, report)) terminal.out(line);
    if (result.findings.length > 0) throw findings(result.findings);
  } finally {
    progress.stop();
    process.off('SIGINT', stop).off('SIGTERM', stop);
  }
}

function periodOf({ from, to }: Options): Pick<RehearsalOptions, 'from' | 'to'> {
  return { ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
}

function percentOf(text = '0'): number {
  const percent = Number(text);
  if (text.trim() !== '' && percent >= 0 && percent <= 100) return percent;
  throw new CallboardError(
    'percent-invalid',
    { place: '--faults', problem: 'it is no percentage', remedy: 'Write a number from 0 to 100' },
    'usage',
  );
}

async function write(file: string, html: string): Promise<void> {
  try {
    await writeFile(file, html);
  } catch (thrown) {
    throw new CallboardError(
      'report-not-written',
      {
        place: file,
        problem: `the report could not be written (${reasonOf(thrown)})`,
        remedy: 'Name a file in a folder that you may write to',
      },
      'storage',
    );
  }
}

function findings(found: readonly string[]): CallboardError {
  return new CallboardError(
    'rehearsal-findings',
    {
      place: 'rehearsal',
      problem: found.join(' ').replace(/\.$/, ''),
      remedy: 'This is a bug of Callboard: please report it with the output of --json',
    },
    'findings',
  );
}
