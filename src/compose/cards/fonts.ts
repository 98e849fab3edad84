import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Renderer } from '@takumi-rs/core';

/** A family of Noto Sans as Fontsource packs it: many small files, each for some ranges of characters. */
interface Family {
  readonly name: string;
  readonly subsets: readonly Subset[];
}

interface Subset {
  readonly file: string;
  readonly ranges: readonly [number, number][];
}

/** The families of a card, in the order in which each character looks for its glyph. */
export interface Fonts {
  /** Loads what the text needs, once per renderer. Resolves to the family names for `fontFamilies`. */
  prepare(text: string): Promise<string[]>;
}

/** Han characters are shared by three scripts that draw them differently: the letters beside them decide. */
const han = { ja: 'noto-sans-jp', zh: 'noto-sans-sc', ko: 'noto-sans-kr' };
const others = ['noto-sans', 'noto-sans-arabic', 'noto-sans-hebrew', 'noto-sans-thai'];
/** Of these only the subset of the script itself: the ranges of their others name symbols that the files do not hold. */
const ownSubset: Readonly<Record<string, string>> = {
  'noto-sans-arabic': 'arabic',
  'noto-sans-hebrew': 'hebrew',
  'noto-sans-thai': 'thai',
};

/**
 * Fonts for a renderer, read from the installed `@fontsource-variable` packages only as far as texts need them: a card in
 * Latin letters reads 40 kB. Covers Latin, Cyrillic, Greek, Vietnamese, Devanagari, Arabic, Hebrew, Thai, Chinese,
 * Japanese and Korean.
 */
export function createFonts(renderer: Renderer): Fonts {
  const families = new Map<string, Promise<Family>>();
  const family = (name: string) => {
    const known = families.get(name) ?? readFamily(name);
    families.set(name, known);
    return known;
  };
  const registered = new Map<string, Promise<unknown>>();
  const register = (name: string, { file, ranges }: Subset) => {
    const known =
      registered.get(file) ??
      readFile(file).then((data) =>
        renderer.registerFont({ name, data, unicodeRange: ranges.map(([a, b]) => [a, b]) }),
      );
    registered.set(file, known);
    return known;
  };

  return {
    async prepare(text) {
      const stack = await Promise.all(stackFor(text).map(family));
      const wanted = new Map<Subset, string>();
      const names = new Set<string>();
      for (const code of codePoints(text)) {
        for (const { name, subsets } of stack) {
          const subset = subsets.find(({ ranges }) =>
            ranges.some(([a, b]) => code >= a && code <= b),
          );
          if (subset === undefined) continue;
          wanted.set(subset, name);
          names.add(name);
          break;
        }
      }
      await Promise.all([...wanted].map(([subset, name]) => register(name, subset)));
      return stack.map(({ name }) => name).filter((name) => names.has(name));
    },
  };
}

function stackFor(text: string): string[] {
  const first = /[\u3040-\u30ff\u31f0-\u31ff]/.test(text)
    ? han.ja
    : /[\u1100-\u11ff\uac00-\ud7af]/.test(text)
      ? han.ko
      : han.zh;
  return [...others, first, ...Object.values(han).filter((name) => name !== first)];
}

/** Space is drawn too; controls and joiners are not. */
function codePoints(text: string): Set<number> {
  return new Set(Array.from(` 0${text}`, (character) => character.codePointAt(0) ?? 0x20));
}

async function readFamily(name: string): Promise<Family> {
  const index = createRequire(import.meta.url).resolve(`@fontsource-variable/${name}/unicode.json`);
  const ranges = JSON.parse(await readFile(index, 'utf8')) as Record<string, string>;
  const files = join(dirname(index), 'files');
  return {
    name,
    subsets: Object.entries(ranges)
      .filter(([subset]) => subset === (ownSubset[name] ?? subset))
      .map(([subset, list]) => ({
        file: join(files, `${name}-${subset.replace(/[[\]]/g, '')}-wght-normal.woff2`),
        ranges: list.split(',').map(parseRange),
      })),
  };
}

/** `U+0-FF` or `U+131`. */
function parseRange(range: string): [number, number] {
  const [from = '', to = from] = range.trim().replace(/^U\+/i, '').split('-');
  return [Number.parseInt(from, 16), Number.parseInt(to, 16)];
}
