import type { FC } from 'hono/jsx';
import { raw } from 'hono/html';
import type { ExportAbout } from '../program/exports/about.js';
import { linkedDataScript, type LinkedObject } from '../program/exports/linked-data.js';
import type { View } from './shell/view.js';

/** What search engines read of a page; it stands in its head. */
export const LinkedData: FC<{ readonly value: LinkedObject }> = ({ value }) => (
  <script type="application/ld+json">{raw(linkedDataScript(value))}</script>
);

/** What linked data says beside the sessions, for the page at a path without the base path. */
export function aboutPage(
  { addresses, conference, past }: View,
  { title, path }: { readonly title: string; readonly path: string },
): ExportAbout {
  return {
    title,
    site: addresses.absolute(''),
    page: addresses.absolute(path),
    conference: conference.name,
    unitLabel: conference.unitLabel,
    history: past.history,
  };
}
