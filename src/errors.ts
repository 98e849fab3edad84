/** Where it went wrong, what went wrong, and what to do: the three parts of every message a person meets. */
export interface Complaint {
  /** Where: a file with its line, a setting, an address, an announcement. */
  readonly place: string;
  /** What is wrong, as a clause without its full stop. */
  readonly problem: string;
  /** What to do about it, as a sentence without its full stop. */
  readonly remedy: string;
}

/** Exit codes of every command; documented in the README. */
export const exitCodes = {
  ok: 0,
  /** Something broke that no other code names. */
  failure: 1,
  /** The command line, the config or the environment is wrong. */
  usage: 2,
  /** The program could not be read; the last good version stays in force. */
  program: 3,
  /** The database, the data folder or the queue is out of reach or in use. */
  storage: 4,
  /** `doctor` found something that needs a person, or a `rehearse` found duplicates. */
  findings: 5,
} as const;

/** The reason why a process ends. */
export type ExitReason = keyof typeof exitCodes;

/**
 * An expected failure that a person can act on. Its message reads `place: problem. Remedy.` on one line,
 * carries no secret, and is printed without a stack trace unless `--debug` is given.
 */
export class CallboardError extends Error {
  override readonly name = 'CallboardError';

  constructor(
    /** Stable, kebab-case, for programs: `config-invalid`, `data-folder-in-use`, … */
    readonly code: string,
    readonly complaint: Complaint,
    /** How the process ends when nobody handles this. */
    readonly exit: ExitReason = 'failure',
    options?: ErrorOptions,
  ) {
    super(sentence(complaint), options);
  }
}

/**
 * One line from the three parts.
 *
 * @example sentence({ place: 'port 4680', problem: 'it is taken', remedy: 'Choose another with --port' })
 * // 'port 4680: it is taken. Choose another with --port.'
 */
export function sentence({ place, problem, remedy }: Complaint): string {
  return `${place}: ${problem}. ${remedy}.`.replace(/\s+/g, ' ');
}

/** What an unknown thrown value says, on one line and without its stack. */
export function reasonOf(thrown: unknown): string {
  const text = thrown instanceof Error ? thrown.message || thrown.name : String(thrown);
  return text.replace(/\s+/g, ' ').trim();
}

/** Proof to the compiler that a union was handled to its end; a bug if it is ever reached. */
export function unreachable(value: never): never {
  throw new Error(`not handled: ${JSON.stringify(value)}`);
}
