// Claims the folder that it is given and says how that went; stays until it is killed or its input ends.
import { claimOwnership } from '../../src/storage/owner.js';

const said = await claimOwnership(process.argv[2] ?? '', () => Promise.resolve(null)).then(
  () => 'owner',
  () => 'refused',
);
process.stdout.write(`${said}\n`);
process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
