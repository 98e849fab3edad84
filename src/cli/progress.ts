import { Presets, SingleBar } from 'cli-progress';
import type { Terminal } from './terminal.js';

/** Shows how far long work is. */
export interface Progress {
  /** `total` is 0 while nobody knows it; then only what is done is shown. */
  update(done: number, total: number, what?: string): void;
  stop(): void;
}

/** A progress bar on stderr for a person who watches; without a TTY nothing at all. */
export function startProgress(terminal: Terminal, label: string): Progress {
  if (!terminal.isTty) return { update: () => undefined, stop: () => undefined };
  let bar: SingleBar | undefined;
  return {
    update(done, total, what = '') {
      const format =
        total > 0 ? `${label} {bar} {value}/{total} {what}` : `${label} {value} {what}`;
      if (!bar) {
        bar = new SingleBar({ format, clearOnComplete: true, hideCursor: true }, Presets.rect);
        bar.start(total, done, { what });
        return;
      }
      if (total > 0) bar.setTotal(total);
      bar.update(done, { what });
    },
    stop: () => bar?.stop(),
  };
}
