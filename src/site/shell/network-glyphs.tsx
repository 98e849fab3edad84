import type { FC } from 'hono/jsx';
import type { Network } from '../../campaign/network.js';

/** Our own drawings, none of them a network's logo: a cloud, a spiral, two strokes, a play mark in a screen. */
const paths: Readonly<Record<Network, string>> = {
  bluesky: 'M7 18h10a4 4 0 0 0 .6-7.95A6 6 0 0 0 6.2 9.6 4.3 4.3 0 0 0 7 18Z',
  threads:
    'M17.500 12.500c-1-2.600-3-3.600-5.300-3.400-2.600.200-4.200 2-3.900 3.900.300 2 2.500 2.900 4.400 2.300 2.600-.9 3-4.500 1.400-7-1.800-2.800-6-3-8.600-.4-2.700 2.800-2.600 8 .4 10.500 3 2.400 8 2 10.600-.6',
  x: 'M6 6l12 12M18 6 6 18',
  youtube:
    'M4 7.500a2 2 0 0 1 2-2h12a2 2 0 0 1 2 2v9a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2ZM10.500 9.500v5l4-2.500Z',
};

/** The drawing that stands for a network, for the eye only. */
export const NetworkGlyph: FC<{ readonly network: Network }> = ({ network }) => (
  <svg class="icon drawn" viewBox="0 0 24 24" aria-hidden="true">
    <path d={paths[network]} />
  </svg>
);
