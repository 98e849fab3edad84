// Reads Vitest's JSON report: with servers and browser installed, only tests that need another user, a mount or the real programs may be skipped.
import { readFileSync } from 'node:fs';
import path from 'node:path';

const mayBeSkipped = ['test/program/fetch/fetch-program.test.ts', 'test/storage/database.test.ts'];

/** Whether a file has tests over the real programs, which stand beside the project and not in it. */
function readsRealPrograms(file) {
  return /skipIf\(!realPrograms\)|skipIf\(realPrograms === undefined\)/.test(
    readFileSync(file, 'utf8'),
  );
}
const { testResults } = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const skipped = testResults.flatMap(({ name, assertionResults }) =>
  assertionResults
    .filter(({ status }) => status === 'skipped' || status === 'pending' || status === 'todo')
    .map(({ fullName }) => ({ file: path.relative(process.cwd(), name), fullName })),
);
const wrong = skipped.filter(
  ({ file }) => !mayBeSkipped.includes(file) && !readsRealPrograms(file),
);
for (const { file, fullName } of skipped) console.log(`skipped: ${file}: ${fullName}`);
if (wrong.length > 0) {
  console.error(
    `${wrong.length} tests were skipped although everything that they need is installed.`,
  );
  process.exit(1);
}
