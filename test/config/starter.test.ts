import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { networks } from '../../src/campaign/network.js';
import { starterConfig } from '../../src/config/starter.js';
import { load } from './config-error.js';

describe('a starter config', () => {
  it('is valid and says what was answered', () => {
    const text = starterConfig({
      name: 'MPSA: Annual Meeting #26',
      program: 'https://example.org/program.json?year=2026&all=1',
      zone: 'America/Chicago',
      hashtags: ['Meeting26', 'Ökologie'],
      networks: ['bluesky', 'x'],
      site: 'https://program.example.org',
    });
    const config = load(text);
    expect(config.conference).toEqual({
      name: 'MPSA: Annual Meeting #26',
      zone: 'America/Chicago',
      hashtags: ['Meeting26', 'Ökologie'],
    });
    expect(config.program.address).toBe('https://example.org/program.json?year=2026&all=1');
    expect(config.site).toBe('https://program.example.org');
    expect(config.accounts.map(({ account }) => account.id)).toEqual([
      'preview:bluesky',
      'preview:x',
    ]);
  });

  it('is valid with as little as a name and a program, and hints at the rest', () => {
    const text = starterConfig({ name: 'Meeting', program: 'program.ics' });
    expect(load(text).accounts.map(({ account }) => account.network)).toEqual(networks);
    expect(text).toContain('  # zone: Europe/Berlin');
    expect(text).toContain('# site: https://program.example.org');
    expect(text).not.toContain('$schema');
    const schema = '../callboard.schema.json';
    expect(starterConfig({ name: 'Meeting', program: 'program.ics', schema })).toBe(
      `# yaml-language-server: $schema=${schema}\n${text}`,
    );
    for (const line of text.split('\n')) {
      const uncommented = /^(\s*)# ((zone|site|quietHours): .*)$/.exec(line);
      if (uncommented === null) continue;
      const more = text.replace(line, `${uncommented[1] ?? ''}${uncommented[2] ?? ''}`);
      expect(() => load(more)).not.toThrow();
    }
  });

  it('is valid whatever the name, and keeps it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1 }), (text) => {
        const name = text.replace(/[\s\p{Cc}]+/gu, ' ').trim();
        fc.pre(name !== '' && !/\p{Cs}/u.test(name));
        expect(load(starterConfig({ name: text, program: 'p.json' })).conference.name).toBe(name);
      }),
      { numRuns: 40 },
    );
    for (const name of [
      'yes',
      'null',
      '2026',
      '1e3',
      '- a',
      'a: b',
      'a #b',
      '~',
      "it's",
      '"x"',
      '.5',
    ]) {
      expect(load(starterConfig({ name, program: 'p.json' })).conference.name).toBe(name);
    }
  });
});
