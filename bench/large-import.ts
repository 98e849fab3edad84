// Reads one program in a process of its own and prints how much memory that took at most, in MB.
import { readFileSync } from 'node:fs';
import { readProgram } from '../src/program/import.js';

const bytes = readFileSync(process.argv[2] ?? '');
const { program } = readProgram([{ name: 'large', bytes }], { address: 'large', edition: 'bench' });
process.stdout.write(
  `${String(Math.round(process.resourceUsage().maxRSS / 1024))} ${String(program.sessions.length)}\n`,
);
