import { describe, expect, it } from 'vitest';
import { lineFor, levelOf } from '../../src/cli/live-lines.js';
import { isSaid, logLevels } from '../../src/config/log-level.js';
import type { CallboardEvent } from '../../src/events.js';
import pc from 'picocolors';

const announcement = (to: 'published' | 'expired' | 'rejected'): CallboardEvent => ({
  kind: 'announcement',
  id: 'abc',
  network: 'bluesky',
  leadTime: 'PT15M',
  to,
  at: Date.UTC(2026, 8, 3, 8, 45, 1),
  dueAt: Date.UTC(2026, 8, 3, 8, 45),
  title: 'Fog \u001b[31mSignals',
  reason: 'its time is over',
});

describe('the live lines', () => {
  it('say what became of an announcement, on the clock of the venue, without its control characters', () => {
    const line = lineFor(announcement('expired'), 0, {
      colours: pc.createColors(false),
      zone: 'Europe/Lisbon',
    });
    expect(line).toBe('09:45:01  ○ Bluesky  PT15M   expired Fog  [31mSignals (its time is over)');
  });

  it('are written from the wanted level on', () => {
    const events = [
      announcement('published'),
      announcement('expired'),
      announcement('rejected'),
      { kind: 'queue-lost', message: 'gone' },
      { kind: 'queue-back' },
      { kind: 'program-failed', message: 'unreadable' },
    ] satisfies CallboardEvent[];
    const said = logLevels.map(
      (wanted) => events.filter((event) => isSaid(levelOf(event), wanted)).length,
    );
    expect(Object.fromEntries(logLevels.map((level, index) => [level, said[index]]))).toEqual({
      info: 6,
      warn: 4,
      error: 2,
      silent: 0,
    });
  });
});
