import { chmodSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../../src/config/package-root.js';
import { createPostTemplates } from '../../src/compose/templates.js';
import type { View } from '../../src/compose/view.js';
import { readTemplates, templateFolders } from '../../src/config/templates.js';
import { CallboardError } from '../../src/errors.js';

function folder(files: Readonly<Record<string, string | Uint8Array>>): string {
  const root = mkdtempSync(join(tmpdir(), 'callboard-templates-'));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(root, name, '..'), { recursive: true });
    writeFileSync(join(root, name), text);
  }
  return root;
}

function complaintOf(action: () => unknown) {
  try {
    action();
  } catch (error) {
    if (error instanceof CallboardError) return error.complaint;
    throw error;
  }
  throw new Error('it was read');
}

describe('templates', () => {
  it('are read by name, and one’s own replace the shipped ones', () => {
    const shipped = folder({
      'bluesky/P1D.liquid': 'tomorrow',
      'bluesky/PT1H.liquid': 'soon',
      'cards/session.json': '{}',
      'partials/when.liquid': 'when',
    });
    const own = folder({ 'bluesky/P1D.liquid': 'morgen', 'x/own.liquid': 'eigen' });
    expect([...readTemplates([shipped, own])]).toEqual([
      ['bluesky/P1D', 'morgen'],
      ['bluesky/PT1H', 'soon'],
      ['partials/when', 'when'],
      ['x/own', 'eigen'],
    ]);
  });

  it('are told by the file that was read', () => {
    const shipped = folder({ 'bluesky/P1D.liquid': 'tomorrow', 'default.liquid': 'soon' });
    const own = folder({ 'bluesky/P1D.liquid': '{{ nothing }}' });
    const templates = createPostTemplates(readTemplates([shipped, own]));
    const choice = { announcement: 'a', network: 'bluesky', template: 'bluesky/P1D' } as const;
    const rendered = templates.render(choice, {} as View);
    expect(rendered.ok ? '' : rendered.problem.place).toBe(
      `${basename(own)}/bluesky/P1D.liquid:1 (announcement a)`,
    );
    expect(templates.fileFor({ network: 'bluesky', template: 'bluesky/PT1H' })).toBe(
      `${basename(shipped)}/default.liquid`,
    );
  });

  it('come from the package, then from the organizer’s folder', () => {
    expect(templateFolders({})).toEqual([join(packageRoot, 'templates')]);
    expect(templateFolders({ templatesFolder: '/own' })).toEqual([
      join(packageRoot, 'templates'),
      '/own',
    ]);
  });

  it('that cannot be read are told with place and remedy', () => {
    const missing = join(folder({}), 'none');
    expect(complaintOf(() => readTemplates([missing]))).toMatchObject({ place: missing });
    const large = folder({ 'x/P1D.liquid': 'x'.repeat(100_001) });
    expect(complaintOf(() => readTemplates([large]))).toEqual({
      place: join(large, 'x/P1D.liquid'),
      problem: 'it is larger than 100 kB',
      remedy: 'Name a folder of readable .liquid files as templatesFolder, or leave it out',
    });
    const binary = folder({ 'x/P1D.liquid': new Uint8Array([0xff, 0xfe]) });
    expect(complaintOf(() => readTemplates([binary])).place).toBe(join(binary, 'x/P1D.liquid'));
  });

  it('may lie in a folder that can only be read', () => {
    const own = folder({ 'x/P1D.liquid': 'x' });
    chmodSync(own, 0o555);
    expect(readTemplates([own]).get('x/P1D')).toBe('x');
  });
});
