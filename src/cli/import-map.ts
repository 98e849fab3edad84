import { intro, outro, select } from '@clack/prompts';
import type { Command } from 'commander';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { Config } from '../config/config.js';
import { packageRoot } from '../config/package-root.js';
import { writeColumns } from '../config/write-columns.js';
import { CallboardError } from '../errors.js';
import { fetchProgram } from '../program/fetch/fetch-program.js';
import { unreadable } from '../program/problem.js';
import { fieldsOf, mappableFields, withColumns } from '../program/table/edit-mapping.js';
import type { TableMapping } from '../program/table/mapping.js';
import { openSheets } from '../program/table/open-sheets.js';
import { proposeMapping, type Proposal } from '../program/table/propose.js';
import { configOf, terminalOf } from './command.js';
import { notWritten } from './not-written.js';
import { answered } from './prompts.js';
import { table } from './table.js';
import { json, plain, type Terminal } from './terminal.js';

/** How the mapping is given out. */
export interface MapOptions {
  readonly json?: boolean;
  /** Puts it into the config file. */
  readonly write?: boolean;
}

/**
 * `callboard import --map`: proposes which columns of the spreadsheet are what, lets a person change it where one is there, and writes it down as YAML, as JSON
 * or into the config file.
 *
 * @throws CallboardError exit `program` where it is no spreadsheet, or title or start stay open
 */
export async function mapColumns(
  command: Command,
  { json: asJson = false, write = false }: MapOptions,
): Promise<void> {
  const terminal = terminalOf(command);
  const config = configOf(command);
  if (write) refuseToWrite(config);
  const { documents, address } = await fetchProgram(config.program.address);
  const proposal = proposeMapping(openSheets(documents, address));
  const { mapping, taken, left, missing } = proposal;
  if (asJson) terminal.out(json({ address, columns: mapping, taken, left, missing }));
  const columns = asJson || !terminal.canAsk ? mapping : await confirmed(terminal, proposal);
  if (!asJson && !terminal.canAsk) show(terminal, proposal, mapping, (line) => terminal.err(line));
  const open = openFields(proposal, columns);
  if (open.length > 0) throw stillOpen(open, proposal, address);
  if (write) writeInto(config, columns, terminal);
  else if (!asJson) for (const line of yamlOf(config, columns)) terminal.out(line);
}

/** The table of a mapping: fields, their columns and what stands in them; then what is left. */
function show(
  terminal: Terminal,
  proposal: Proposal,
  mapping: TableMapping,
  say: (line: string) => void,
): void {
  const samples = new Map(
    [...proposal.taken, ...proposal.left].map((one) => [one.column, one.samples.join(' · ')]),
  );
  const guessed = new Set(
    proposal.taken.filter(({ by }) => by === 'values').map(({ column }) => column),
  );
  const rows = fieldsOf(mapping).map(({ field, columns }) => [
    field,
    columns.map((name) => plain(name) + (guessed.has(name) ? ' ?' : '')).join(' + '),
    plain(columns.map((name) => samples.get(name) ?? '').join(' | ')),
  ]);
  say(table(terminal, [{ name: 'FIELD' }, { name: 'COLUMN' }, { name: 'IN IT' }], rows));
  const used = new Set(fieldsOf(mapping).flatMap(({ columns }) => columns));
  const left = [...samples.keys()].filter((name) => !used.has(name));
  if (left.length > 0) say(terminal.colours.dim(`not used: ${left.map(plain).join(', ')}`));
}

async function confirmed(terminal: Terminal, proposal: Proposal): Promise<TableMapping> {
  intro('Which column is what');
  let { mapping } = proposal;
  for (const field of openFields(proposal, mapping))
    mapping = await chosen(proposal, mapping, field);
  for (;;) {
    show(terminal, proposal, mapping, (line) => terminal.out(line));
    const next = await answered(
      select({
        message: 'Is that right?',
        maxItems: 12,
        options: [
          { value: '', label: 'Yes' },
          ...mappableFields.map((field) => ({ value: field, label: `Change ${field}` })),
        ],
      }),
    );
    if (next === '') break;
    mapping = await chosen(proposal, mapping, next);
  }
  outro('Thank you');
  return mapping;
}

async function chosen(
  { taken, left }: Proposal,
  mapping: TableMapping,
  field: string,
): Promise<TableMapping> {
  const columns = new Map([...taken, ...left].map((one) => [one.column, one.samples]));
  const answer = await answered(
    select({
      message: `Which column is ${field}?`,
      maxItems: 12,
      options: [
        { value: '', label: 'None' },
        ...[...columns].map(([name, samples]) => ({
          value: name,
          label: plain(name),
          hint: plain(samples.join(' · ')),
        })),
      ],
    }),
  );
  return withColumns(mapping, field, answer === '' ? [] : [answer]);
}

function openFields({ missing }: Proposal, mapping: TableMapping): Proposal['missing'] {
  return missing.filter((field) => mapping[field] === undefined);
}

function stillOpen(open: Proposal['missing'], { taken, left }: Proposal, address: string) {
  const there = [...new Set([...taken, ...left].map(({ column }) => `"${plain(column)}"`))];
  return unreadable(
    'program-columns-unclear',
    address,
    `no column is clearly the ${open.join(' or the ')} of a session`,
    `Write it yourself below program.columns in the config, as in ${open[0] ?? 'title'}: ${there[0] ?? '"Title"'}; there are ${there.slice(0, 30).join(', ')}`,
  );
}

function yamlOf({ program }: Config, columns: TableMapping): readonly string[] {
  return stringify({ program: { address: program.address, columns } }, { lineWidth: 0 })
    .trimEnd()
    .split('\n');
}

function refuseToWrite({ file, program }: Config): void {
  const refuse = (problem: string, remedy: string) => {
    throw new CallboardError('mapping-not-written', { place: file, problem, remedy }, 'usage');
  };
  if (program.replaced) {
    refuse(
      'it speaks of another program than the one given with --program',
      'Put the address into it as program.address first, or leave out --write and paste the mapping',
    );
  }
  if (file === join(packageRoot, 'config', 'callboard.yaml')) {
    refuse('it is the sample’s config', 'Write your own with `callboard init` first');
  }
}

function writeInto({ file }: Config, columns: TableMapping, terminal: Terminal): void {
  const next = `${file}.new`;
  try {
    writeFileSync(next, writeColumns(readFileSync(file, 'utf8'), columns));
    renameSync(next, file);
  } catch (thrown) {
    throw notWritten(next, thrown, 'leave out --write and paste the mapping into the config');
  }
  terminal.out(`${terminal.colours.green('✓')} ${file}: program.columns`);
}
