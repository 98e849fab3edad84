import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { atomsOf } from '../../../src/program/search/atoms.js';
import { quoted } from '../../../src/program/search/query.js';
import { mpsaProgram } from '../../support/mpsa.js';
import { read } from '../../support/program-readings.js';
import { realPrograms } from '../../support/real-programs.js';
import { bracketed, searchOver, titles } from '../../support/searching.js';

const bytes = (name: string) => readFileSync(join(realPrograms ?? '', name));

describe.skipIf(!realPrograms)('the search over real programs', () => {
  it('finds a name with an umlaut in all its spellings, and mistyped', async () => {
    const text = JSON.stringify(mpsaProgram(bytes('mpsa2026.json').toString('utf8')));
    const search = await searchOver(read(text).program, 'Section');
    for (const typed of ['bohmelt', 'boehmelt', 'Böhmelt', 'bohmlet']) {
      const { things, hits } = search.search(typed);
      expect(things.map(({ title }) => bracketed(title))).toEqual(['Tobias [Böhmelt]']);
      expect(hits.map(({ kind, matched }) => [kind, matched?.text])).toEqual([
        ['presentation', 'Tobias Böhmelt'],
      ]);
    }
    expect(search.suggest('bohm', 5).map(({ title }) => title.text)).toEqual(['Tobias Böhmelt']);
    const [section] = search.search('democracy').facets.unit;
    const narrowed = search.search(`democracy ${section?.filter ?? ''}`);
    expect(narrowed.total).toBe(section?.count);
    expect(search.search(`section:${quoted(section?.name ?? '')} democracy`).total).toBe(
      section?.count,
    );
  });

  it.each(['39c3.frab.json', 'fosdem2024.frab.xml', 'pyconfr2025.pretalx-rest.json'])(
    'finds every session of %s by its own title',
    async (name) => {
      const { program } = read(bytes(name));
      const search = await searchOver(program);
      const missed = program.sessions.filter(({ key, title }) => {
        if (atomsOf(title).length === 0) return false;
        const { hits } = search.search(quoted(title), { limit: 500 });
        return !hits.some((hit) => hit.key === key);
      });
      expect(missed.map(({ title }) => title)).toEqual([]);
      expect(program.sessions.length).toBeGreaterThan(0);
    },
  );

  it('finds people by the letters that a keyboard lacks', async () => {
    const search = await searchOver(read(bytes('pyconfr2025.pretalx-rest.json')).program);
    const accented = search.catalog.lookup.program.people.filter(({ name }) =>
      /[éèêëç]/.test(name),
    );
    expect(accented.length).toBeGreaterThan(0);
    for (const { name } of accented) {
      const plain = name.normalize('NFD').replace(/\p{M}/gu, '');
      expect(titles(search.search(quoted(plain), { kind: 'person' }))).toContain(name);
    }
  });
});
