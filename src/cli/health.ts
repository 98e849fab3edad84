import type { Command } from 'commander';
import { z } from 'zod';
import { localAddress } from '../config/listening.js';
import { CallboardError, reasonOf } from '../errors.js';
import { configOf, terminalOf, withExamples, withJsonOption } from './command.js';
import { json, plain, type Terminal } from './terminal.js';

const patienceMs = 5_000;

/** `callboard health`: whether the pages answer and are well; for Docker and watchdogs. */
export function addHealth(program: Command): void {
  const command = program
    .command('health')
    .description('ask the running pages whether all is well; exit 0 or 1')
    .option('--host <address>', 'where the pages are served')
    .option('--port <number>', 'on which port');
  withExamples(withJsonOption(command), 'callboard health', 'callboard health --port 8080').action(
    async ({ json: isJson }: { json?: boolean }) => {
      const terminal = terminalOf(command);
      const { web } = configOf(command);
      const address = `${localAddress(web.host, web.port)}/health`;
      const health = await fetchHealth(address);
      if (isJson === true) terminal.out(json(health));
      else for (const line of healthLines(address, health, terminal)) terminal.out(line);
    },
  );
}

/** What a page that answers may still lack. */
const checked = z.object({
  checks: z.record(z.string(), z.object({ ok: z.boolean(), detail: z.string().optional() })),
});

function healthLines(address: string, health: unknown, { colours }: Terminal): readonly string[] {
  const { data } = checked.safeParse(health);
  const lacking = Object.entries(data?.checks ?? {}).filter(([, { ok }]) => !ok);
  if (lacking.length === 0) return [`${colours.green('✓')} ${address} is well`];
  return lacking.map(
    ([name, { detail = 'not well' }]) =>
      `${colours.yellow('!')} ${address} answers, but ${name}: ${plain(detail)}`,
  );
}

async function fetchHealth(address: string): Promise<unknown> {
  const response = await fetch(address, { signal: AbortSignal.timeout(patienceMs) }).catch(
    (thrown: unknown) => {
      const cause = thrown instanceof Error ? (thrown.cause ?? thrown) : thrown;
      throw unwell(address, `it does not answer (${reasonOf(cause)})`);
    },
  );
  const body = await response.text();
  if (!response.ok)
    throw unwell(address, `it answers ${String(response.status)}: ${body.slice(0, 300)}`);
  try {
    return JSON.parse(body) as unknown;
  } catch {
    throw unwell(address, 'what answers is no Callboard');
  }
}

function unwell(place: string, problem: string): CallboardError {
  return new CallboardError('unhealthy', {
    place,
    problem,
    remedy:
      'See whether `callboard run` or `callboard serve` is up, and what `callboard doctor` says',
  });
}
