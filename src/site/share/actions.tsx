import type { FC } from 'hono/jsx';
import type { Session } from '../../program/model.js';
import { Icon } from '../shell/icons.js';
import type { View } from '../shell/view.js';
import { ShareMenu, type ShareTexts } from './share-menu.js';

/** What a visitor may do with a session: keep it, put it into a calendar, share it. */
export const Actions: FC<{
  readonly view: View;
  readonly session: Session;
  readonly path: string;
  readonly title: string;
  readonly texts: ShareTexts;
}> = ({ view, session, path, title, texts }) => (
  <div class="actions" lang="en">
    <a class="button" href={view.addresses.to(`/sessions/${session.key}.ics`)}>
      <Icon name="calendar" />
      Add to calendar
    </a>
    <ShareMenu view={view} session={session} path={path} title={title} texts={texts} />
  </div>
);
