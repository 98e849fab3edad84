import type { FC } from 'hono/jsx';
import type { Hit } from '../../program/search/hit.js';
import { MetaLine } from '../browse/meta-line.js';
import { languageOf } from '../language.js';
import { Icon } from '../shell/icons.js';
import type { View } from '../shell/view.js';
import { fieldWord, foundPath, kindIcons, kindWords } from './found-words.js';
import { Marked } from './marked.js';

/** What was found, one item each, numbered on from `start`. */
export const HitList: FC<{
  readonly view: View;
  readonly hits: readonly Hit[];
  readonly start: number;
}> = ({ view, hits, start }) => (
  <ol class="sessions hits" start={start}>
    {hits.map((hit) => (
      <HitRow view={view} hit={hit} />
    ))}
  </ol>
);

const HitRow: FC<{ readonly view: View; readonly hit: Hit }> = ({ view, hit }) => {
  const { session, presentation } = hit;
  const isOff = session?.cancelled === true || presentation?.cancelled === true;
  const isOn =
    !isOff && session !== undefined && session.startsAt <= view.now && view.now < session.endsAt;
  return (
    <li
      class={isOff ? 'row off' : isOn ? 'row on' : 'row'}
      data-session={hit.kind === 'session' ? hit.key : undefined}
    >
      <p class="kind">
        <Icon name={kindIcons[hit.kind]} /> {kindWords(view, hit.kind)[0]}
      </p>
      <a
        class="title"
        href={view.addresses.to(foundPath(hit))}
        dir="auto"
        lang={session && languageOf(view, session)}
      >
        <Marked marked={hit.title} />
      </a>
      {isOff && <span class="tag alarm">Cancelled</span>}
      {isOn && <span class="tag live">Now</span>}
      {session !== undefined && <Facts view={view} hit={hit} />}
      {presentation !== undefined && session !== undefined && hit.matched?.field !== 'session' && (
        <p class="names">
          In{' '}
          <a href={view.addresses.to(`/sessions/${session.key}`)} dir="auto">
            {session.title}
          </a>
        </p>
      )}
      {hit.matched && <Matched view={view} matched={hit.matched} />}
    </li>
  );
};

const Facts: FC<{ readonly view: View; readonly hit: Hit }> = ({ view, hit }) => {
  const { catalog, times } = view;
  const { session, presentation } = hit;
  if (!session) return null;
  const startsAt = presentation?.startsAt ?? session.startsAt;
  const room = catalog.lookup.room(session.room)?.name;
  const unit = catalog.lookup.unit(session.unit)?.name;
  return (
    <MetaLine facts={[room, session.type, unit]}>
      {times.day(startsAt)}, {times.clock(startsAt)}–
      {times.clock(presentation?.endsAt ?? session.endsAt)}
    </MetaLine>
  );
};

const Matched: FC<{ readonly view: View; readonly matched: NonNullable<Hit['matched']> }> = ({
  view,
  matched,
}) => {
  const word = fieldWord(view, matched.field);
  return (
    <p class="matched">
      {word !== undefined && <span class="field">{word}: </span>}
      <span dir="auto">
        <Marked marked={matched} />
      </span>
    </p>
  );
};

/** People, rooms and the like that were found, in few lines. */
export const ThingList: FC<{ readonly view: View; readonly things: readonly Hit[] }> = ({
  view,
  things,
}) => (
  <ul class="things">
    {things.map((thing) => (
      <li>
        <Icon name={kindIcons[thing.kind]} />
        <span class="unseen">{kindWords(view, thing.kind)[0]}: </span>
        <a href={view.addresses.to(foundPath(thing))} dir="auto">
          <Marked marked={thing.title} />
        </a>
        <ThingNote view={view} thing={thing} />
      </li>
    ))}
  </ul>
);

/** The text that matched, or what tells one of a name from another. */
const ThingNote: FC<{ readonly view: View; readonly thing: Hit }> = ({ view, thing }) => {
  const { kind, key, matched } = thing;
  if (matched) {
    return (
      <span class="note" dir="auto">
        <Marked marked={matched} />
      </span>
    );
  }
  const { lookup } = view.catalog;
  const note =
    kind === 'person'
      ? lookup.person(key)?.affiliation
      : kind === 'room'
        ? lookup.room(key)?.building
        : undefined;
  return note === undefined ? null : (
    <span class="note" dir="auto">
      {note}
    </span>
  );
};
