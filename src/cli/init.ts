import { intro, multiselect, outro, text } from '@clack/prompts';
import type { Command } from 'commander';
import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { networkNames, networks, type Network } from '../campaign/network.js';
import { packageRoot } from '../config/package-root.js';
import { isHashtag } from '../config/fields.js';
import { addressProblem } from '../config/program-address.js';
import { starterConfig, type StarterAnswers } from '../config/starter.js';
import { CallboardError } from '../errors.js';
import { isZone } from '../program/time.js';
import { several, severalOf, terminalOf, withExamples, worldOf } from './command.js';
import { notWritten } from './not-written.js';
import { answered } from './prompts.js';

interface Options {
  readonly name?: string;
  readonly program?: string;
  readonly zone?: string;
  readonly site?: string;
  readonly hashtag?: readonly string[];
  readonly network?: readonly Network[];
  readonly yes?: boolean;
  readonly force?: boolean;
}

const usualName = 'callboard.yaml';

/** `callboard init`: a config to begin with. */
export function addInit(program: Command): void {
  const command = program
    .command('init')
    .description('write a config to begin with, from a few questions or from flags')
    .argument('[file]', 'where to', usualName)
    .option('--name <words>', 'name of the conference')
    .option('--program <file or address>', 'its program')
    .option('--zone <name>', 'time zone of the venue, such as Europe/Berlin')
    .option('--site <address>', 'public address that posts lead to')
    .option('--hashtag <word>', 'a hashtag, with or without #', several)
    .option('--network <name>', `announce on these: ${networks.join(', ')}`, severalOf(networks))
    .option('-y, --yes', 'ask nothing; what is not said is filled in to be edited')
    .option('--force', 'replace a file that is there');
  withExamples(
    command,
    'callboard init',
    'callboard init --name "Meeting 2026" --program schedule.json --zone America/Chicago',
    'callboard init --yes meeting.yaml',
  ).action(async (file: string, options: Options) => {
    const terminal = terminalOf(command);
    const { cwd } = worldOf(command);
    const path = resolve(cwd, file);
    if (existsSync(path)) refuseToReplace(path, options.force === true);
    const given = checked(options);
    const asks = terminal.canAsk && options.yes !== true;
    const answers = asks ? await asked(given) : filled(given, options.yes === true);
    write(path, starterConfig({ ...answers, ...schemaFor(path) }), options.force === true);
    const which = file === usualName ? '' : ` --config ${file}`;
    const { green, bold } = terminal.colours;
    terminal.out(`${green('✓')} ${path}`);
    terminal.out('');
    terminal.out(
      `${bold(`callboard import --dry-run${which}`)}   reads the program and says what is wrong with it`,
    );
    terminal.out(`${bold(`callboard plan${which}`)}               shows what is announced when`);
    terminal.out(`${bold(`callboard run${which}`)}                begins`);
  });
}

type Given = Partial<Omit<StarterAnswers, 'schema'>>;

function checked({ name, program, zone, site, hashtag, network }: Options): Given {
  const refuse = (option: string, problem: string | undefined, remedy: string) => {
    if (problem === undefined) return;
    throw new CallboardError('answer-invalid', { place: option, problem, remedy }, 'usage');
  };
  if (name !== undefined) refuse('--name', nameProblem(name), 'Say the conference’s name');
  if (program !== undefined)
    refuse('--program', programProblem(program), 'Give a file or an http(s) address');
  if (zone !== undefined) refuse('--zone', zoneProblem(zone), 'Use a name such as Europe/Berlin');
  if (site !== undefined) refuse('--site', siteProblem(site), 'Begin with https://');
  const stranger = hashtag?.find((tag) => !isHashtag(tag));
  if (stranger !== undefined) {
    const remedy = 'Use letters, digits and _ only, and not digits alone';
    refuse('--hashtag', `${JSON.stringify(stranger)} is no hashtag`, remedy);
  }
  return {
    ...(name !== undefined && { name }),
    ...(program !== undefined && { program }),
    ...(zone !== undefined && { zone }),
    ...(site !== undefined && { site }),
    ...(hashtag && { hashtags: hashtag.map((tag) => tag.replace(/^#/, '')) }),
    ...(network && { networks: network }),
  };
}

/** Without questions, name and program must be given, or `--yes` fills in what is to be edited. */
function filled(given: Given, yes: boolean): StarterAnswers {
  const { name, program } = given;
  if (!yes && (name === undefined || program === undefined)) {
    throw new CallboardError(
      'answers-missing',
      {
        place: 'callboard init',
        problem: 'nobody is there to be asked for the conference’s name and program',
        remedy: 'Give --name and --program, or --yes for a config to be edited',
      },
      'usage',
    );
  }
  return { ...given, name: name ?? 'My conference', program: program ?? 'program.json' };
}

async function asked(given: Given): Promise<StarterAnswers> {
  intro('A config to begin with; every answer can be changed later');
  const said = (
    message: string,
    placeholder: string,
    problem: (text: string) => string | undefined,
  ) => answered(text({ message, placeholder, validate: (value) => problem(value ?? '') }));
  const optional = (problem: (text: string) => string | undefined) => (value: string) =>
    value === '' ? undefined : problem(value);
  const name =
    given.name ?? (await said('What is the conference called?', 'Meeting 2026', nameProblem));
  const program =
    given.program ??
    (await said('Where is its program? A file or an address', 'schedule.json', programProblem));
  const zone =
    given.zone ??
    (await said(
      'In which time zone is the venue? Leave it empty if the program says it',
      'Europe/Berlin',
      optional(zoneProblem),
    ));
  const site =
    given.site ??
    (await said(
      'At which public address will the pages be? Leave it empty to begin on this machine',
      'https://program.example.org',
      optional(siteProblem),
    ));
  const chosen =
    given.networks ??
    (await answered(
      multiselect({
        message: 'On which networks? Posts are shown on a local preview page',
        options: networks.map((network) => ({ value: network, label: networkNames[network] })),
        initialValues: [...networks],
        required: true,
      }),
    ));
  outro('Thank you');
  return {
    ...given,
    name,
    program,
    networks: chosen,
    ...(zone !== '' && { zone }),
    ...(site !== '' && { site }),
  };
}

function nameProblem(text: string): string | undefined {
  return text.trim() === '' ? 'it is empty' : undefined;
}

function programProblem(text: string): string | undefined {
  return text.trim() === '' ? 'it is empty' : addressProblem(text);
}

function zoneProblem(text: string): string | undefined {
  return isZone(text) ? undefined : 'there is no such time zone';
}

function siteProblem(text: string): string | undefined {
  return /^https?:\/\/[^?#@\s]+$/i.test(text) && URL.canParse(text)
    ? undefined
    : 'it is no web address';
}

/**
 * The schema for editors, seen from the config's folder: that of the package installed there, which is there for everybody who works in that folder,
 * else that of this Callboard. None where no path leads to it that the comment can hold: editors end it at a space.
 */
function schemaFor(path: string): { readonly schema?: string } {
  const folder = dirname(path);
  const schema = join('config', 'callboard.schema.json');
  const found = [join(folder, 'node_modules', 'callboard'), packageRoot]
    .map((root) => join(root, schema))
    .find((file) => existsSync(file));
  if (found === undefined) return {};
  const way = relative(folder, found).replaceAll('\\', '/');
  if (isAbsolute(way) || /\s/.test(way)) return {};
  return { schema: way.startsWith('.') ? way : `./${way}` };
}

function write(path: string, content: string, force: boolean): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content, { flag: force ? 'w' : 'wx' });
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'EEXIST' && existsSync(path))
      throw standsThere(path);
    throw notWritten(path, thrown);
  }
}

function refuseToReplace(path: string, force: boolean): void {
  if (statSync(path).isDirectory()) {
    const remedy = `Name a file in it, such as ${join(path, usualName)}`;
    const complaint = { place: path, problem: 'it is a folder', remedy };
    throw new CallboardError('config-exists', complaint, 'usage');
  }
  if (!force) throw standsThere(path);
}

function standsThere(path: string): CallboardError {
  return new CallboardError(
    'config-exists',
    {
      place: path,
      problem: 'a file stands there already',
      remedy: 'Name another file, or replace this one with --force',
    },
    'usage',
  );
}
