import { existsSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import type { AccountRules, Campaign } from '../campaign/campaign.js';
import { spanMs } from '../campaign/lead-time.js';
import { isDateOrder, type DateOrder, type TableMapping } from '../program/table/mapping.js';
import { accountRules } from './account-rules.js';
import { readConfigFile } from './config-file.js';
import {
  processEnvironment,
  readEnvironment,
  type Environment,
  type EnvironmentSettings,
} from './environment.js';
import { ConfigError, type Fault } from './faults.js';
import { parseClockSpan } from './fields.js';
import { localAddress } from './listening.js';
import type { NetworkCredentials } from './network-credentials.js';
import type { LogLevel } from './log-level.js';
import { overrideFaults, parseYear, type ConfigOverrides } from './overrides.js';
import { originOf, type ProgramCredentials } from '../program/fetch/credentials.js';
import { packageRoot } from './package-root.js';
import { resolveAddress } from './program-address.js';
import type { ConfigFile } from './schema.js';

/** Everything that is configured, complete and deeply frozen. Paths are absolute. */
export interface Config {
  /** The config file that it was read from. */
  readonly file: string;
  /** Whether the command line named that file. */
  readonly named?: true;
  /** What the organizer says of the conference; where it is silent, the program is asked (see `campaignFrom`). */
  readonly conference: {
    readonly name?: string;
    readonly zone?: string;
    readonly hashtags: readonly string[];
    readonly unitLabel?: string;
    readonly language?: string;
  };
  /** Only where the file names one; see `editionFor`. */
  readonly edition?: string;
  readonly program: {
    /** A web address, or the full path of a file or folder. */
    readonly address: string;
    readonly format?: string;
    /** Zone of times that the program gives without one. */
    readonly zone?: string;
    /** Year of days that the program writes without one. */
    readonly year?: number;
    /** Which columns of a spreadsheet are what. */
    readonly columns?: TableMapping;
    /** Whether day or month comes first in a spreadsheet's days. */
    readonly dateOrder?: DateOrder;
    readonly rereadMs: number;
    /** The program begins this long after the first start of its edition. */
    readonly startsInMs?: number;
    /** Whether the command line put another program in place of the file's. */
    readonly replaced: boolean;
    /** Secrets, for the origin of `address` only; none for a file. */
    readonly credentials?: ProgramCredentials;
  };
  /** Without a trailing slash. */
  readonly site: string;
  readonly web: {
    readonly host: string;
    readonly port: number;
    /** IP addresses and ranges of proxies whose `X-Forwarded-For` is believed; without: none. */
    readonly trustProxy?: readonly string[];
  };
  readonly accounts: readonly AccountRules[];
  readonly quietHours?: NonNullable<Campaign['quietHours']>;
  /** Who is told when a person is needed, and how. */
  readonly organizer: {
    readonly email?: string;
    /** May hold a secret. */
    readonly webhook?: string;
    /** A secret: the mail server. */
    readonly smtpUrl?: string;
  };
  readonly approval: boolean;
  readonly holdWithoutRoom: boolean;
  /** The organizer's own templates; see `templateFolders`. */
  readonly templatesFolder?: string;
  readonly dataFolder: string;
  /** A secret. Without it the embedded database is used. */
  readonly databaseUrl?: string;
  /** A secret. Without it the queue runs on the database. */
  readonly redisUrl?: string;
  /** A secret: stored secrets are sealed with it. Without it with a key file in the data folder. */
  readonly secret?: string;
  /** Secrets of live accounts, by network, that need not be stored. */
  readonly credentials: NetworkCredentials;
  readonly logLevel: LogLevel;
}

/** What a config is made of. */
export interface ConfigSources {
  /** The config file; without it `CALLBOARD_CONFIG`, `callboard.yaml`, `config/callboard.yaml`, then the sample's. */
  readonly file?: string;
  /** Without it, this process's. */
  readonly env?: Environment;
  /** What the command line says; it wins over the environment, which wins over the file. */
  readonly overrides?: ConfigOverrides;
  /** Where relative paths of command line and environment begin; without it, this process's folder. */
  readonly cwd?: string;
}

/**
 * Reads the config file, the environment and the command line into one frozen object.
 *
 * @throws {ConfigError} (`config-invalid`) with everything that is wrong in all three, each with its line where it has one
 */
export function loadConfig(sources: ConfigSources = {}): Config {
  const cwd = sources.cwd ?? process.cwd();
  const overrides = sources.overrides ?? {};
  const environment = readEnvironment(sources.env ?? processEnvironment());
  const path = configPath(sources.file ?? environment.settings.configFile, cwd);
  const reading = readConfigFile(path, nameFor(path, cwd));
  const faults: readonly Fault[] = [
    ...reading.faults,
    ...environment.faults,
    ...overrideFaults(overrides),
  ];
  if (reading.file === undefined || faults.length > 0) throw new ConfigError(faults);

  const { file } = reading;
  const { settings } = environment;
  const fromFile = (name: string) => resolve(dirname(path), name);
  const web = {
    host: overrides.host ?? settings.host ?? file.web?.host ?? '127.0.0.1',
    port: Number(overrides.port ?? settings.port ?? file.web?.port ?? 4680),
    ...(file.web?.trustProxy && { trustProxy: file.web.trustProxy }),
  };
  const data = overrides.dataFolder ?? settings.dataFolder;
  const quietHours =
    typeof file.quietHours === 'string' ? parseClockSpan(file.quietHours) : file.quietHours;
  return frozen({
    file: path,
    ...(sources.file !== undefined && { named: true as const }),
    ...conferenceOf(file, overrides),
    program: withCredentials(programOf(file, overrides, dirname(path), cwd), settings),
    site: (overrides.site ?? file.site ?? localAddress(web.host, web.port)).replace(/\/+$/, ''),
    web,
    accounts: accountRules(file),
    ...(quietHours !== undefined && { quietHours }),
    organizer: organizerOf(file, settings),
    approval: file.approval ?? false,
    holdWithoutRoom: file.holdWithoutRoom ?? false,
    ...(file.templatesFolder !== undefined && { templatesFolder: fromFile(file.templatesFolder) }),
    dataFolder:
      data === undefined && file.dataFolder !== undefined
        ? fromFile(file.dataFolder)
        : resolve(cwd, data ?? 'data'),
    ...(settings.databaseUrl !== undefined && { databaseUrl: settings.databaseUrl }),
    ...(settings.redisUrl !== undefined && { redisUrl: settings.redisUrl }),
    ...(settings.secret !== undefined && { secret: settings.secret }),
    credentials: settings.credentials,
    logLevel: overrides.logLevel ?? settings.logLevel ?? 'info',
  });
}

function organizerOf(file: ConfigFile, settings: EnvironmentSettings): Config['organizer'] {
  const { email } = file.organizer ?? {};
  const webhook = settings.webhook ?? file.organizer?.webhook;
  return {
    ...(email !== undefined && { email }),
    ...(webhook !== undefined && { webhook }),
    ...(settings.smtpUrl !== undefined && { smtpUrl: settings.smtpUrl }),
  };
}

/** The file speaks of its own conference; of a program from the command line it knows nothing. */
function conferenceOf(
  file: ConfigFile,
  overrides: ConfigOverrides,
): Pick<Config, 'conference' | 'edition'> {
  if (overrides.program !== undefined) return { conference: { hashtags: [] } };
  const { name, zone, unitLabel, language, hashtags = [] } = file.conference;
  return {
    conference: {
      name: name.trim(),
      ...(zone !== undefined && { zone }),
      hashtags: hashtags.map((tag) => tag.replace(/^#/, '')),
      ...(unitLabel !== undefined && { unitLabel }),
      ...(language !== undefined && { language }),
    },
    ...(file.edition !== undefined && { edition: file.edition }),
  };
}

function programOf(
  file: ConfigFile,
  overrides: ConfigOverrides,
  folder: string,
  cwd: string,
): Config['program'] {
  const own = typeof file.program === 'string' ? { address: file.program } : file.program;
  const rereadMs = spanMs(own.reread ?? 'PT5M');
  const { program: replacement } = overrides;
  const format = overrides.format ?? (replacement === undefined ? own.format : undefined);
  const dateOrder = overrides.dateOrder ?? (replacement === undefined ? own.dateOrder : undefined);
  const zone = overrides.zone ?? (replacement === undefined ? own.zone : undefined);
  const year =
    overrides.year === undefined
      ? replacement === undefined
        ? own.year
        : undefined
      : parseYear(overrides.year);
  return {
    address:
      replacement === undefined
        ? resolveAddress(own.address, folder)
        : resolveAddress(replacement, cwd),
    ...(format !== undefined && { format }),
    ...(zone !== undefined && { zone }),
    ...(year !== undefined && { year }),
    ...(replacement === undefined && own.columns !== undefined && { columns: own.columns }),
    ...(dateOrder !== undefined && isDateOrder(dateOrder) && { dateOrder }),
    rereadMs,
    ...(replacement === undefined &&
      own.startsIn !== undefined && { startsInMs: spanMs(own.startsIn) }),
    replaced: replacement !== undefined,
  };
}

/**
 * What the environment holds for the program's server belongs to the program of this call: the file's, or the one that the command line puts in its place.
 */
function withCredentials(
  program: Config['program'],
  { programAuthorization, programKey }: EnvironmentSettings,
): Config['program'] {
  const origin = originOf(program.address);
  if (origin === undefined || (programAuthorization ?? programKey) === undefined) return program;
  const credentials = {
    origin,
    ...(programAuthorization !== undefined && { authorization: programAuthorization }),
    ...(programKey !== undefined && { key: programKey }),
  };
  return { ...program, credentials };
}

function configPath(given: string | undefined, cwd: string): string {
  if (given !== undefined) return resolve(cwd, given);
  const usual = [join(cwd, 'callboard.yaml'), join(cwd, 'config', 'callboard.yaml')];
  return usual.find((path) => existsSync(path)) ?? join(packageRoot, 'config', 'callboard.yaml');
}

/** The file as a person there would call it. */
function nameFor(path: string, cwd: string): string {
  const near = relative(cwd, path);
  return near === '' || near.startsWith('..') ? path : near;
}

function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    Object.values(value).forEach(frozen);
    Object.freeze(value);
  }
  return value;
}
