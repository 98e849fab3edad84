import pc from 'picocolors';
import { describe, expect, it } from 'vitest';
import { handOffLines } from '../../src/cli/hand-offs.js';
import type { HandOff } from '../../src/operations/hand-offs.js';

const handOff: HandOff = {
  id: 'abcdefgh23456789',
  account: 'youtube:@tides',
  network: 'youtube',
  title: 'Ebb',
  text: 'Ebb begins in an hour',
  picture: { digest: 'd1', alt: 'Ebb, Hall 1' },
  link: 'https://tides.example.org/sessions/ebb',
  dueAt: '2031-04-03T13:00:00Z',
  until: '2031-04-03T14:00:00Z',
  overdue: false,
};

const linesOf = (site: string) =>
  handOffLines({ handOffs: [handOff], zone: 'America/Chicago' }, site, {
    colours: pc.createColors(false),
  });

describe('a hand-off', () => {
  it.each([
    ['https://tides.example.org', 'https://tides.example.org/cards/d1.png'],
    ['https://example.org/tides', 'https://example.org/tides/cards/d1.png'],
  ])('of the pages at %s has its picture at %s', (site, picture) => {
    expect(linesOf(site)).toContain(`  picture: ${picture}`);
  });

  it('ends on the clock of the venue and on that of UTC', () => {
    expect(linesOf('https://tides.example.org')).toContain(
      'until Thu 3 Apr 2031, 09:00 CDT, 14:00 UTC',
    );
  });
});
