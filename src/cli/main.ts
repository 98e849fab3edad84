#!/usr/bin/env node
import { Command } from 'commander';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { packageRoot } from '../config/package-root.js';
import { CallboardError, exitCodes, reasonOf } from '../errors.js';
import { addRun, addServe, addWork } from './run.js';
import { processTerminal } from './terminal.js';

const program = new Command('callboard')
  .description('Reads a conference’s program and announces every session: on time, exactly once.')
  .version(versionOf(), '-V, --version')
  .option('-c, --config <file>', 'the config (default: callboard.yaml here, else the sample’s)')
  .option('--data <folder>', 'the data folder of the embedded database (default: ./data)')
  .option('--debug', 'show where an error comes from')
  .option('--no-color', 'no colours')
  .showHelpAfterError('(callboard --help tells more)')
  .configureHelp({ sortSubcommands: false })
  .exitOverride();

for (const add of [addRun, addWork, addServe]) add(program);

try {
  await program.parseAsync();
} catch (thrown) {
  process.exitCode = endWith(thrown);
}

/** Says what went wrong in one sentence, and answers the exit code. */
function endWith(thrown: unknown): number {
  if (isCommanderError(thrown)) return thrown.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
  const terminal = processTerminal(process.argv.includes('--no-color') ? false : undefined);
  const cross = terminal.colours.red('✗');
  if (thrown instanceof CallboardError) terminal.err(`${cross} ${thrown.message}`);
  else
    terminal.err(
      `${cross} callboard: ${reasonOf(thrown)}. Run it again with --debug and report what it shows.`,
    );
  if (process.argv.includes('--debug') && thrown instanceof Error) terminal.err(stackOf(thrown));
  return thrown instanceof CallboardError ? exitCodes[thrown.exit] : exitCodes.failure;
}

function stackOf(error: Error): string {
  const cause = error.cause instanceof Error ? `\ncaused by: ${stackOf(error.cause)}` : '';
  return `${error.stack ?? error.message}${cause}`;
}

function isCommanderError(thrown: unknown): thrown is { exitCode: number } {
  return thrown instanceof Error && 'exitCode' in thrown && thrown.name === 'CommanderError';
}

function versionOf(): string {
  const manifest = JSON.parse(readFileSync(path.join(packageRoot, 'package.json'), 'utf8')) as {
    version: string;
  };
  return manifest.version;
}
