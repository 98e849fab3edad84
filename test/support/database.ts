import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, onTestFinished } from 'vitest';
import type { Database } from '../../src/storage/database.js';
import { openDatabase } from '../../src/storage/opening.js';
import { embeddedTemplate } from './database-template.js';
import { missingPostgres, startPostgres, type PostgresServer } from './postgres-server.js';

/** A data folder that is removed when the test ends; to be called within one. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'callboard-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** An embedded database in a fresh folder, from a template that is made once for all test files. */
export async function openEmbeddedForTest(folder: string): Promise<Database> {
  return openDatabase({ folder, pristine: await embeddedTemplate() });
}

/** Address of a fresh database on a server for the tests of this file; the server is started at first use. */
export function postgresForTests(): { freshDatabase(): Promise<string> } {
  let server: Promise<PostgresServer> | undefined;
  afterAll(async () => (await server)?.stop());
  return {
    freshDatabase: async () => {
      server ??= startPostgres();
      return (await server).freshDatabase();
    },
  };
}

/**
 * Runs the same tests on the embedded database and, where there is one, on a Postgres server. Without a server the second half is skipped and
 * says so; in CI that is a failure.
 */
export function describeOnDatabases(
  title: string,
  tests: (database: () => Database) => void,
): void {
  describe(`${title} (embedded)`, () => {
    const folder = mkdtempSync(join(tmpdir(), 'callboard-test-'));
    let database: Database | undefined;
    beforeAll(async () => {
      database = await openEmbeddedForTest(folder);
    });
    afterAll(async () => {
      await database?.close();
      rmSync(folder, { recursive: true, force: true });
    });
    tests(() => open(database));
  });

  const missing = missingPostgres();
  if (missing !== undefined && process.env.CI) throw new Error(missing);
  describe.skipIf(missing !== undefined)(
    `${title} (server${missing ? `: skipped, ${missing}` : ''})`,
    () => {
      const postgres = postgresForTests();
      let database: Database | undefined;
      beforeAll(async () => {
        database = await openDatabase({ url: await postgres.freshDatabase() });
      });
      afterAll(async () => database?.close());
      tests(() => open(database));
    },
  );
}

function open(database: Database | undefined): Database {
  if (database === undefined) throw new Error('the database is not open yet');
  return database;
}
