import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCardPainter } from '../../../src/compose/cards/card-painter.js';
import { pictureOf } from '../../../src/compose/card-content.js';
import type { Picture } from '../../../src/compose/content.js';
import { sessionFacts } from '../../../src/compose/session-facts.js';
import { createWording } from '../../../src/compose/wording.js';
import { programOf, type SessionSketch } from '../../support/programs.js';
import { templatesFolder } from '../../support/templates.js';

const layouts = join(templatesFolder, 'cards');
const wording = createWording('en', 'Europe/Berlin');

function picture(sketch: SessionSketch): Picture {
  const program = programOf(sketch);
  const [session] = program.program.sessions;
  if (session === undefined) throw new Error('no session');
  return pictureOf(sessionFacts(session, program), 'Sample Meeting 2030', wording);
}

/** Width and height stand in the first chunk: https://www.w3.org/TR/png-3/#11IHDR */
function sizeOf(png: Uint8Array): { width: number; height: number } {
  const view = Buffer.from(png);
  expect(view.subarray(1, 4).toString('latin1')).toBe('PNG');
  return { width: view.readUInt32BE(16), height: view.readUInt32BE(20) };
}

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'callboard-cards-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('the picture by reference', () => {
  it('has a digest that depends on what it shows and nothing else', () => {
    const one = picture({ title: 'Opening', room: 'Hall 1' });
    expect(picture({ title: 'Opening', room: 'Hall 1' }).digest).toBe(one.digest);
    expect(picture({ title: 'Opening', room: 'Hall 2' }).digest).not.toBe(one.digest);
    expect(one.digest).toMatch(/^[a-z2-7]{52}$/);
  });
});

describe('a card', () => {
  const painter = createCardPainter({ layouts });
  const nine = Array.from({ length: 9 }, (_, i) => `Person Number${i} Surname`);

  it.each<[string, SessionSketch]>([
    [
      'a plain session',
      { title: 'Opening', people: ['Ada Example'], room: 'Hall 1', unit: 'Plenary' },
    ],
    ['no room and nobody', { title: 'Opening' }],
    [
      'a title without end',
      { title: 'word '.repeat(200), people: nine, room: 'r'.repeat(200), unit: 'u'.repeat(200) },
    ],
    ['a word without end', { title: 'x'.repeat(400) }],
    [
      'markup',
      {
        title:
          '<img src="https://evil.example/x.png"><style>*{display:none}</style>&amp; {{ title }}',
      },
    ],
    [
      'emoji, also newer than the pictures',
      { title: '🚀 👩‍🚀 🇩🇪 1️⃣ ❤️ \u{1fae9}', people: ['Ada 🐙'] },
    ],
    ['half a surrogate pair and controls', { title: 'a\ud83d\u0000\u202eb' }],
  ])('of %s is 1200 × 630 and under a megabyte', async (_name, sketch) => {
    const png = await painter.draw(picture(sketch));
    expect(sizeOf(png)).toEqual({ width: 1200, height: 630 });
    expect(png.byteLength).toBeLessThan(1_000_000);
  });

  it('is the same to the byte from another painter that drew other things before', async () => {
    const other = createCardPainter({ layouts });
    await other.draw(picture({ title: 'データ 数える 한국어 中文' }));
    const wanted = picture({ title: '統計 and more', people: ['王小明'] });
    expect(Buffer.from(await other.draw(wanted)).equals(await painter.draw(wanted))).toBe(true);
  });

  it.each([
    ['Latin', 'aéłșğßøŒ'],
    ['Vietnamese', 'ằệợử'],
    ['Cyrillic', 'жщѣїџ'],
    ['Greek', 'ωάψἀ'],
    ['Devanagari', 'अकमह'],
    ['Arabic', 'عبحم'],
    ['Hebrew', 'אבשל'],
    ['Thai', 'กขคฮ'],
    ['Japanese', 'あカ漢働'],
    ['Chinese, simplified', '统计门龙'],
    ['Chinese, traditional', '體說龍灣'],
    ['Korean', '한글봐쉿'],
    ['signs', '→≥∞♥•…–“'],
    ['emoji', '🚀🎪🐙'],
  ])('has a glyph of its own for every letter of %s', async (_script, letters) => {
    const drawn = new Set<string>();
    // No font has a glyph for this one: its box is what a missing letter looks like.
    const all = ['\u{10fffd}', ...Array.from(letters, (letter) => letter)];
    for (const title of all) {
      const { digest, ...rest } = picture({ title: 'x' });
      const png = await painter.draw({
        ...rest,
        digest: digest + title,
        card: { ...rest.card, title },
      });
      drawn.add(Buffer.from(png).toString('base64'));
    }
    expect(drawn.size).toBe(all.length);
  });
});

describe('the shipped layout', () => {
  it('is readable: every colour of text has a contrast of at least 4.5 where the background is brightest', async () => {
    const source = await readFile(join(layouts, 'session.liquid'), 'utf8');
    const colours = /colours = '([^']+)'/.exec(source)?.[1]?.split(',') ?? [];
    const texts = [...source.matchAll(/ color: (#\w{6})/g)].map(([, colour]) => colour ?? '');
    const grounds = [...source.matchAll(/(#\w{6}) \d+%/g)].map(([, colour]) => colour ?? '');
    const glow = Number.parseInt(/\}\}(\w\w) 0%/.exec(source)?.[1] ?? '', 16) / 255;
    expect([colours.length, texts.length > 2, grounds.length, glow > 0]).toEqual([
      8,
      true,
      3,
      true,
    ]);
    for (const unit of colours) {
      for (const ground of grounds) {
        const lit = rgb(ground).map((part, i) => part + ((rgb(unit)[i] ?? 0) - part) * glow);
        for (const text of [unit, ...texts]) {
          expect(contrast(rgb(text), lit), `${text} on ${ground} lit by ${unit}`).toBeGreaterThan(
            4.5,
          );
        }
      }
    }
  });
});

function rgb(hex: string): number[] {
  return [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
}

/** https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
function contrast(one: number[], other: number[]): number {
  const luminance = (colour: number[]) => {
    const [r = 0, g = 0, b = 0] = colour
      .map((part) => part / 255)
      .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const [a, b] = [luminance(one), luminance(other)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

describe('drawing', () => {
  it('happens once for the same picture, also at the same moment and after a restart', async () => {
    const cache = join(folder, 'once');
    const painter = createCardPainter({ layouts, cache });
    const wanted = picture({ title: 'Drawn once' });
    const [first, second] = await Promise.all([painter.draw(wanted), painter.draw(wanted)]);
    expect(second).toBe(first);
    const files = await readdir(cache);
    expect(files).toEqual([expect.stringMatching(/^[a-z2-7]{52}\.png$/)]);

    // A mark in the file shows that it is read and not drawn again.
    const marked = Buffer.from(first);
    marked.writeUInt32BE(77, 16);
    await writeFile(join(cache, files[0] ?? ''), marked);
    expect(sizeOf(await createCardPainter({ layouts, cache }).draw(wanted)).width).toBe(77);
  });

  it('happens again when the kept file is only half there', async () => {
    const cache = join(folder, 'half');
    const wanted = picture({ title: 'Half' });
    const whole = await createCardPainter({ layouts, cache }).draw(wanted);
    const [file = ''] = await readdir(cache);
    await writeFile(join(cache, file), whole.subarray(0, 900));
    expect(
      Buffer.from(await createCardPainter({ layouts, cache }).draw(wanted)).equals(whole),
    ).toBe(true);
  });

  it('works without a folder that can be written', async () => {
    const file = join(folder, 'a-file');
    await writeFile(file, '');
    const png = await createCardPainter({ layouts, cache: join(file, 'inside') }).draw(
      picture({ title: 'x' }),
    );
    expect(sizeOf(png).width).toBe(1200);
  });

  it('happens again when the layout changed', async () => {
    const own = join(folder, 'layouts');
    const cache = join(folder, 'changed');
    await rm(own, { recursive: true, force: true });
    await mkdir(own);
    const wanted = picture({ title: 'Changed' });
    for (const colour of ['#000', '#fff']) {
      await writeFile(
        join(own, 'session.liquid'),
        `<div style="width:1200px;height:630px;background-color:${colour}">{{ title }}</div>`,
      );
      await createCardPainter({ layouts: [own, layouts], cache }).draw(wanted);
    }
    expect(await readdir(cache)).toHaveLength(2);
  });

  it('says where a layout is wrong', async () => {
    const own = join(folder, 'broken');
    await mkdir(own, { recursive: true });
    await writeFile(join(own, 'session.liquid'), '<div>\n{{ titel }}</div>');
    const wanted = picture({ title: 'x' });
    await expect(createCardPainter({ layouts: own }).draw(wanted)).rejects.toThrow(
      `${join(own, 'session.liquid')}:2: undefined variable: titel. Correct the layout; docs/templates.md shows what it may use.`,
    );
    await expect(
      createCardPainter({ layouts: join(folder, 'nowhere') }).draw(wanted),
    ).rejects.toThrow(
      `${join(folder, 'nowhere', 'session.liquid')}: there is no such card layout.`,
    );
  });
});
