import type { FC } from 'hono/jsx';
import { SitePage } from '../shell/site-page.js';
import type { View } from '../shell/view.js';

/** Where the program can be had for calendars, feed readers and other programs. */
export const FeedsPage: FC<{ readonly view: View }> = ({ view }) => {
  const { addresses } = view;
  const link = (path: string, words: string, note: string) => (
    <li>
      <a href={addresses.to(path)}>{words}</a>
      <span class="note">{note}</span>
    </li>
  );
  return (
    <SitePage view={view} title="Feeds and calendars">
      <h1>Feeds and calendars</h1>
      <p class="lead">
        Every day, room, person, session and search has its own, too: see the foot of its page.
      </p>
      <h2>For your calendar</h2>
      <ul class="directory">
        {link('/program.ics', 'iCalendar', 'subscribe to its address, and moves follow')}
      </ul>
      <h2>For your feed reader</h2>
      <ul class="directory">
        {link('/program.atom', 'Atom', 'all sessions')}
        {link('/program.feed.json', 'JSON Feed', 'all sessions')}
        {link('/changes.atom', 'Changes, Atom', 'moves, rooms, cancellations')}
        {link('/changes.json', 'Changes, JSON Feed', 'moves, rooms, cancellations')}
      </ul>
      <h2>For other programs</h2>
      <ul class="directory">
        {link('/program.frab.json', 'frab JSON', 'schedule apps read it')}
        {link('/program.frab.xml', 'frab XML (Pentabarf)', 'schedule apps read it')}
        {link('/program.jsonld', 'schema.org JSON-LD', 'search engines read it')}
        {link('/program.json', 'Callboard’s own JSON', 'everything, without loss')}
        {link('/api', 'JSON API', 'with its OpenAPI description')}
      </ul>
    </SitePage>
  );
};
