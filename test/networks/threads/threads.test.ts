import { createThreadsPublisher } from '../../../src/networks/threads/threads-publisher.js';
import type { AccountVault } from '../../../src/publish/publisher.js';
import { startThreadsServer } from '../../support/networks/threads-server.js';
import { describePublisher } from '../conformance.js';
import { secretsOf } from './threads-stage.js';

const account = 'threads:@meeting';

describePublisher('threads', async (clock) => {
  const server = await startThreadsServer({ clock });
  let vault: AccountVault | undefined;
  return {
    network: 'threads',
    account,
    upstream: server.origin,
    publisher: ({ clock: own, vault: secrets, memory, origin, timeoutMs }) =>
      createThreadsPublisher({
        account,
        handle: 'meeting',
        clock: own,
        vault: secrets,
        memory,
        api: origin,
        attach: 'link-card',
        pictureAddress: () => undefined,
        timeoutMs,
        pollMs: 2,
      }),
    async connect(connected) {
      vault = connected;
      await vault.write(secretsOf(server.issueToken()));
    },
    standing: () => Promise.resolve(server.posts().map(({ id, text }) => ({ uri: id, text }))),
    isVisible: ({ method, path }) => method === 'POST' && path.includes('/threads_publish'),
    // Threads cannot refresh a token that has expired. What happens is that another process has refreshed it.
    async expireToken() {
      server.revokeTokens();
      await vault?.write(secretsOf(server.issueToken()));
    },
    revoke: () => server.revokeTokens(),
    answers: {
      limited: () => ({
        status: 429,
        headers: { 'retry-after': '20' },
        body: { error: { message: 'Too many calls', type: 'OAuthException', code: 4 } },
      }),
      forbidden: {
        status: 403,
        body: { error: { message: 'No permission', type: 'OAuthException', code: 10 } },
      },
      broken: (status) =>
        status === 500
          ? {
              status,
              body: {
                error: {
                  message: 'Please retry',
                  type: 'OAuthException',
                  code: 2,
                  is_transient: true,
                },
              },
            }
          : { status, body: 'Bad gateway' },
    },
    duplicateText: 'taken',
    mayAskPerson: false,
    close: () => server.close(),
  };
});
