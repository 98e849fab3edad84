#!/usr/bin/env node
import { callboard } from './callboard.js';
import { processWorld } from './world.js';

// A reader that went away (`| head`) ends the output, not the work.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

process.exitCode = await callboard(process.argv.slice(2), processWorld);
