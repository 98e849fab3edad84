import pc from 'picocolors';

/** The colours in use; all do nothing when colours are off. */
export type Colours = ReturnType<typeof pc.createColors>;

/** Where a command writes: results to `out`, everything else to `err`. */
export interface Terminal {
  readonly colours: Colours;
  /** Whether a person sees it live: progress bars and shortened lines only then. */
  readonly isTty: boolean;
  readonly width: number | undefined;
  out(line: string): void;
  err(line: string): void;
}

/** The process's own terminal. Colours are off without a TTY, with `--no-color`, and as `NO_COLOR` and `FORCE_COLOR` say. */
export function processTerminal(color: boolean | undefined): Terminal {
  return {
    colours: pc.createColors(color ?? pc.isColorSupported),
    isTty: process.stdout.isTTY,
    width: process.stdout.isTTY ? process.stdout.columns : undefined,
    out: (line) => void process.stdout.write(`${line}\n`),
    err: (line) => void process.stderr.write(`${line}\n`),
  };
}
