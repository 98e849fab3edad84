import { readFileSync } from 'node:fs';
import { mpsaProgram } from './mpsa.js';
import { realPrograms } from './real-programs.js';

// Writes the gathered academic meeting in our own format to stdout, for rehearsals and benches at its density:
//   npx tsx test/support/write-mpsa.ts > program.json
const file = process.argv[2] ?? `${realPrograms ?? '.'}/mpsa2026.json`;
process.stdout.write(`${JSON.stringify(mpsaProgram(readFileSync(file, 'utf8')))}\n`);
