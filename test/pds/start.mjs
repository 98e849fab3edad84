// Starts the reference PDS and an in-memory PLC directory on free ports, in a temporary folder, until the input ends.
// Prints one line of JSON when it is ready: {"origin":"http://localhost:40123","jwtSecret":"…"}. With the secret a test makes tokens that have expired.
// `--rate-limits` switches the PDS's own limits on.
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

process.env.LOG_ENABLED = 'false';
const { default: pds } = await import('@atproto/pds');
const { default: plc } = await import('@did-plc/server');

const folder = mkdtempSync(path.join(tmpdir(), 'callboard-pds-'));
const blobs = path.join(folder, 'blobs');
mkdirSync(blobs);
const jwtSecret = randomBytes(16).toString('hex');
const [port, plcPort] = await freePorts(2);

const directory = plc.PlcServer.create({ db: plc.Database.mock(), port: plcPort });
await directory.start();
const settings = {
  devMode: true,
  hostname: 'localhost',
  port,
  dataDirectory: folder,
  blobstoreDiskLocation: blobs,
  didPlcUrl: `http://localhost:${plcPort}`,
  adminPassword: randomBytes(16).toString('hex'),
  jwtSecret,
  serviceHandleDomains: ['.test'],
  // There is nothing but the PDS: whatever it would ask an AppView fails.
  bskyAppViewUrl: 'https://appview.invalid',
  bskyAppViewDid: 'did:example:invalid',
  bskyAppViewCdnUrlPattern: 'http://cdn.appview.invalid/%s/%s/%s',
  modServiceUrl: 'https://moderator.invalid',
  modServiceDid: 'did:example:invalid',
  plcRotationKeyK256PrivateKeyHex: randomBytes(32).toString('hex'),
  inviteRequired: false,
  disableSsrfProtection: true,
  rateLimitsEnabled: process.argv.includes('--rate-limits'),
};
const server = await pds.PDS.create(pds.envToCfg(settings), pds.envToSecrets(settings));
await server.start();
process.stdout.write(`${JSON.stringify({ origin: `http://localhost:${port}`, jwtSecret })}\n`);

process.stdin.resume();
process.stdin.once('end', () => {
  // Its timers would keep it for a while; nothing of it is wanted any more.
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  process.exit(0);
});

async function freePorts(count) {
  const servers = Array.from({ length: count }, () => createServer());
  const ports = await Promise.all(
    servers.map(
      (one) =>
        new Promise((resolve, reject) => {
          one.once('error', reject);
          one.listen(0, '127.0.0.1', () => resolve(one.address().port));
        }),
    ),
  );
  await Promise.all(servers.map((one) => new Promise((resolve) => one.close(resolve))));
  return ports;
}
