import { afterEach, expect } from 'vitest';
import { createXPublisher } from '../../../src/networks/x/x-publisher.js';
import { openXServer, xProblem, type XServer } from '../../support/networks/x-server.js';
import { describePublisher } from '../conformance.js';
import { drawOf } from './parts.js';

const account = 'x:@meeting';
const servers: XServer[] = [];

for (const kind of ['oauth2', 'oauth1'] as const) {
  describePublisher(`X, ${kind}`, async (clock) => {
    const server = await openXServer(clock);
    servers.push(server);
    return {
      network: 'x',
      account,
      upstream: server.origin,
      publisher: ({ vault, memory, origin, timeoutMs }) =>
        createXPublisher({
          account,
          handle: 'meeting',
          clock,
          vault,
          memory,
          drawPicture: drawOf(2_000),
          api: origin,
          attach: kind === 'oauth2' ? 'picture' : 'nothing',
          timeoutMs,
        }),
      async connect(vault) {
        server.signIn.restoreKeys();
        await vault.write(kind === 'oauth1' ? server.signIn.keys : server.signIn.connect());
      },
      standing: () =>
        Promise.resolve(server.posts().map(({ id, sent }) => ({ uri: id, text: sent }))),
      isVisible: ({ method, path }) => method === 'POST' && path === '/2/tweets',
      ...(kind === 'oauth2' && { expireToken: () => server.signIn.endAccessTokens() }),
      revoke: () => server.signIn.revokeAll(),
      answers: {
        limited: (now) => ({
          ...xProblem(429, 'Too Many Requests', 'about:blank', 'Too Many Requests'),
          headers: {
            'x-rate-limit-limit': '100',
            'x-rate-limit-remaining': '0',
            'x-rate-limit-reset': String(Math.ceil((now + 20_000) / 1_000)),
          },
        }),
        forbidden: xProblem(403, 'You are not permitted to perform this action.'),
        broken: (status) => ({ status, body: { title: 'Server error', status } }),
      },
      duplicateText: 'refused',
      mayAskPerson: false,
      close: () => server.close(),
    };
  });
}

afterEach(() => {
  for (const { violations } of servers) expect(violations).toEqual([]);
});
