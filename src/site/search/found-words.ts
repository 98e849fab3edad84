import type { FoundKind } from '../../program/search/documents.js';
import type { MatchedField } from '../../program/search/hit.js';
import type { IconName } from '../shell/icons.js';
import type { View } from '../shell/view.js';

/** What something that was found is called, one and several. */
export function kindWords(
  { conference }: View,
  kind: FoundKind,
): readonly [one: string, several: string] {
  const words: Readonly<Record<FoundKind, readonly [string, string]>> = {
    session: ['Session', 'Sessions'],
    presentation: ['Presentation', 'Presentations'],
    person: ['Person', 'People'],
    room: ['Room', 'Rooms'],
    unit: [conference.unitLabel, conference.unitLabel],
    type: ['Session type', 'Session types'],
  };
  return words[kind];
}

/** What stands before a text that matched; nothing before texts that speak for themselves. */
export function fieldWord(view: View, field: MatchedField): string | undefined {
  switch (field) {
    case 'person':
      return 'With';
    case 'affiliation':
      return 'Affiliation';
    case 'building':
      return 'In';
    case 'room':
    case 'unit':
    case 'type':
      return kindWords(view, field)[0];
    case 'session':
      return 'Session';
    case 'title':
    case 'subtitle':
    case 'abstract':
      return undefined;
  }
}

/** The page of something that was found, without the base path. */
export function foundPath({
  kind,
  key,
}: {
  readonly kind: FoundKind;
  readonly key: string;
}): string {
  const folders: Readonly<Record<FoundKind, string>> = {
    session: 'sessions',
    presentation: 'presentations',
    person: 'people',
    room: 'rooms',
    unit: 'units',
    type: 'types',
  };
  return `/${folders[kind]}/${key}`;
}

/** The drawing that stands for a kind. */
export const kindIcons: Readonly<Record<FoundKind, IconName>> = {
  session: 'calendar',
  presentation: 'calendar',
  person: 'person',
  room: 'room',
  unit: 'unit',
  type: 'type',
};
