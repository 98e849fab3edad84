import { html } from 'hono/html';
import type { Child, FC } from 'hono/jsx';
import type { AssetName } from '../assets.js';
import { zoneFor } from '../preferences.js';
import { Icon, IconSheet } from './icons.js';
import { Menu } from './menu.js';
import type { View } from './view.js';

/** What a page of the program site is beside what all of them share. */
export interface SitePageProps {
  readonly view: View;
  /** Said before the name of the conference; absent on the home page. */
  readonly title?: string;
  /** Path of the menu entry that this page is, or belongs to. */
  readonly current?: string;
  readonly styles?: readonly AssetName[];
  readonly scripts?: readonly AssetName[];
  /** Further elements of the head. */
  readonly head?: Child;
  /** What stands in the search field. */
  readonly query?: string;
  /** A page in the width of the window, for tables. */
  readonly wide?: boolean;
  /** Id of an element on the first screen: nothing is drawn before it is there, and then all of it at once. */
  readonly drawnFrom?: string;
  readonly children?: Child;
}

/** The document of the program site: head, masthead with search, menu, content (`#content`), and what the times mean. */
export const SitePage: FC<SitePageProps> = (props) => {
  const { view, title } = props;
  const { assets, addresses, conference, preferences } = view;
  const name = title === undefined ? conference.name : `${title} · ${conference.name}`;
  return (
    <html lang="en" data-theme={preferences.theme === 'system' ? undefined : preferences.theme}>
      <head>
        <meta charset="utf-8" />
        <title>{name}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <link rel="icon" href={assets['callboard.svg']} type="image/svg+xml" />
        <link rel="manifest" href={addresses.to('/manifest.webmanifest')} />
        <link rel="stylesheet" href={assets['site.css']} />
        <link rel="stylesheet" href={assets['program.css']} />
        {props.styles?.map((style) => (
          <link rel="stylesheet" href={assets[style]} />
        ))}
        <script src={assets['program.js']} type="module"></script>
        <script src={assets['stars.js']} type="module"></script>
        {props.scripts?.map((script) => (
          <script src={assets[script]} type="module"></script>
        ))}
        {props.drawnFrom !== undefined && drawnFrom(props.drawnFrom)}
        {props.head}
      </head>
      <body class="program" data-base={addresses.base} data-version={String(view.version)}>
        <a class="skip" href="#content">
          Skip to the content
        </a>
        <IconSheet />
        <header class="masthead">
          <button type="button" class="menu-button" popovertarget="menu" aria-label="Menu">
            <Icon name="menu" />
          </button>
          <a class="conference" href={addresses.to('/')} dir="auto">
            {conference.name}
          </a>
          <search class="quick-search">
            <form action={addresses.to('/search')} method="get">
              <auto-complete
                src={addresses.to('/search/suggest')}
                for="suggestions"
                data-script={assets['auto-complete.js']}
              >
                <label class="unseen" for="q">
                  Search the program
                </label>
                <Icon name="search" />
                <input
                  id="q"
                  name="q"
                  type="search"
                  placeholder="Talk, person, room …"
                  value={props.query ?? ''}
                  maxlength={500}
                  autocomplete="off"
                  dir="auto"
                />
                <ul id="suggestions" aria-label="Suggestions"></ul>
                <div id="suggestions-feedback" class="unseen"></div>
              </auto-complete>
              <button type="submit">Search</button>
            </form>
          </search>
        </header>
        <div class="frame">
          <Menu view={view} current={props.current} />
          <main id="content" class={props.wide === true ? 'wide' : undefined} tabindex={-1}>
            <p class="offline-note" id="offline" role="status" hidden></p>
            {props.children}
          </main>
        </div>
        <Colophon view={view} />
      </body>
    </html>
  );
};

/** Holds the first picture back until an element is there, https://html.spec.whatwg.org/#link-type-expect; Hono's own `link` would drop `blocking`. */
function drawnFrom(id: string) {
  return html`<link rel="expect" href="#${id}" blocking="render" />`;
}

const Colophon: FC<{ readonly view: View }> = ({ view }) => {
  const { addresses, conference, zone, preferences } = view;
  const isOwn = zoneFor(preferences, conference.zone) !== conference.zone;
  return (
    <footer class="colophon">
      <p>
        Times are those of{' '}
        <a href={addresses.to('/preferences')}>
          {zone.replaceAll('_', ' ')}
          {isOwn ? ', as you chose' : ', where the meeting is'}
        </a>
        .
      </p>
      <p>
        <a href={addresses.to('/changes')}>Version {view.version}</a> of the program of{' '}
        <span dir="auto">{conference.name}</span> ·{' '}
        <a href={addresses.to('/feeds')}>Feeds and calendars</a> ·{' '}
        <a href={addresses.to('/api')}>For developers</a>
      </p>
    </footer>
  );
};
