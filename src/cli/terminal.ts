import pc from 'picocolors';

/** The colours in use; all do nothing when colours are off. */
export type Colours = ReturnType<typeof pc.createColors>;

/** Where a command writes: results to `out`, everything else to `err`. */
export interface Terminal {
  readonly colours: Colours;
  /** Whether a person sees it live: progress bars and shortened lines only then. */
  readonly isTty: boolean;
  /** Whether a person is there to be asked: both ends are a terminal. */
  readonly canAsk: boolean;
  readonly width: number | undefined;
  out(line: string): void;
  err(line: string): void;
}

/** The process's own terminal. Colours are off without a TTY, with `--no-color`, and as `NO_COLOR` and `FORCE_COLOR` say. */
export function processTerminal(color: boolean | undefined): Terminal {
  return {
    colours: pc.createColors(color ?? pc.isColorSupported),
    isTty: process.stdout.isTTY,
    canAsk: process.stdout.isTTY && process.stdin.isTTY,
    width: process.stdout.isTTY ? process.stdout.columns : undefined,
    out: (line) => void process.stdout.write(`${harmless(line)}\n`),
    err: (line) => void process.stderr.write(`${harmless(line)}\n`),
  };
}

/**
 * Text of others (titles, networks' answers, reasons) on one line, without what steers a terminal: control characters, and marks that turn
 * the direction of what follows.
 *
 * @example plain('Opening\u001b[2J\nnight') // 'Opening [2J night'
 */
export function plain(text: string): string {
  return text
    .replace(/[\u202A-\u202E\u2066-\u2069]/g, '')
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .trim();
}

/** Lines of a text of others, each as `plain` leaves it. */
export function plainLines(text: string): readonly string[] {
  return text.split(/\r\n|[\n\r\u2028\u2029]/).map(plain);
}

/**
 * JSON for stdout: what programs read, with every control character written as an escape, so that it is harmless on a terminal too.
 *
 * @example json({ title: 'a\u009bb' }) // '{\n  "title": "a\\u009bb"\n}'
 */
export function json(value: unknown): string {
  return JSON.stringify(value, null, 2).replace(
    /[\u007f-\u009f]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** What a line may hold beside text: colours, line breaks, tabs. Whatever else steers a terminal is left out. */
const escape = String.fromCharCode(27);
const gate = new RegExp(`(${escape}\\[[\\d;]*m|\\n|\\t)|\\p{Cc}`, 'gu');

/** The last gate before the terminal, for what nobody thought of cleaning. */
function harmless(text: string): string {
  return text.replace(gate, (_sign, allowed: string | undefined) => allowed ?? '');
}
