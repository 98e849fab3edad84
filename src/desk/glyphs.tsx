import type { FC } from 'hono/jsx';
import type { Network } from '../campaign/network.js';

/** Names of the drawings in `GlyphSheet`; our own, none is a network's logo. */
export type Glyph =
  Network | 'reply' | 'repost' | 'heart' | 'share' | 'views' | 'up' | 'down' | 'globe' | 'pause';

const paths: Readonly<Record<Glyph, string>> = {
  // A cloud, a spool's spiral, two crossing strokes, a play mark in a screen.
  bluesky: 'M7 18h10a4 4 0 0 0 .6-7.95A6 6 0 0 0 6.2 9.6 4.3 4.3 0 0 0 7 18Z',
  threads:
    'M17.5 12.5c-1-2.6-3-3.6-5.3-3.4-2.6.2-4.2 2-3.9 3.9.3 2 2.5 2.9 4.4 2.3 2.6-.9 3-4.5 1.4-7-1.8-2.8-6-3-8.6-.4-2.7 2.8-2.6 8 .4 10.5 3 2.4 8 2 10.6-.6',
  x: 'M6 6l12 12M18 6 6 18',
  youtube:
    'M4 7.500a2 2 0 0 1 2-2h12a2 2 0 0 1 2 2v9a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2ZM10.5 9.500v5l4-2.500Z',
  reply: 'M5 5.500h14v10h-7l-4 3.500v-3.500H5Z',
  repost: 'M5 14V8.500h12m-3-3 3 3-3 3M19 10v5.500H7m3 3-3-3 3-3',
  heart: 'M12 19s-7-4.3-7-9.200A3.8 3.8 0 0 1 12 8a3.8 3.8 0 0 1 7 1.800C19 14.7 12 19 12 19Z',
  share: 'M20 4 3.5 10.500l7 3 3 7ZM10.5 13.500l4-4',
  views: 'M5 19v-6M10 19V9M15 19v-8M20 19V5',
  up: 'M8 10.5 11.5 4c1.5 0 2 1 1.8 2.200L12.8 9.500H18c1.2 0 1.8 1 1.5 2l-1.7 6.500a2 2 0 0 1-1.9 1.500H8ZM8 10.500H4.500v9H8',
  down: 'M16 13.5 12.5 20c-1.5 0-2-1-1.8-2.200l.5-3.300H6c-1.2 0-1.8-1-1.5-2L6.2 6a2 2 0 0 1 1.9-1.500H16ZM16 13.500h3.500v-9H16',
  globe: 'M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16ZM4 12h16M12 4c5 5 5 11 0 16-5-5-5-11 0-16',
  pause: 'M9 6v12M15 6v12',
};

/** All drawings, once per page; hidden until `Icon` refers to one. */
export const GlyphSheet: FC = () => (
  <svg class="sheet" aria-hidden="true">
    {Object.entries(paths).map(([name, path]) => (
      <symbol id={`g-${name}`} viewBox="0 0 24 24">
        <path d={path} />
      </symbol>
    ))}
  </svg>
);

/** One drawing, for the eye only: the words beside it say the same. */
export const Icon: FC<{ readonly name: Glyph }> = ({ name }) => (
  <svg class="icon" aria-hidden="true">
    <use href={`#g-${name}`} />
  </svg>
);
