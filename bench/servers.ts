import {
  missingPostgres,
  startPostgres,
  type PostgresServer,
} from '../test/support/postgres-server.js';
import { missingRedis, privateRedis, type RedisServer } from '../test/support/redis-server.js';

/** Private servers in temporary folders on free ports, as far as their programs are installed. */
export interface Servers {
  readonly postgres?: PostgresServer;
  readonly redis?: RedisServer;
  /** What is not there, each with how to get it. */
  readonly missing: readonly string[];
  stop(): Promise<void>;
}

/** Starts what of the two is asked for and there. */
export async function startServers(): Promise<Servers> {
  const noPostgres = missingPostgres();
  const noRedis = missingRedis();
  const postgres = noPostgres === undefined ? await startPostgres() : undefined;
  const redis = noRedis === undefined ? await privateRedis() : undefined;
  await redis?.start();
  return {
    ...(postgres && { postgres }),
    ...(redis && { redis }),
    missing: [noPostgres, noRedis].filter((one) => one !== undefined),
    async stop() {
      await redis?.remove();
      await postgres?.stop();
    },
  };
}
