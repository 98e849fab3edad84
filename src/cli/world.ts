import { Command } from 'commander';
import type { Environment } from '../config/environment.js';
import type { ExitReason } from '../errors.js';
import type { Questions } from './connect/questions.js';
import { processTerminal, type Terminal } from './terminal.js';

/** What is piped into the process. */
export type StandardInput = AsyncIterable<Uint8Array | string> & { readonly isTTY?: boolean };

/** What surrounds a command: tests put their own in place of the process's. */
export interface World {
  /** The terminal, with colours forced off by `false`. */
  terminal(color: boolean | undefined): Terminal;
  /** Without it, the process's environment. */
  readonly env?: Environment;
  /** Where `--program -` reads. */
  readonly stdin: StandardInput;
  /** Who asks where a dialogue is needed; without, prompts on the terminal. */
  readonly questions?: Questions;
  /** Where relative paths begin. */
  readonly cwd: string;
  /** From when it is called: aborted when the process is asked to end. Asked a second time, the process ends at once. */
  askedToEnd(): AbortSignal;
}

/** The world of this process. */
export const processWorld: World = {
  terminal: processTerminal,
  get stdin() {
    return process.stdin;
  },
  cwd: process.cwd(),
  askedToEnd() {
    const asked = new AbortController();
    const ask = (signal: NodeJS.Signals) => {
      // By the custom of shells: 128 and the signal's number.
      if (asked.signal.aborted) process.exit(signal === 'SIGTERM' ? 143 : 130);
      asked.abort();
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, ask);
    return asked.signal;
  },
};

/** The root of all commands, which knows the world, which command is meant, and how the process will end. */
export class CommandLine extends Command {
  exit: ExitReason = 'ok';
  /** The command whose words are wrong, as it is typed, when they are. */
  meant = 'callboard';

  constructor(
    name: string,
    readonly world: World,
  ) {
    super(name);
  }

  /** The root above a command. */
  static of(command: Command): CommandLine {
    let above = command;
    while (above.parent) above = above.parent;
    if (above instanceof CommandLine) return above;
    throw new Error(`command ${command.name()} hangs below no command line`);
  }
}
