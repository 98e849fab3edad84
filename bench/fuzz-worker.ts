import { createRandom } from '../test/support/crash-random.js';
import { judge } from '../test/support/fuzz/judge.js';
import { mutated } from '../test/support/fuzz/mutate.js';
import { seeds } from '../test/support/fuzz/seeds.js';

/** Which inputs a worker tries: number `from`, then every `step`-th, below `inputs`. */
export interface FuzzOrders {
  readonly seed: number;
  readonly from: number;
  readonly step: number;
  readonly inputs: number;
}

/** What it says of one: before it is read, and after. */
export type FuzzReport =
  | { readonly kind: 'begins'; readonly input: number; readonly name: string }
  | { readonly kind: 'ended'; readonly verdict: 'read' | 'refused' }
  | { readonly kind: 'wrong'; readonly input: number; readonly name: string; readonly why: string };

const say = (report: FuzzReport) => process.send?.(report);
const { seed, from, step, inputs } = JSON.parse(process.argv[2] ?? '') as FuzzOrders;
const all = seeds();
for (let input = from; input < inputs; input += step) {
  const chosen = all[input % all.length];
  if (!chosen) break;
  const { name, text } = chosen;
  say({ kind: 'begins', input, name });
  // Each input has its own numbers, so that one alone can be tried again.
  const bytes = new TextEncoder().encode(mutated(text, createRandom(seed + input)));
  const verdict = judge([{ name, bytes }]);
  if (verdict.kind === 'wrong') say({ kind: 'wrong', input, name, why: verdict.why });
  else say({ kind: 'ended', verdict: verdict.kind });
}
process.disconnect();
