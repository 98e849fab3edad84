import { isDeepStrictEqual } from 'node:util';
import { parse } from 'yaml';
import { networks, type Network } from '../campaign/network.js';

/** What `callboard init` asks. */
export interface StarterAnswers {
  readonly name: string;
  /** A file (from the config's folder) or a web address. */
  readonly program: string;
  /** Without it, the program's own zone holds. */
  readonly zone?: string;
  /** Without `#`. */
  readonly hashtags?: readonly string[];
  /** Networks to announce on, as previews; without it, all four. */
  readonly networks?: readonly Network[];
  /** Public address of the program site; without it, posts lead to this machine. */
  readonly site?: string;
  /** Where the JSON Schema is, seen from the config's folder; without it, editors are told of none. */
  readonly schema?: string;
}

/** A config to begin with: what was answered, and the rest of what one may want as comments. Valid whenever the answers are. */
export function starterConfig(answers: StarterAnswers): string {
  const { name, program, zone, hashtags = [], site, schema } = answers;
  const chosen = answers.networks ?? networks;
  return `${schema === undefined ? '' : `# yaml-language-server: $schema=${schema}\n`}# Callboard announces every session of a conference. All settings: docs/configuration.md

conference:
  name: ${scalar(name)}
${setting('  zone', zone, 'Europe/Berlin   # time zone of the venue; without it, the program says')}
  hashtags: [${hashtags.map(scalar).join(', ')}]   # without #

program:
  address: ${scalar(program)}
  reread: PT5M   # read again every 5 minutes; changes are followed

${setting('site', site, 'https://program.example.org   # the public address that posts lead to')}

# preview:… shows the posts on the local preview page, as they would look on the network.
accounts:
${chosen.map((network) => `  - preview:${network}`).join('\n')}

# How long before the start a post is due: 7 days, 1 day, 1 hour, 15 minutes.
leads: [P7D, P1D, PT1H, PT15M]

# quietHours: 22:00-07:00   # nothing is posted then
approval: false             # true: every post waits for your release
holdWithoutRoom: false      # true: a session without a room waits for you
`;
}

function setting(key: string, value: string | undefined, example: string): string {
  const indent = /^ */.exec(key)?.[0] ?? '';
  return value === undefined ? `${indent}# ${key.trim()}: ${example}` : `${key}: ${scalar(value)}`;
}

/** A text as YAML, in quotes where it would be read as something else. */
function scalar(value: string): string {
  const line = value.replace(/[\s\p{Cc}]+/gu, ' ').trim();
  const plain = /^[\p{L}\p{N}./][\p{L}\p{N} ._/:&?=+~-]*$/u.test(line) && isItself(line);
  return plain ? line : JSON.stringify(line);
}

function isItself(line: string): boolean {
  try {
    const read: unknown = parse(`- ${line}\n- [${line}]`, { logLevel: 'silent' });
    return isDeepStrictEqual(read, [line, [line]]);
  } catch {
    return false;
  }
}
