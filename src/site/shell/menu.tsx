import type { FC } from 'hono/jsx';
import type { View } from './view.js';
import { Icon, type IconName } from './icons.js';
import { NetworkGlyph } from './network-glyphs.js';

/** An entry of the menu, by the path of its page. */
interface Entry {
  readonly path: string;
  readonly words: string;
  readonly icon: IconName;
}

/** The menu that every page has; attendees of academic meetings know it by these words. */
export const Menu: FC<{ readonly view: View; readonly current: string | undefined }> = ({
  view,
  current,
}) => {
  const { addresses, conference, social, isSignedIn, canSignIn } = view;
  const program: Entry[] = [
    { path: '/', words: 'On-Site Program Calendar', icon: 'calendar' },
    { path: '/search', words: 'Search', icon: 'search' },
    { path: '/search/tips', words: 'Search Tips', icon: 'tips' },
    { path: '/changes', words: 'What changed', icon: 'changes' },
  ];
  const browse: Entry[] = [
    { path: '/days', words: 'Browse By Day', icon: 'day' },
    { path: '/times', words: 'Browse By Time', icon: 'clock' },
    { path: '/people', words: 'Browse By Person', icon: 'person' },
    { path: '/rooms', words: 'Browse By Room', icon: 'room' },
    { path: '/units', words: `Browse By ${conference.unitLabel}`, icon: 'unit' },
    { path: '/types', words: 'Browse By Session Type', icon: 'type' },
  ];
  const yours: Entry[] = [
    { path: '/schedule', words: 'My schedule', icon: 'star' },
    { path: '/preferences', words: 'Change Preferences / Time Zone', icon: 'preferences' },
    ...(canSignIn
      ? [
          isSignedIn
            ? ({ path: '/account', words: 'My account', icon: 'sign-in' } as const)
            : ({ path: '/sign-in', words: 'Sign In', icon: 'sign-in' } as const),
        ]
      : []),
  ];
  const group = (name: string, entries: readonly Entry[]) => (
    <div class="menu-group">
      <h2>{name}</h2>
      <ul>
        {entries.map(({ path, words, icon }) => (
          <li>
            <a href={addresses.to(path)} aria-current={path === current ? 'page' : undefined}>
              <Icon name={icon} />
              <span dir="auto">{words}</span>
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
  return (
    <nav id="menu" class="menu" aria-label="Main menu" popover="auto">
      {group('Program', program)}
      {group('Browse', browse)}
      {group('Yours', yours)}
      <div class="menu-group">
        <h2>Follow</h2>
        <ul>
          {social.map(({ network, name }) => (
            <li>
              <a
                href={addresses.to(`/networks/${network}`)}
                aria-current={`/networks/${network}` === current ? 'page' : undefined}
              >
                <NetworkGlyph network={network} />
                {name}
              </a>
            </li>
          ))}
        </ul>
      </div>
    </nav>
  );
};
