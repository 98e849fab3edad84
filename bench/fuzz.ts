// Tries wrong programs of every format by the thousand: nothing may throw past its border, hang, or break the rules of the model.
// npm run fuzz -- [--inputs 20000] [--seed 1] [--only <input>]
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { FuzzOrders, FuzzReport } from './fuzz-worker.js';

const { values } = parseArgs({
  options: {
    inputs: { type: 'string', default: '20000' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000_000) },
    only: { type: 'string' },
  },
});
const seed = Number(values.seed);
const only = values.only === undefined ? undefined : Number(values.only);
const inputs = only === undefined ? Number(values.inputs) : only + 1;
/** A reader that takes longer for one input hangs, however busy the machine is. */
const hangsAfterMs = 20_000;
const processes = 2;
const program = fileURLToPath(new URL('./fuzz-worker.ts', import.meta.url));

const out = (text: string) => process.stdout.write(`${text}\n`);
const counts = { read: 0, refused: 0, wrong: 0 };

/** Runs one process to its end; one that hangs is ended, and another goes on behind the input that it hung at. */
function run(from: number, step: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const orders: FuzzOrders = { seed, from, step, inputs };
    const worker = fork(program, [JSON.stringify(orders)], { execArgv: ['--import', 'tsx'] });
    let at: { input: number; name: string } | undefined;
    let timer: NodeJS.Timeout | undefined;
    let hung = false;
    const hangs = () => {
      hung = true;
      worker.kill('SIGKILL');
      if (!at) {
        reject(new Error('a process did not begin'));
        return;
      }
      wrong(at.input, at.name, `it took longer than ${String(hangsAfterMs / 1_000)} s`);
      run(at.input + step, step).then(resolve, reject);
    };
    worker.on('message', (report: FuzzReport) => {
      if (report.kind === 'begins') {
        at = report;
        clearTimeout(timer);
        timer = setTimeout(hangs, hangsAfterMs);
      } else if (report.kind === 'wrong') wrong(report.input, report.name, report.why);
      else counts[report.verdict] += 1;
    });
    worker.on('error', reject);
    worker.on('exit', (code) => {
      clearTimeout(timer);
      if (hung) return;
      if (code === 0) resolve();
      else reject(new Error(`a process ended with ${String(code)} at input ${String(at?.input)}`));
    });
  });
}

function wrong(input: number, name: string, why: string): void {
  counts.wrong += 1;
  out(
    `input ${String(input)} of ${name}: ${why}\n  npm run fuzz -- --seed ${String(seed)} --only ${String(input)}`,
  );
}

out(`seed ${String(seed)}, ${String(inputs)} inputs`);
await (only === undefined
  ? Promise.all(Array.from({ length: processes }, (_, which) => run(which, processes)))
  : run(only, 1));
out(
  `${String(counts.read)} read, ${String(counts.refused)} refused in a sentence, ${String(counts.wrong)} wrong`,
);
process.exitCode = counts.wrong === 0 ? 0 : 1;
