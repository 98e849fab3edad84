import type { Command } from 'commander';
import { Temporal } from 'temporal-polyfill';
import { states, type State } from '../campaign/announcement.js';
import { canonicalLeadTime } from '../campaign/lead-time.js';
import { networks, type Network } from '../campaign/network.js';
import type { Config } from '../config/config.js';
import { CallboardError } from '../errors.js';
import { ask } from '../operations/ask.js';
import type { Changed } from '../operations/change.js';
import type { OperationInput } from '../operations/operations.js';
import { startsFrom, verbs, type Verb } from '../operations/verbs.js';
import {
  configOf,
  endWith,
  several,
  severalOf,
  terminalOf,
  withEditionOption,
  withExamples,
  withJsonOption,
} from './command.js';
import { counted } from './moments.js';
import { agreed } from './prompts.js';
import { json, plain, type Terminal } from './terminal.js';

interface Options {
  readonly network?: readonly Network[];
  readonly lead?: readonly string[];
  readonly session?: readonly string[];
  readonly state?: readonly State[];
  readonly before?: string;
  readonly after?: string;
  readonly all?: boolean;
  readonly reason?: string;
  readonly edition?: string;
  readonly json?: boolean;
  readonly yes?: boolean;
}

type Filter = OperationInput<'change'>['filter'];

const descriptions: Readonly<Record<Verb, string>> = {
  hold: 'keep announcements back until they are released',
  release: 'let held announcements go out',
  skip: 'cancel announcements for good',
  retry: 'plan rejected, skipped or expired announcements again, where their deadline lies ahead',
  remove: 'take posts down from their networks',
};

const done: Readonly<Record<Verb, string>> = {
  hold: 'held',
  release: 'released',
  skip: 'skipped',
  retry: 'planned again',
  remove: 'removed',
};

/** `callboard hold | release | skip | retry | remove`: what a person decides about announcements. */
export function addChanges(program: Command): void {
  for (const verb of verbs) addChange(program, verb);
}

function addChange(program: Command, verb: Verb): void {
  const command = program
    .command(verb)
    .description(descriptions[verb])
    .argument('[ids...]', 'which ones; or choose with the options')
    .option('--network <name>', `on these: ${networks.join(', ')}`, severalOf(networks))
    .option('--lead <time>', 'with these lead times, such as PT15M', several)
    .option('--session <key>', 'about these sessions', several)
    .option('--state <name>', 'in these states', severalOf(states))
    .option('--before <moment>', 'due before then, such as 2026-04-02T14:00Z')
    .option('--after <moment>', 'due after then')
    .option('--all', 'every one that can be changed so')
    .option('--reason <words>', 'why; kept in the story')
    .option('-y, --yes', 'do not ask');
  withExamples(
    withJsonOption(withEditionOption(command)),
    `callboard ${verb} 3f9a0c1d2e4b5a67`,
    `callboard ${verb} --session k2m4x7q9w1a3 --reason "the speaker is ill"`,
    `callboard ${verb} --network x --lead PT15M --yes`,
  ).action((ids: readonly string[], options: Options) => act(command, verb, ids, options));
}

async function act(
  command: Command,
  verb: Verb,
  ids: readonly string[],
  options: Options,
): Promise<void> {
  const terminal = terminalOf(command);
  const config = configOf(command);
  const { edition, reason } = options;
  const conditions = conditionsOf(options, config);
  if (ids.length === 0 && conditions === undefined) throw nothingMeant(verb);
  const meant =
    conditions === undefined
      ? ids
      : await matching(
          config,
          verb,
          { ...conditions, ...(ids.length > 0 && { ids: [...ids] }) },
          edition,
        );
  if (conditions !== undefined && meant.length > 1) {
    await insist(terminal, verb, meant.length, options.yes === true);
  }
  const changed: Changed =
    meant.length === 0
      ? { changed: [], refused: [], unknown: [] }
      : (
          await ask(
            config,
            'change',
            { verb, filter: { ids: [...new Set(meant)] }, ...(reason !== undefined && { reason }) },
            { edition },
          )
        ).result;
  if (options.json === true) terminal.out(json(changed));
  else for (const line of changedLines(changed, verb, terminal)) terminal.out(line);
  if (changed.unknown.length > 0) throw unknownIds(changed.unknown);
  if (ids.length > 0 && changed.refused.length > 0) endWith(command, 'failure');
}

/** The conditions that the options set; undefined when they set none. */
function conditionsOf(options: Options, config: Config): Filter | undefined {
  const { network, lead, session, state, before, after, all } = options;
  if ([network, lead, session, state, before, after, all].every((one) => one === undefined)) {
    return undefined;
  }
  return {
    ...(network && { networks: [...network] }),
    ...(lead && { leadTimes: lead.map(leadTimeOf) }),
    ...(session && { sessions: [...session] }),
    ...(state && { states: [...state] }),
    ...(before !== undefined && { dueBefore: momentOf('--before', before, config) }),
    ...(after !== undefined && { dueAfter: momentOf('--after', after, config) }),
  };
}

async function matching(
  config: Config,
  verb: Verb,
  conditions: Filter,
  edition: string | undefined,
): Promise<readonly string[]> {
  // Whoever names no state means those that the verb can change.
  const filter = { states: [...startsFrom[verb]], ...conditions };
  const { result } = await ask(config, 'list', { filter }, { edition });
  return result.announcements.map(({ id }) => id);
}

async function insist(terminal: Terminal, verb: Verb, count: number, yes: boolean): Promise<void> {
  if (yes) return;
  const many = counted(count, 'announcement');
  if (!terminal.canAsk) {
    throw new CallboardError(
      'confirmation-missing',
      {
        place: `callboard ${verb}`,
        problem: `this would change ${many} and nobody is there to be asked`,
        remedy: 'Add --yes if you mean all of them',
      },
      'usage',
    );
  }
  if (await agreed(`${verb} ${many}?`)) return;
  throw new CallboardError('broken-off', {
    place: `callboard ${verb}`,
    problem: 'you did not agree and nothing was changed',
    remedy: 'Narrow the choice with ids or options',
  });
}

const shownAtOnce = 20;

function changedLines(
  { changed, refused }: Changed,
  verb: Verb,
  { colours }: Terminal,
): readonly string[] {
  const shown = changed.slice(0, shownAtOnce);
  const rest = changed.length - shown.length;
  return [
    ...shown.map(({ id, from, to }) => `${colours.green('✓')} ${id}  ${from} → ${to}`),
    ...(rest > 0 ? [colours.dim(`… and ${String(rest)} more`)] : []),
    ...refused.map(({ id, why }) => `${colours.yellow('!')} ${id}  refused: ${plain(why)}`),
    `${counted(changed.length, 'announcement')} ${done[verb]}${refused.length > 0 ? `, ${String(refused.length)} refused` : ''}`,
  ];
}

function nothingMeant(verb: Verb): CallboardError {
  return new CallboardError(
    'nothing-meant',
    {
      place: `callboard ${verb}`,
      problem: 'neither ids nor a choice of announcements was given',
      remedy: `Name ids, or choose with --network, --session and so on, or say --all; see callboard ${verb} --help`,
    },
    'usage',
  );
}

function unknownIds(ids: readonly string[]): CallboardError {
  const shown = ids.slice(0, 5).join(', ');
  return new CallboardError(
    'announcement-unknown',
    {
      place: `announcement ${shown}${ids.length > 5 ? ` and ${String(ids.length - 5)} more` : ''}`,
      problem: 'this edition has none with this id',
      remedy: 'Look ids up with `callboard plan --json` or `callboard status`',
    },
    'usage',
  );
}

function leadTimeOf(text: string): string {
  const leadTime = canonicalLeadTime(text);
  if (leadTime !== undefined) return leadTime;
  throw new CallboardError(
    'lead-time-unknown',
    {
      place: `--lead ${text}`,
      problem: 'this is no lead time',
      remedy: 'Write it as an ISO 8601 duration: P1D, PT1H, PT15M',
    },
    'usage',
  );
}

/** A moment with its offset, or a wall-clock time where the config names the conference's zone. */
function momentOf(option: string, text: string, { conference }: Config): number {
  try {
    return Temporal.Instant.from(text).epochMilliseconds;
  } catch {
    // Perhaps it has no offset.
  }
  try {
    if (conference.zone !== undefined) {
      return Temporal.PlainDateTime.from(text).toZonedDateTime(conference.zone).epochMilliseconds;
    }
  } catch {
    // It is no moment at all.
  }
  throw new CallboardError(
    'moment-unknown',
    {
      place: `${option} ${text}`,
      problem: 'this is no moment',
      remedy: 'Write it as 2026-04-02T14:00Z; without Z or offset the config must name a zone',
    },
    'usage',
  );
}
