import type { Fault } from './faults.js';
import { isListenHost, parsePort } from './listening.js';
import { isLogLevel, logLevels, type LogLevel } from './log-level.js';
import {
  credentialNames,
  readNetworkCredentials,
  type NetworkCredentials,
} from './network-credentials.js';
import { nearest } from '../program/resemblance.js';

/** Names and values, as a process has them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** What the environment says; each thing over the config file. */
export interface EnvironmentSettings {
  /** A secret, like every address with a password: never shown. */
  readonly databaseUrl?: string;
  /** A secret, too. */
  readonly redisUrl?: string;
  /** A secret: the whole `Authorization` header for the program's server. */
  readonly programAuthorization?: string;
  /** A secret: the key of Sched's API. */
  readonly programKey?: string;
  /** A secret that stored secrets are sealed with. */
  readonly secret?: string;
  /** An address that may hold a secret. */
  readonly webhook?: string;
  /** A secret: the mail server with user and password. */
  readonly smtpUrl?: string;
  readonly credentials: NetworkCredentials;
  readonly configFile?: string;
  readonly dataFolder?: string;
  readonly host?: string;
  readonly port?: number;
  readonly logLevel?: LogLevel;
}

const known = [
  'CALLBOARD_CONFIG',
  'CALLBOARD_DATA',
  'CALLBOARD_HOST',
  'CALLBOARD_PORT',
  'CALLBOARD_LOG',
  'CALLBOARD_PROGRAM_AUTHORIZATION',
  'CALLBOARD_PROGRAM_KEY',
  'CALLBOARD_SECRET',
  'CALLBOARD_WEBHOOK',
  'CALLBOARD_SMTP_URL',
  ...credentialNames,
] as const;

/** Ours too, but nothing to do with settings: tests and their tools. */
const others = /^CALLBOARD_(TEST_|REAL_PROGRAMS$)/;

/** The environment of this process; the only place that reads it. */
export function processEnvironment(): Environment {
  return process.env;
}

/** Reads `DATABASE_URL`, `REDIS_URL` and `CALLBOARD_*`. An empty value counts as none; no value is repeated in a fault that may hold a secret. */
export function readEnvironment(env: Environment): {
  readonly settings: EnvironmentSettings;
  readonly faults: readonly Fault[];
} {
  const faults: Fault[] = [];
  const fault = (setting: string, problem: string, hint: string) =>
    faults.push({ source: 'environment', setting, problem, hint });
  const value = (name: string) => {
    const text = env[name]?.trim();
    return text === '' ? undefined : text;
  };
  const valid = <T>(name: string, read: (text: string) => T | undefined, ...said: Said) => {
    const text = value(name);
    const result = text === undefined ? undefined : read(text);
    if (text !== undefined && result === undefined) fault(name, ...said);
    return result;
  };

  const databaseUrl = valid(
    'DATABASE_URL',
    (text) => serverAddress(text, /^postgres(ql)?:$/),
    'it is no address of a Postgres server',
    'Write postgres://user:password@host:5432/database; % and other signs in a password are written as %25 and so on',
  );
  const redisUrl = valid(
    'REDIS_URL',
    (text) => serverAddress(text, /^rediss?:$/),
    'it is no address of a Redis server',
    'Write redis://host:6379, or rediss:// with TLS',
  );
  const programAuthorization = valid(
    'CALLBOARD_PROGRAM_AUTHORIZATION',
    (text) => (/^[\x20-\x7e]{1,8192}$/.test(text) ? text : undefined),
    'it is no value of a header',
    'Write the whole value in plain letters on one line: a word such as Token or Bearer, a space, the token',
  );
  const programKey = valid(
    'CALLBOARD_PROGRAM_KEY',
    (text) => (/^[\x21-\x7e]{1,1024}$/.test(text) ? text : undefined),
    'it is no key',
    'Write the key alone, as Sched shows it, without spaces',
  );
  const port = valid(
    'CALLBOARD_PORT',
    parsePort,
    'it is no port',
    'Write a number from 1 to 65535',
  );
  const host = valid(
    'CALLBOARD_HOST',
    (text) => (isListenHost(text) ? text : undefined),
    'it is no address to listen on',
    'Write 127.0.0.1 for this machine only, or 0.0.0.0 for all networks',
  );
  const logLevel = valid(
    'CALLBOARD_LOG',
    (text) => (isLogLevel(text) ? text : undefined),
    'there is no such level',
    `Use one of ${logLevels.join(', ')}`,
  );
  const secret = valid(
    'CALLBOARD_SECRET',
    (text) => (text.length >= 16 ? text : undefined),
    'it is too short',
    'Use at least 16 characters, such as those of `openssl rand -base64 32`, and keep them: what is stored can be read with them only',
  );
  const webhook = valid(
    'CALLBOARD_WEBHOOK',
    (text) => (/^https?:\/\/./.test(text) && URL.canParse(text) ? text : undefined),
    'it is no web address',
    'Begin with https://',
  );
  const smtpUrl = valid(
    'CALLBOARD_SMTP_URL',
    (text) => serverAddress(text, /^smtps?:$/),
    'it is no address of a mail server',
    'Write smtp://user:password@host:587, or smtps:// with TLS from the start; % and other signs in a password are written as %25 and so on',
  );
  const credentials = readNetworkCredentials(value, fault);
  const configFile = value('CALLBOARD_CONFIG');
  const dataFolder = value('CALLBOARD_DATA');

  for (const name of Object.keys(env).sort()) {
    if (!name.startsWith('CALLBOARD_') || others.test(name)) continue;
    if ((known as readonly string[]).includes(name)) continue;
    const guess = nearest(name, known);
    const hint =
      guess === undefined
        ? 'docs/configuration.md lists those that there are'
        : `Did you mean \`${guess}\`?`;
    fault(name, 'there is no such setting', hint);
  }

  const settings: EnvironmentSettings = {
    credentials,
    ...(secret !== undefined && { secret }),
    ...(webhook !== undefined && { webhook }),
    ...(smtpUrl !== undefined && { smtpUrl }),
    ...(databaseUrl !== undefined && { databaseUrl }),
    ...(redisUrl !== undefined && { redisUrl }),
    ...(programAuthorization !== undefined && { programAuthorization }),
    ...(programKey !== undefined && { programKey }),
    ...(configFile !== undefined && { configFile }),
    ...(dataFolder !== undefined && { dataFolder }),
    ...(host !== undefined && { host }),
    ...(port !== undefined && { port }),
    ...(logLevel !== undefined && { logLevel }),
  };
  return { settings, faults };
}

type Said = readonly [problem: string, hint: string];

function serverAddress(text: string, protocol: RegExp): string | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  return protocol.test(url.protocol) && decodable(url) ? text : undefined;
}

/** A stray `%` in a password would make the database's own client throw, with the address in its message. */
function decodable({ username, password, pathname }: URL): boolean {
  try {
    decodeURIComponent(username + password + pathname);
    return true;
  } catch {
    return false;
  }
}
