import type { Command } from 'commander';
import { ConfigError } from '../config/faults.js';
import { areas, failure, type Finding } from '../operations/doctor/finding.js';
import type { Examination } from '../operations/examine.js';
import {
  configOf,
  endWith,
  terminalOf,
  withEditionOption,
  withExamples,
  withJsonOption,
} from './command.js';
import { counted } from './moments.js';
import { json, plain, type Terminal } from './terminal.js';

interface Options {
  readonly edition?: string;
  readonly json?: boolean;
}

/** `callboard doctor`: looks at every part and says what to do. */
export function addDoctor(program: Command): void {
  const command = program
    .command('doctor')
    .description('look at config, accounts, database, clock, queue, program and templates');
  withExamples(
    withJsonOption(withEditionOption(command)),
    'callboard doctor',
    'callboard doctor --config meeting.yaml --json',
  ).action(async ({ edition, json: isJson }: Options) => {
    const terminal = terminalOf(command);
    const { findings, by } = await examined(command, edition);
    const failures = findings.filter(({ verdict }) => verdict === 'failure').length;
    const warnings = findings.filter(({ verdict }) => verdict === 'warning').length;
    if (isJson === true)
      terminal.out(json({ ok: failures === 0, by, failures, warnings, findings }));
    else {
      for (const line of findingLines(findings, terminal)) terminal.out(line);
      terminal.out('');
      terminal.out(
        `${counted(failures, 'failure')}, ${counted(warnings, 'warning')}${by === 'running process' ? ' (the running process looked)' : ''}`,
      );
    }
    if (failures > 0) endWith(command, 'findings');
  });
}

async function examined(command: Command, edition: string | undefined): Promise<Examination> {
  try {
    const { examine } = await import('../operations/examine.js');
    return await examine(configOf(command), edition);
  } catch (thrown) {
    if (!(thrown instanceof ConfigError)) throw thrown;
    const findings = thrown.faults.map(({ source, line, setting, problem, hint }) =>
      failure(
        'config',
        `${source}${line === undefined ? '' : `:${String(line)}`}: ${setting === '' ? '' : `${setting}: `}${problem}`,
        hint ?? 'Correct it; without a valid config nothing else can be looked at',
      ),
    );
    return { findings, by: 'this process' };
  }
}

function findingLines(findings: readonly Finding[], { colours }: Terminal): readonly string[] {
  const marks = {
    ok: colours.green('✓ ok     '),
    warning: colours.yellow('! warning'),
    failure: colours.red('✗ failure'),
  };
  const longest = Math.max(...areas.map(({ length }) => length));
  return findings.flatMap(({ area, verdict, finding, remedy }) => [
    `${marks[verdict]}  ${area.padEnd(longest)}  ${plain(finding)}`,
    ...(remedy === undefined ? [] : [`${' '.repeat(longest + 13)}→ ${plain(remedy)}`]),
  ]);
}
