import { readFileSync } from 'node:fs';
import { readProgram } from '../../src/program/import.js';
import { lookup } from '../../src/program/lookup.js';
import type { Program, Session } from '../../src/program/model.js';
import type { WebContext } from '../../src/site/web-context.js';
import { standingClock, webFixture, type Fixture } from './web-fixture.js';

const file = new URL('../../config/sample-conference.json', import.meta.url);

/** The sample conference, as it is read. */
export const sample: Program = readProgram(
  [{ name: 'sample-conference.json', bytes: readFileSync(file) }],
  { address: 'sample-conference.json', edition: 'sample' },
).program;

/** A session of the sample with presentations. */
export const panel: Session =
  sample.sessions.find(({ presentations, cancelled }) => presentations.length > 2 && !cancelled) ??
  raise();

/** The site of the sample, at the moment at which the panel has begun. */
export function sampleSite(over: Partial<WebContext> = {}): Fixture {
  const fixture = webFixture({
    clock: { ...standingClock, now: () => panel.startsAt + 60_000 },
    conference: () => ({
      name: sample.title,
      zone: sample.zone,
      language: 'en',
      unitLabel: sample.unitLabel ?? 'Section',
    }),
    social: [
      { network: 'bluesky', name: 'Bluesky', address: 'https://bsky.app/profile/lights.example' },
      { network: 'threads', name: 'Threads' },
      { network: 'x', name: 'X (Twitter)' },
      { network: 'youtube', name: 'YouTube' },
    ],
    shareTexts: (key) =>
      Promise.resolve(
        new Map([
          ['bluesky', `About ${key}`],
          ['x', `About ${key}`],
        ]),
      ),
    ...over,
  });
  fixture.program = sample;
  return fixture;
}

/** The sample by keys. */
export const sampleLookup = lookup(sample);

function raise(): never {
  throw new Error('the sample has lost its panels');
}
