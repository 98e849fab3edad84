// Reads one program in a process of its own, beside a version before it where one is given, and prints the seconds and the seconds of the processor that
// took, the most memory of the process in MB, and the sessions.
import { readFileSync } from 'node:fs';
import { readProgram } from '../src/program/import.js';
import { openWorkbooks } from '../src/program/table/workbook.js';

const [file = '', earlier] = process.argv.slice(2);
const hints = { address: 'large', edition: 'bench', zone: 'Europe/Lisbon' };
const before =
  earlier === undefined
    ? undefined
    : readProgram([{ name: 'before', bytes: readFileSync(earlier) }], hints).program;
const bytes = readFileSync(file);
const began = performance.now();
const busy = process.cpuUsage();
const documents = await openWorkbooks([{ name: 'large', bytes }]);
const { program } = readProgram(documents, before ? { ...hints, before } : hints);
const { user, system } = process.cpuUsage(busy);
process.stdout.write(
  JSON.stringify({
    seconds: (performance.now() - began) / 1_000,
    cpuSeconds: (user + system) / 1e6,
    megabytes: Math.round(process.resourceUsage().maxRSS / 1024),
    sessions: program.sessions.length,
  }),
);
