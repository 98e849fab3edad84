import type { BlueskySecrets } from '../../../src/networks/bluesky/secrets.js';
import { readSecrets } from '../../../src/networks/bluesky/secrets.js';
import { createBlueskyPublisher } from '../../../src/networks/bluesky/bluesky-publisher.js';
import { connectBluesky } from '../../../src/networks/bluesky/connect.js';
import type { AccountVault } from '../../../src/publish/publisher.js';
import { describeOnPds, type Pds } from '../../support/networks/pds.js';
import { describePublisher } from '../conformance.js';
import { now } from '../../storage/fixtures.js';
import { testClock } from '../../support/test-clock.js';
import { dispatchOf } from './bluesky-stage.js';
import { memoryForTest } from '../../support/network-memory.js';
import { smallPicture, vaultForTest } from './fixtures.js';

/** The first login, upload and post of a server's life take far longer than the patience of the suite. */
async function warmUp(pds: Pds): Promise<void> {
  const { handle: identifier, appPassword } = await pds.createAccount('warm-up');
  const publisher = createBlueskyPublisher({
    account: 'bluesky:@warm-up.test',
    clock: testClock(now),
    vault: vaultForTest({ credentials: { identifier, appPassword } }),
    memory: memoryForTest(),
    service: pds.origin,
    attach: 'link-card',
    drawPicture: smallPicture,
  });
  await publisher.publish(dispatchOf(publisher, 'warm-up'));
}

await describeOnPds('Bluesky on the reference PDS', (pds) => {
  describePublisher('bluesky', async (clock) => {
    const account = await pds().createAccount('meeting');
    await warmUp(pds());
    let appPassword: string | undefined = account.appPassword;
    let vault: AccountVault | undefined;
    const ownSession = async () =>
      (await pds().call('com.atproto.server.createSession', {
        identifier: account.handle,
        password: account.password,
      })) as { accessJwt: string };
    /** As after two hours, for whatever process uses it. */
    const expireToken = async () => {
      const secrets: BlueskySecrets | undefined = readSecrets(await vault?.read());
      if (!secrets?.session) return;
      const { session } = secrets;
      const accessJwt = pds().expired(session.accessJwt);
      await vault?.write({ ...secrets, session: { ...session, accessJwt } });
    };
    return {
      network: 'bluesky',
      account: 'bluesky:@meeting.test',
      upstream: pds().origin,
      publisher: (parts) =>
        createBlueskyPublisher({
          account: parts.account,
          clock: parts.clock,
          vault: parts.vault,
          memory: parts.memory,
          timeoutMs: parts.timeoutMs,
          service: parts.origin,
          attach: 'link-card',
          drawPicture: smallPicture,
        }),
      async connect(given) {
        vault = given;
        if (appPassword === undefined) {
          const { accessJwt } = await ownSession();
          const made = await pds().call(
            'com.atproto.server.createAppPassword',
            { name: 'callboard' },
            accessJwt,
          );
          appPassword = (made as { password: string }).password;
        }
        const kept = readSecrets(await given.read());
        if (kept?.credentials.appPassword === appPassword) return;
        // As a person connects it: with the session that this begins.
        const connected = await connectBluesky({
          identifier: account.handle,
          appPassword,
          clock,
          service: pds().origin,
          signal: AbortSignal.timeout(30_000),
        });
        if (connected.kind !== 'connected') throw new Error(connected.reason);
        await given.write(connected.secrets);
      },
      async standing() {
        const posts = await pds().posts(account.did);
        return posts.map(({ uri, value }) => ({ uri, text: value.text }));
      },
      isVisible: ({ path }) => path.startsWith('/xrpc/com.atproto.repo.putRecord'),
      expireToken,
      async revoke() {
        const { accessJwt } = await ownSession();
        const name = 'callboard';
        await pds().call('com.atproto.server.revokeAppPassword', { name }, accessJwt);
        appPassword = undefined;
        // The access token would be good for up to two hours more.
        await expireToken();
      },
      answers: {
        limited: (now) => ({
          status: 429,
          headers: {
            'ratelimit-limit': '5000',
            'ratelimit-remaining': '0',
            'ratelimit-reset': String(Math.ceil(now / 1_000) + 20),
            'ratelimit-policy': '5000;w=3600',
          },
          body: { error: 'RateLimitExceeded', message: 'Rate Limit Exceeded' },
        }),
        forbidden: { status: 403, body: { error: 'Forbidden', message: 'Not allowed' } },
        broken: (status) => ({
          status,
          body: {
            error: {
              500: 'InternalServerError',
              502: 'UpstreamFailure',
              503: 'NotEnoughResources',
            }[status],
            message: 'Broken',
          },
        }),
      },
      duplicateText: 'taken',
      mayAskPerson: false,
      close: () => Promise.resolve(),
    };
  });
});
