import type { Command } from 'commander';
import { editionFor } from '../config/edition.js';
import type { Config } from '../config/config.js';
import { CallboardError } from '../errors.js';
import { ask } from '../operations/ask.js';
import type { Imported } from '../operations/import-program.js';
import { systemClock } from '../clock.js';
import {
  configOf,
  endWith,
  terminalOf,
  withEditionOption,
  withExamples,
  withJsonOption,
  withProgramOptions,
} from './command.js';
import { importLines, type ShownImport } from './import-report.js';
import { startProgress } from './progress.js';
import { json, type Terminal } from './terminal.js';

interface Options {
  readonly edition?: string;
  readonly dryRun?: boolean;
  readonly strict?: boolean;
  readonly all?: boolean;
  readonly json?: boolean;
  readonly formats?: boolean;
  readonly map?: boolean;
  readonly write?: boolean;
}

/** `callboard import`: reads the program, stores it, brings the plan in line. */
export function addImport(program: Command): void {
  const command = program
    .command('import')
    .description('read the program now, store it, and bring the plan in line with it')
    .option('--dry-run', 'read and compare only; store nothing')
    .option(
      '--strict',
      'store nothing and exit with 3 when anything in it had to be left out or guessed',
    )
    .option('--all', 'show every problem, not only the first of each kind')
    .option('--formats', 'list the formats, where to find each, what it carries; import nothing')
    .option('--map', 'propose which columns of a spreadsheet are what; import nothing')
    .option('--write', 'with --map: put the mapping into the config file');
  withExamples(
    withJsonOption(withEditionOption(withProgramOptions(command))),
    'callboard import',
    'callboard import --program schedule.xml --dry-run',
    'callboard import --program https://example.org/schedule.ics --zone America/Chicago',
    'callboard import --strict --json',
    'callboard import --map --write',
    'curl -s https://example.org/schedule.json | callboard import --program -',
  ).action(async (options: Options) => {
    const terminal = terminalOf(command);
    if (options.formats === true) {
      const { showFormats } = await import('./import-formats.js');
      showFormats(terminal, options.json === true);
      return;
    }
    if (options.map === true || options.write === true) {
      const { mapColumns } = await import('./import-map.js');
      await mapColumns(command, options);
      return;
    }
    const config = configOf(command);
    const imported = await withPages(terminal, (onProgress) =>
      importAs(config, options, onProgress),
    );
    if (options.json === true) terminal.out(json(imported));
    else
      for (const line of importLines(imported, terminal, options.all === true)) terminal.out(line);
    if (imported.refused === true) endWith(command, 'program');
  });
}

/** Shows how many pages of the program are here while they are fetched: one that is followed page by page takes its time. */
async function withPages<T>(
  terminal: Terminal,
  work: (onProgress: (how: unknown) => void) => Promise<T>,
): Promise<T> {
  const progress = startProgress(terminal, 'fetching the program');
  try {
    return await work((how) => {
      const { here, known } = how as { readonly here: number; readonly known: number };
      progress.update(here, known, 'pages');
    });
  } finally {
    progress.stop();
  }
}

async function importAs(
  config: Config,
  { edition, dryRun = false, strict = false }: Options,
  onProgress: (how: unknown) => void,
): Promise<ShownImport> {
  const named = edition ?? (config.program.replaced ? editionFor(config) : undefined);
  const { hasDatabase } = await import('../operations/open-edition.js');
  // What cannot be read leaves no new database behind.
  if (dryRun || strict || !hasDatabase(config)) {
    const tried = await tryImport(config, named, onProgress);
    const refused = strict && isFlawed(tried);
    if (dryRun || refused) return { ...tried, ...(refused && { refused }) };
  }
  if (edition !== undefined)
    return (await ask(config, 'import', {}, { edition, onProgress })).result;
  const { result, begun } = await ask(
    config,
    'import',
    {},
    { begin: true, beginAs: named, onProgress },
  );
  return { ...result, ...(begun && { begun }) };
}

/** Reads and compares; what no edition is there for is read only. */
async function tryImport(
  config: Config,
  edition: string | undefined,
  onProgress: (how: unknown) => void,
): Promise<ShownImport> {
  try {
    const { result } = await ask(config, 'import', { dryRun: true }, { edition, onProgress });
    return { ...result, dryRun: true };
  } catch (thrown) {
    const isNew = thrown instanceof CallboardError && thrown.code === 'edition-unknown';
    if (!isNew || (edition !== undefined && !config.program.replaced)) throw thrown;
  }
  const { readConfiguredProgram } = await import('../operations/plan-program.js');
  const read = await readConfiguredProgram(config, systemClock.now(), (here, known) =>
    onProgress({ here, known }),
  );
  const { report } = read.reading;
  const plan = { added: 0, moved: 0, cancelled: 0, held: 0, released: 0, rescheduled: [] };
  return {
    edition: read.edition,
    version: 0,
    stored: false,
    report,
    changes: [],
    plan,
    outdated: [],
    dryRun: true,
  };
}

function isFlawed({ report }: Pick<Imported, 'report'>): boolean {
  return report?.problems.some(({ severity }) => severity !== 'note') ?? false;
}
