import octicons from '@primer/octicons';
import type { FC } from 'hono/jsx';
import { raw } from 'hono/html';

/** Our words for drawings, and the name of each in Octicons. */
const names = {
  calendar: 'calendar',
  clock: 'clock',
  person: 'people',
  room: 'location',
  unit: 'project',
  type: 'tag',
  search: 'search',
  menu: 'three-bars',
  close: 'x',
  star: 'star',
  'star-full': 'star-fill',
  share: 'share',
  copy: 'copy',
  feed: 'rss',
  preferences: 'sliders',
  'sign-in': 'person',
  tips: 'light-bulb',
  changes: 'history',
  stream: 'broadcast',
  play: 'play',
  day: 'sun',
  next: 'chevron-right',
  previous: 'chevron-left',
  print: 'list-unordered',
  link: 'link-external',
} as const satisfies Readonly<Record<string, keyof typeof octicons>>;

/** A drawing of Octicons, by our own word for it. */
export type IconName = keyof typeof names;

// The paths are the library's own, not a visitor's text.
const symbols = Object.entries(names)
  .map(([name, drawing]) => {
    const { path } = octicons[drawing].heights[16];
    return `<symbol id="i-${name}" viewBox="0 0 16 16">${path}</symbol>`;
  })
  .join('');

/** All drawings, once per page; hidden until `Icon` refers to one. */
export const IconSheet: FC = () => (
  <svg class="icon-sheet" aria-hidden="true">
    {raw(symbols)}
  </svg>
);

/** One drawing, for the eye only: words beside it, or an `aria-label` around it, say the same. */
export const Icon: FC<{ readonly name: IconName }> = ({ name }) => (
  <svg class="icon" aria-hidden="true">
    <use href={`#i-${name}`} />
  </svg>
);
