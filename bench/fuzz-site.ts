// npm run fuzz:site [-- --requests 10000] [-- --seed 1]
import { parseArgs } from 'node:util';
import { fuzzSite } from '../test/support/site-fuzz.js';

const { values } = parseArgs({
  options: {
    requests: { type: 'string', default: '10000' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
  },
});
process.stderr.write(`${values.requests} requests, seed ${values.seed} …\n`);
const { statuses, faults } = await fuzzSite(Number(values.requests), Number(values.seed));
for (const [status, count] of [...statuses].sort()) {
  process.stdout.write(`${String(status)}: ${String(count)}\n`);
}
for (const fault of faults) process.stdout.write(`${fault}\n`);
process.stdout.write(`${String(faults.length)} faults\n`);
process.exit(faults.length === 0 ? 0 : 1);
