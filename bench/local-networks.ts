// Networks to try live accounts on, without an account anywhere: the reference PDS and local servers of Threads, X and YouTube.
// npm run networks -- [--program file] [--folder folder] [--starts-in PT16M]
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { counted } from '../src/cli/moments.js';
import type { ConfigFile } from '../src/config/schema.js';
import { createRandom } from '../test/support/crash-random.js';
import { readWholeProgram } from '../test/support/dense-hour.js';
import { startLiveNetworks } from '../test/support/networks/live-networks.js';
import { installPds } from '../test/support/networks/pds-package.js';
import { startPds } from '../test/support/networks/pds.js';

const { values } = parseArgs({
  options: {
    program: { type: 'string', default: 'config/sample-conference.json' },
    folder: { type: 'string', default: 'data/local-networks' },
    'starts-in': { type: 'string', default: 'PT16M' },
  },
});
const out = (text: string) => process.stdout.write(`${text}\n`);

const missing = await installPds();
if (missing !== undefined) throw new Error(missing);
const pds = await startPds();
const networks = await startLiveNetworks({
  random: createRandom(1),
  share: 0,
  pds,
  name: 'meeting',
});

const folder = resolve(values.folder);
mkdirSync(folder, { recursive: true });
const config: ConfigFile = {
  conference: { name: readWholeProgram(values.program).title },
  program: { address: resolve(values.program), startsIn: values['starts-in'] },
  site: 'https://program.callboard.example',
  accounts: [...networks.accounts],
  leads: ['PT15M'],
};
const file = join(folder, 'callboard.yaml');
// JSON is YAML, too.
writeFileSync(file, JSON.stringify(config, undefined, 2));
const secrets = join(folder, 'secrets.env');
writeFileSync(
  secrets,
  Object.entries(networks.credentials)
    .map(([name, secret]) => `${name}=${secret}\n`)
    .join(''),
  { mode: 0o600 },
);

out(`The networks are up. In another terminal, with the secrets of these accounts:

  set -a; . ${secrets}; set +a
  export CALLBOARD_CONFIG=${file} CALLBOARD_DATA=${join(folder, 'data')}
  npx callboard doctor
  npx callboard budget
  npm start

Press Ctrl-C here to see what stands on each, and to end them.
`);

await new Promise((done) => process.once('SIGINT', done));
const counts = new Map<string, number>();
const standing = await networks.standing();
for (const { account } of standing) counts.set(account, (counts.get(account) ?? 0) + 1);
const twice =
  standing.length - new Set(standing.map(({ account, session }) => `${account} ${session}`)).size;
out(
  `\n${counted(standing.length, 'post')} ${standing.length === 1 ? 'stands' : 'stand'}, ${String(twice)} of them a second time`,
);
for (const [account, count] of counts) out(`  ${account}  ${String(count)}`);
await networks.close();
await pds.stop();
process.exit(0);
