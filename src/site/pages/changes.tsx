import type { FC } from 'hono/jsx';
import type { ProgramChange, SaidTimes } from '../../program/changes.js';
import { toIso, type EpochMs } from '../../program/time.js';
import { Icon } from '../shell/icons.js';
import { SitePage } from '../shell/site-page.js';
import type { View } from '../shell/view.js';
import { counted, sameDay } from '../time-words.js';
import type { VersionChanges } from '../web-context.js';

/** Changes of one version that the page shows; a program that was written anew would be longer than anybody reads. */
const mostShown = 300;

/** What changed, the newest first. */
export const ChangesPage: FC<{
  readonly view: View;
  readonly versions: readonly VersionChanges[];
}> = ({ view, versions }) => {
  const { addresses, times, version } = view;
  return (
    <SitePage
      view={view}
      title="What changed"
      current="/changes"
      head={
        <>
          <link
            rel="alternate"
            type="application/atom+xml"
            title="What changed"
            href={addresses.to('/changes.atom')}
          />
          <link
            rel="alternate"
            type="application/feed+json"
            title="What changed"
            href={addresses.to('/changes.json')}
          />
        </>
      }
    >
      <h1>What changed</h1>
      <p class="lead">
        Moves, new rooms, cancellations: version {version} of the program and those before it.
      </p>
      <p class="feeds">
        <Icon name="feed" />
        <a href={addresses.to('/changes.atom')}>Atom</a>
        <a href={addresses.to('/changes.json')}>JSON Feed</a>
      </p>
      {versions.length === 0 && <p class="empty">Nothing has changed since the first version.</p>}
      {versions.map(({ version: number, at, changes }) => (
        <section class="version" id={`v${number}`}>
          <h2>
            <time datetime={toIso(at)}>{`${times.longDay(at)}, ${times.clock(at)}`}</time>
          </h2>
          <p class="count">
            Version {number}, {counted(changes.length, 'change')}
          </p>
          <ul class="changes">
            {changes.slice(0, mostShown).map((change) => (
              <Change view={view} change={change} />
            ))}
          </ul>
          {changes.length > mostShown && (
            <p class="quiet">
              And {counted(changes.length - mostShown, 'more change')}, in the feeds.
            </p>
          )}
        </section>
      ))}
    </SitePage>
  );
};

const labels: Readonly<Record<ProgramChange['kind'], string>> = {
  moved: 'Moved',
  'new-room': 'New room',
  retitled: 'New title',
  cancelled: 'Cancelled',
  restored: 'Takes place again',
  added: 'Added',
  vanished: 'Taken out',
};

const Change: FC<{ readonly view: View; readonly change: ProgramChange }> = ({ view, change }) => (
  <li>
    <span class={change.kind === 'cancelled' || change.kind === 'vanished' ? 'tag alarm' : 'tag'}>
      {labels[change.kind]}
    </span>
    <a class="title" href={view.addresses.to(`/sessions/${change.session}`)} dir="auto">
      {change.title}
    </a>
    <span class="meta" dir="auto">
      {details(view, change)}
    </span>
  </li>
);

function details(view: View, change: ProgramChange): string {
  switch (change.kind) {
    case 'moved':
      return `${span(view, change.from)} → ${span(view, change.to)}`;
    case 'new-room':
      return `${change.from ?? 'no room'} → ${change.to ?? 'no room'}`;
    case 'retitled':
      return `was “${change.from}”`;
    case 'added':
    case 'vanished':
      return [span(view, change.at), change.room].filter((part) => part !== undefined).join(', ');
    case 'cancelled':
    case 'restored':
      return '';
  }
}

function span({ times, zone }: View, said: SaidTimes): string {
  const [start, end]: EpochMs[] = [Date.parse(said.start), Date.parse(said.end)];
  const until = sameDay(start ?? 0, end ?? 0, zone) ? '' : `${times.day(end ?? 0)} `;
  return `${times.day(start ?? 0)}, ${times.clock(start ?? 0)}–${until}${times.clock(end ?? 0)}`;
}
