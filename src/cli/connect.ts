import { Argument, InvalidArgumentError, type Command } from 'commander';
import { networkNames, networks, type Network } from '../campaign/network.js';
import { systemClock } from '../clock.js';
import type { Config } from '../config/config.js';
import { parsePort } from '../config/listening.js';
import { credentialNamesOf } from '../config/network-credentials.js';
import { CallboardError } from '../errors.js';
import { ask } from '../operations/ask.js';
import { configOf, terminalOf, withExamples, worldOf } from './command.js';
import { connectedLines, type Stored } from './connect/connected-lines.js';
import type { Connection, Dialogue } from './connect/dialogue.js';
import { promptQuestions } from './connect/prompts.js';
import { concealing } from './connect/questions.js';

interface Options {
  readonly server?: string;
  readonly callbackPort?: number;
  readonly paste?: boolean;
}

/** `callboard connect`: a dialogue that leads to an account that may post. */
export function addConnect(program: Command): void {
  const command = program
    .command('connect')
    .description(
      'connect an account, by a dialogue: what to create where, whose it is, what it costs',
    )
    .addArgument(new Argument('<network>', 'where the account is').choices(networks))
    .option(
      '--server <address>',
      'the network’s server in place of its own, such as your own PDS',
      address,
    )
    .option(
      '--callback-port <number>',
      'port on this machine to which the browser comes back',
      port,
    )
    .option(
      '--paste',
      'paste the address that the browser ends at: for a browser on another machine',
    );
  withExamples(
    command,
    'callboard connect bluesky',
    'callboard connect bluesky --server https://pds.example.org',
    'callboard connect x --paste',
  ).action(async (network: Network, options: Options) => {
    const terminal = terminalOf(command);
    const world = worldOf(command);
    if (!terminal.canAsk) throw nobodyThere(network);
    const config = configOf(command);
    const { questions, conceal } = concealing(world.questions ?? promptQuestions());
    const { server: given, paste = false, callbackPort } = options;
    const dialogue: Dialogue = {
      network,
      questions,
      config,
      clock: systemClock,
      say: (line) => terminal.out(line),
      conceal,
      server: given ?? configuredServer(config, network),
      paste,
      callbackPort,
      broken: world.askedToEnd(),
    };
    terminal.out(terminal.colours.bold(`Connect an account on ${networkNames[network]}`));
    const connection = await dialogues[network](dialogue);
    const stored = await store(config, network, connection);
    const server = given === undefined ? {} : { server: given };
    const lines = connectedLines({ config, network, connection, stored, ...server }, terminal);
    for (const line of lines) terminal.out(line);
  });
}

/** A network's client is loaded only when it is connected. */
const dialogues: Readonly<Record<Network, (dialogue: Dialogue) => Promise<Connection>>> = {
  bluesky: async (dialogue) => (await import('./connect/bluesky.js')).blueskyDialogue(dialogue),
  threads: async (dialogue) => (await import('./connect/threads.js')).threadsDialogue(dialogue),
  x: async (dialogue) => (await import('./connect/x.js')).xDialogue(dialogue),
  youtube: async (dialogue) => (await import('./connect/youtube.js')).youtubeDialogue(dialogue),
};

async function store(
  config: Config,
  network: Network,
  { handle, secrets }: Connection,
): Promise<Stored> {
  const account = configuredId(config, network, handle) ?? `${network}:@${handle}`;
  const configured = config.accounts.some((one) => one.account.id === account);
  // By hand there is nothing to keep; what an earlier way left parked is let go on.
  if (!secrets && !configured) return { account, released: 0, configured };
  const input = { account, ...(secrets && { secrets: { ...secrets } }) };
  const { result } = await ask(config, 'connect', input, { begin: true });
  return result;
}

/** The id that the config has for it: handles are the same in capitals and small letters. */
function configuredId(config: Config, network: Network, handle: string): string | undefined {
  const live = config.accounts.map(({ account }) => account);
  return live.find(
    (account) =>
      account.network === network && account.handle?.toLowerCase() === handle.toLowerCase(),
  )?.id;
}

/** The server that the config names for the accounts of a network, where it is one and the same. */
function configuredServer(config: Config, network: Network): string | undefined {
  const live = config.accounts.filter(
    ({ account }) => account.network === network && account.mode === 'live',
  );
  const [first, ...others] = live.map(({ server }) => server);
  return others.every((server) => server === first) ? first : undefined;
}

function nobodyThere(network: Network): CallboardError {
  return new CallboardError(
    'nobody-there',
    {
      place: `callboard connect ${network}`,
      problem: 'it asks questions, and nobody is at a terminal to answer them',
      remedy: `Run it in a terminal, or put the secrets into ${credentialNamesOf(network).join(', ')}`,
    },
    'usage',
  );
}

function address(value: string): string {
  const isWeb = /^https?:\/\/[^?#@\s]+$/i.test(value) && URL.canParse(value);
  if (!isWeb)
    throw new InvalidArgumentError('it must be a web address such as https://pds.example.org.');
  return value.replace(/\/+$/, '');
}

function port(value: string): number {
  const parsed = parsePort(value);
  if (parsed === undefined) throw new InvalidArgumentError('it must be a number from 1 to 65535.');
  return parsed;
}
