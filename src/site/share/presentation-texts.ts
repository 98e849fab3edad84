import { networks, type Network } from '../../campaign/network.js';
import { fits } from '../../compose/measure.js';
import { oneLine, shorten } from '../../compose/plain-text.js';
import type { PresentationPlace } from '../../program/calendar/catalog.js';
import type { View } from '../shell/view.js';
import { timeWords } from '../time-words.js';
import type { ShareTexts } from './share-menu.js';

/** Names that a text has; the page has all of them. */
const mostNames = 3;
/** Titles are tried in these lengths, in graphemes. */
const titleLengths = [400, 200, 120, 60];

/** A text about a contribution for each network: what, who, when by the meeting's clock, and where it stands. A network that none fits is left out. */
export function presentationTexts(
  view: View,
  { presentation, session }: PresentationPlace,
): ShareTexts {
  const { lookup } = view.catalog;
  const words = timeWords(view.conference.zone);
  const at = presentation.startsAt ?? session.startsAt;
  const names = presentation.people.flatMap(({ person }) => lookup.person(person)?.name ?? []);
  const others = names.length > mostNames ? ' and others' : '';
  const rest = [
    oneLine(names.slice(0, mostNames).join(', ')) + others,
    `${words.day(at)}, ${words.clock(at)} ${words.zone(at)}`,
    view.addresses.absolute(`/presentations/${presentation.key}`),
  ].filter((line) => line !== '');
  const texts = titleLengths.map((length) =>
    [shorten(oneLine(presentation.title), length), ...rest].join('\n'),
  );
  return new Map(
    networks.flatMap((network): [Network, string][] => {
      const text = texts.find((one) => fits(one, network));
      return text === undefined ? [] : [[network, text]];
    }),
  );
}
