import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { writeColumns } from '../../src/config/write-columns.js';
import { meeting, place, programOf, sentenceOf, sessions } from './command-line.js';

const talks = `Nr;Titel;Tag;Von;Bis;Saal;Leitung
1;Ebbe;3.4.2031;09:00;10:00;Pier;Ada Roe
2;Flut;13.4.2031;09:00;10:00;Quai;
`;
const config = meeting.replace('program: program.json', 'program: talks.csv   # ours');
const columns = {
  id: 'Nr',
  title: 'Titel',
  date: 'Tag',
  start: 'Von',
  end: 'Bis',
  room: 'Saal',
  chair: 'Leitung',
};

function withTalks(text = talks, own = config) {
  const here = place({}, own);
  here.write('talks.csv', text);
  return here;
}

describe('import --map', () => {
  it('prints the mapping as YAML to paste, and what is in the columns beside it', async () => {
    const here = withTalks();
    const { code, out, err } = await here.run('import', '--map');
    expect(code).toBe(0);
    expect(parse(out)).toEqual({ program: { address: join(here.folder, 'talks.csv'), columns } });
    expect(err).toMatch(/title\s+Titel\s+Ebbe · Flut/);
    expect(readFileSync(join(here.folder, 'callboard.yaml'), 'utf8')).toBe(config);
  });

  it('finds days and times by their values where headings do not say', async () => {
    const { out } = await withTalks(talks.replace('Tag;Von', 'Wann 1;Wann 2')).run(
      'import',
      '--map',
      '--json',
    );
    const { columns: found, taken } = JSON.parse(out) as {
      columns: object;
      taken: { field: string; by: string }[];
    };
    expect(found).toEqual({ ...columns, date: 'Wann 1', start: 'Wann 2' });
    expect(taken.filter(({ by }) => by === 'values').map(({ field }) => field)).toEqual([
      'start',
      'date',
    ]);
  });

  it('with --write puts it into the config, whose comments stay, and the import goes by it', async () => {
    const here = withTalks();
    const { code, out } = await here.run('import', '--map', '--write');
    expect([code, out]).toEqual([0, `✓ ${join(here.folder, 'callboard.yaml')}: program.columns`]);
    const written = readFileSync(join(here.folder, 'callboard.yaml'), 'utf8');
    expect(parse(written)).toEqual({
      ...(parse(config) as object),
      program: { address: 'talks.csv', columns },
    });
    expect(written).toContain('# ours');
    const imported = await here.run('import', '--dry-run', '--json');
    expect(JSON.parse(imported.out)).toMatchObject({
      report: { format: 'spreadsheet', counts: { sessions: 2, people: 1 } },
    });
    here.write('talks.csv', talks.replace('Titel', 'Title'));
    expect(sentenceOf(await here.run('import', '--dry-run'))).toMatch(
      /title is in the column "Titel", which is not there\. Write "Title", if that is meant/,
    );
  });

  it('says what is open where no column is clearly the title or the start', async () => {
    const { code, err } = await withTalks('Farbe,Form\nrot,rund\n').run('import', '--map');
    expect(code).toBe(3);
    expect(err).toContain(
      'no column is clearly the title or the start of a session. Write it yourself below program.columns in the config, as in title: "Farbe"; there are "Farbe", "Form".',
    );
  });

  it('says that a program in another format has no columns, and that a known export needs no mapping', async () => {
    const here = place();
    expect(sentenceOf(await here.run('import', '--map'))).toMatch(
      /it is no spreadsheet, so it has no columns/,
    );
    const sched = 'name,event_start,event_end\nEbb,2031-04-03 09:00,2031-04-03 10:00\n';
    expect(sentenceOf(await withTalks(sched).run('import', '--map'))).toMatch(
      /it is an export of Sched CSV, whose columns are known/,
    );
  });

  it('says where the mapping cannot be written, and leaves the config as it is', async () => {
    const here = withTalks();
    mkdirSync(join(here.folder, 'callboard.yaml.new'));
    const { code, err } = await here.run('import', '--map', '--write');
    expect(code).toBe(1);
    expect(err.split('\n').at(-1)).toMatch(
      /callboard\.yaml\.new: it is a folder\. .*, or leave out --write and paste the mapping into the config\.$/,
    );
    expect(readFileSync(join(here.folder, 'callboard.yaml'), 'utf8')).toBe(config);
  });

  it('does not write the mapping of another program into the config', async () => {
    const here = withTalks();
    const ended = await here.run('import', '--map', '--write', '--program', 'talks.csv');
    expect(ended.code).toBe(2);
    expect(sentenceOf(ended)).toMatch(
      /it speaks of another program than the one given with --program/,
    );
  });
});

describe('the config with a mapping', () => {
  it.each([
    [
      'a: 1 # one\nprogram:\n  # where\n  address: x.csv\n  columns:\n    title: Old\n\n# two\nb: [1, 2]\nc: { d: "3" }\n',
      'a: 1 # one\nprogram:\n  # where\n  address: x.csv\n  columns:\n    title: New\n    start:\n      - Day\n      - Time\n\n# two\nb: [1, 2]\nc: { d: "3" }\n',
    ],
    [
      'program: x.csv # ours\n\n# two\nb: [1, 2]\n',
      'program:\n  address: x.csv # ours\n  columns:\n    title: New\n    start:\n      - Day\n      - Time\n\n# two\nb: [1, 2]\n',
    ],
    [
      'b: [1, 2]\nprogram: x.csv',
      'b: [1, 2]\nprogram:\n  address: x.csv\n  columns:\n    title: New\n    start:\n      - Day\n      - Time',
    ],
    [
      '{ "program": "x.csv", "b": 1 }\n',
      '{ "program": { address: "x.csv", columns: { title: New, start: [ Day, Time ] } }, "b": 1 }\n',
    ],
  ])(
    'keeps everything else to the letter, and replaces a mapping that was there (%#)',
    (text, expected) => {
      expect(writeColumns(text, { title: 'New', start: ['Day', 'Time'] })).toBe(expected);
    },
  );

  it('is refused where it names a field that there is not, with the nearest', async () => {
    const here = place(
      {},
      config.replace(
        'program: talks.csv',
        'program:\n  address: talks.csv\n  columns: { titel: X }',
      ),
    );
    here.write('program.json', programOf(sessions));
    expect((await here.run('import')).err).toMatch(
      /program\.columns\.titel: there is no such setting.*`title`/s,
    );
  });
});
