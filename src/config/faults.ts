import { CallboardError, type Complaint } from '../errors.js';

/** One thing that is wrong with the config or the environment. */
export interface Fault {
  /** The config file, `environment` or `command line`. */
  readonly source: string;
  /** Counted from 1; only in files. */
  readonly line?: number;
  /** Which setting: `accounts[1].leads[0]`, `DATABASE_URL`; empty for the whole. */
  readonly setting: string;
  /** What is wrong, as a clause without its full stop. */
  readonly problem: string;
  /** What to do, as a sentence without its full stop. */
  readonly hint?: string;
}

/** Everything that is wrong with config and environment, in one error: a summary line, then one line per fault. */
export class ConfigError extends CallboardError {
  constructor(readonly faults: readonly Fault[]) {
    super('config-invalid', complaintOf(faults), 'usage');
    this.message = messageOf(faults);
  }
}

/**
 * One fault as a line.
 *
 * @example faultLine({ source: 'callboard.yaml', line: 7, setting: 'zone', problem: 'Berln is no time zone', hint: 'Did you mean Europe/Berlin?' })
 * // 'callboard.yaml:7: zone: Berln is no time zone. Did you mean Europe/Berlin?'
 */
function faultLine(fault: Fault): string {
  const { problem, hint } = fault;
  const clauses = [
    fault.setting === '' ? problem : `${fault.setting}: ${problem}`,
    ...(hint === undefined ? [] : [hint]),
  ];
  return `${placeOf(fault)}: ${clauses.map((clause) => (/[.?!]$/.test(clause) ? clause : `${clause}.`)).join(' ')}`;
}

function placeOf({ source, line }: Fault): string {
  return line === undefined ? source : `${source}:${line}`;
}

function messageOf(faults: readonly Fault[]): string {
  const lines = faults.map(faultLine);
  if (lines.length < 2) return lines.join('');
  const summary = `config: ${lines.length} things are wrong. Correct them and start again.`;
  return [summary, ...lines.map((line) => `  ${line}`)].join('\n');
}

function complaintOf(faults: readonly Fault[]): Complaint {
  const [first] = faults;
  const remedy = 'Correct it and start again';
  if (first === undefined || faults.length > 1) {
    return { place: 'config', problem: `${faults.length} things are wrong`, remedy };
  }
  const place = [placeOf(first), first.setting].filter((part) => part !== '').join(': ');
  return { place, problem: first.problem, remedy: first.hint ?? remedy };
}
