import type { FC } from 'hono/jsx';
import type { Session } from '../../program/model.js';
import { StarButton } from '../schedule/star-button.js';
import { Icon } from '../shell/icons.js';
import type { View } from '../shell/view.js';
import { ShareMenu, type ShareTexts } from './share-menu.js';

/** What a visitor may do with a session: star it, put it into a calendar, share it. */
export const Actions: FC<{
  readonly view: View;
  readonly session: Session;
  readonly path: string;
  readonly title: string;
  readonly texts: ShareTexts;
}> = ({ view, session, path, title, texts }) => (
  <div class="actions" lang="en">
    <StarButton view={view} session={session.key} title={session.title} />
    <a class="button" href={view.addresses.to(`/sessions/${session.key}.ics`)}>
      <Icon name="calendar" />
      Add to calendar
    </a>
    <ShareMenu view={view} session={session} path={path} title={title} texts={texts} />
  </div>
);
