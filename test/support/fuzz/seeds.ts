import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { realPrograms } from '../real-programs.js';

/** A document that mutations begin from. */
export interface Seed {
  readonly name: string;
  readonly text: string;
}

const fixtures = fileURLToPath(new URL('../../fixtures', import.meta.url));
const isProgram = /\.(?:json|xml|ics|csv|html)$/;
/** Of a real program so much is enough to stumble over: the whole is read by tests of its own. */
const mostCharacters = 60_000;

/** Documents of our own invention in every format, and beginnings of the real programs where they are there. */
export function seeds(): readonly Seed[] {
  const own = readAll(join(fixtures, 'programs'));
  const real = realPrograms === undefined ? [] : readAll(realPrograms).map(shortened);
  return [...own, ...real];
}

function readAll(folder: string): readonly Seed[] {
  return readdirSync(folder)
    .filter((name) => isProgram.test(name))
    .sort()
    .map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') }));
}

/** A real program with few entries, still whole by its format. */
function shortened({ name, text }: Seed): Seed {
  if (text.length <= mostCharacters) return { name, text };
  if (name.endsWith('.json')) {
    return { name, text: JSON.stringify(withShortLists(JSON.parse(text) as unknown)) };
  }
  const cut = text.slice(0, mostCharacters);
  if (name.endsWith('.ics')) {
    return {
      name,
      text: `${cut.slice(0, cut.lastIndexOf('END:VEVENT'))}END:VEVENT\r\nEND:VCALENDAR`,
    };
  }
  if (name.endsWith('.xml')) {
    const events = cut.slice(0, cut.lastIndexOf('</event>'));
    return { name, text: `${events}</event></room></day></schedule>` };
  }
  return { name, text: cut.slice(0, cut.lastIndexOf('\n')) };
}

function withShortLists(value: unknown): unknown {
  if (Array.isArray(value)) return value.slice(0, 12).map(withShortLists);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [name, withShortLists(one)]),
  );
}
