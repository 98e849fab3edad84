import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Renderer, type RenderOptions } from '@takumi-rs/core';
import type { Node } from '@takumi-rs/helpers';
import { fromHtml } from '@takumi-rs/helpers/html';
import { CallboardError, reasonOf } from '../../errors.js';
import type { Picture } from '../content.js';
import { digestOf } from '../digest.js';
import { createTemplateEngine, type TemplateEngine } from '../liquid.js';
import { openCardCache } from './card-cache.js';
import { drawEmoji } from './emoji.js';
import { createFonts } from './fonts.js';
import { cardView } from './layout.js';

/** The size of every card, in pixels: what link previews ask for. */
export const cardSize = { width: 1200, height: 630 } as const;

/** Draws pictures of sessions. */
export interface CardPainter {
  /**
   * The PNG of a picture, drawn at most once for the same picture and layout.
   *
   * @throws CallboardError `card-layout` when the layout is missing or broken
   */
  draw(picture: Picture): Promise<Uint8Array>;
  /**
   * The picture in at most so many bytes: the PNG where it is small enough, else a JPEG of the best quality that is. The same picture and limit give the same
   * bytes.
   *
   * @throws CallboardError `card-layout`; `card-too-large` when not even the poorest is small enough
   */
  drawWithin(picture: Picture, maxBytes: number): Promise<EncodedCard>;
}

/** A card as bytes of one kind of picture. */
export interface EncodedCard {
  readonly bytes: Uint8Array;
  readonly mimeType: 'image/png' | 'image/jpeg';
  /** In pixels. */
  readonly width: number;
  readonly height: number;
}

const jpegQualities = [90, 75, 60, 40];

/** Where layouts are read from and pictures kept. */
export interface CardPainterParts {
  /** Folders of layouts, `templates/cards`; the first that has a layout gives it. */
  readonly layouts: string | readonly string[];
  /** Folder in which pictures are kept; made when missing. Without it they are kept in memory. */
  readonly cache?: string;
}

interface Layout {
  readonly file: string;
  readonly digest: string;
  readonly engine: TemplateEngine;
}

/** Makes a painter. Fonts, emoji and layouts are read when first needed. */
export function createCardPainter({ layouts, cache }: CardPainterParts): CardPainter {
  const folders = typeof layouts === 'string' ? [layouts] : layouts;
  const renderer = new Renderer();
  const fonts = createFonts(renderer);
  const kept = openCardCache(cache);
  const opened = new Map<string, Promise<Layout>>();
  const layoutOf = (name: string) => {
    const known = opened.get(name) ?? openLayout(folders, name);
    opened.set(name, known);
    // A layout that was missing may be there the next time.
    known.catch(() => opened.delete(name));
    return known;
  };

  const paint = async (picture: Picture, layout: Layout, encoding: RenderOptions = {}) => {
    const rendered = layout.engine.render(picture.card.layout, cardView(picture.card));
    if (!rendered.ok) {
      const { line, reason } = rendered.fault;
      throw layoutError(line === undefined ? layout.file : `${layout.file}:${line}`, reason);
    }
    try {
      const { node, css } = fromHtml(rendered.text);
      const [drawn, fontFamilies] = await Promise.all([
        drawEmoji(node),
        fonts.prepare(textOf(node).join('')),
      ]);
      const { images } = drawn;
      return await renderer.render(drawn.node, {
        ...cardSize,
        css,
        images,
        fontFamilies,
        ...encoding,
      });
    } catch (thrown) {
      throw layoutError(layout.file, `it cannot be drawn (${reasonOf(thrown)})`, thrown);
    }
  };

  const draw = async (picture: Picture) => {
    const layout = await layoutOf(picture.card.layout);
    const digest = digestOf([picture.digest, layout.digest]);
    return kept.once(digest, () => paint(picture, layout));
  };
  return {
    draw,
    async drawWithin(picture, maxBytes) {
      const png = await draw(picture);
      if (png.length <= maxBytes) return { bytes: png, mimeType: 'image/png', ...cardSize };
      const layout = await layoutOf(picture.card.layout);
      for (const quality of jpegQualities) {
        const bytes = await paint(picture, layout, { format: 'jpeg', quality });
        if (bytes.length <= maxBytes) return { bytes, mimeType: 'image/jpeg', ...cardSize };
      }
      throw new CallboardError('card-too-large', {
        place: layout.file,
        problem: `the picture does not fit in ${String(maxBytes)} bytes`,
        remedy: 'Simplify the layout: fewer colours and shadows make a smaller picture',
      });
    },
  };
}

async function openLayout(folders: readonly string[], name: string): Promise<Layout> {
  for (const folder of folders) {
    const file = join(folder, `${name}.liquid`);
    const source = await readFile(file, 'utf8').catch(() => undefined);
    if (source === undefined) continue;
    return {
      file,
      digest: digestOf(source),
      engine: createTemplateEngine(new Map([[name, source]]), 'escape'),
    };
  }
  throw layoutError(join(folders[0] ?? '.', `${name}.liquid`), 'there is no such card layout');
}

function layoutError(place: string, problem: string, cause?: unknown): CallboardError {
  const remedy = 'Correct the layout; docs/templates.md shows what it may use';
  return new CallboardError('card-layout', { place, problem, remedy }, 'failure', { cause });
}

function textOf(node: Node): string[] {
  if (node.type === 'text') return [node.text];
  return node.type === 'container' ? (node.children ?? []).flatMap(textOf) : [];
}
