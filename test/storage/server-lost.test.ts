import net from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../src/storage/database.js';
import { openDatabase } from '../../src/storage/opening.js';
import { openVault } from '../../src/storage/vault.js';
import { missingPostgres, startPostgres, type PostgresServer } from '../support/postgres-server.js';

const missing = missingPostgres();

describe.skipIf(missing !== undefined)(
  `a Postgres server that is lost${missing === undefined ? '' : ` (skipped: ${missing})`}`,
  () => {
    let server: PostgresServer;
    let url: string;
    let database: Database;
    let operator: Database;
    beforeAll(async () => {
      server = await startPostgres();
      url = await server.freshDatabase();
      database = await openDatabase({ url });
      operator = await openDatabase({ url: await server.freshDatabase() });
    });
    afterAll(async () => {
      await Promise.all([database.close(), operator.close()]);
      await server.stop();
    });

    /** Ends every connection of `database` that does something, or waits in a transaction or with a lock. */
    const breakAll = () =>
      operator.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname <> current_database() AND pid <> pg_backend_pid()`,
      );

    it('fails the transaction that it drops, and the next one works', async () => {
      const broken = database.transaction((transaction) => transaction.query('SELECT pg_sleep(5)'));
      const refused = expect(broken).rejects.toThrow(/cannot be reached/);
      await pause(300);
      await breakAll();
      await refused;
      const { rows } = await database.transaction((one) => one.query('SELECT 1 AS one'));
      expect(rows).toEqual([{ one: 1 }]);
    });

    it('takes no word back that was said while a lock of it was held', async () => {
      const vault = openVault(
        database,
        () => new Uint8Array(32),
        () => 0,
      ).account('x:@meeting');
      const work = vault.exclusively(async () => {
        await pause(600);
        return 'renewed';
      });
      await pause(300);
      await breakAll();
      expect(await work).toBe('renewed');
      expect(await vault.exclusively(() => Promise.resolve('again'))).toBe('again');
    });

    it('holds nobody up for long when it falls silent without a word', async () => {
      const silent = await openSilenceable(url);
      // As `openServer` does, only sooner.
      const slow = await openDatabase({ url: silent.url });
      await Promise.all([slow.query('SELECT pg_sleep(0.1)'), slow.query('SELECT pg_sleep(0.1)')]);
      silent.fallSilent();
      const lost = [
        slow.query('SELECT 1'),
        slow.transaction((transaction) => transaction.query('SELECT 1')),
      ];
      const ends = await Promise.allSettled(lost);
      expect(ends.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
      expect((await slow.query('SELECT 2 AS two')).rows).toEqual([{ two: 2 }]);
      await slow.close();
      silent.close();
    });
  },
);

/** A way to the server on which open connections can fall silent, as when another machine takes its place; new ones work. */
async function openSilenceable(url: string) {
  const address = new URL(url);
  const lines: { isDead: boolean; readonly sockets: readonly net.Socket[] }[] = [];
  const port = Number(address.port);
  const relay = net.createServer((client) => {
    const server = net.connect(port, '127.0.0.1');
    const line = { isDead: false, sockets: [client, server] };
    lines.push(line);
    for (const [from, to] of [
      [client, server],
      [server, client],
    ] as const) {
      from.on('data', (data) => line.isDead || to.write(data));
      from.on('error', () => undefined);
      from.on('close', () => to.destroy());
    }
  });
  await new Promise<void>((resolve) => relay.listen(0, '127.0.0.1', resolve));
  address.port = String((relay.address() as net.AddressInfo).port);
  address.searchParams.set('query_timeout', '1500');
  return {
    url: address.href,
    fallSilent: () => lines.forEach((line) => (line.isDead = true)),
    close: () => {
      lines.forEach(({ sockets }) => sockets.forEach((socket) => socket.destroy()));
      relay.close();
    },
  };
}
