import type { FC } from 'hono/jsx';
import { states, type State } from '../campaign/announcement.js';
import { networkNames, type Network } from '../campaign/network.js';
import { toIso, type EpochMs } from '../program/time.js';
import { relativeWords, sameDay, type TimeWords } from '../site/time-words.js';
import type { CampaignStatus } from '../site/web-context.js';
import { Icon } from './glyphs.js';

/** What the head of the page says about the campaign. */
export interface StatusProps {
  readonly status: CampaignStatus;
  readonly words: TimeWords;
  readonly zone: string;
  readonly now: EpochMs;
}

const stateNames: Readonly<Record<State, string>> = {
  planned: 'planned',
  held: 'held',
  publishing: 'publishing',
  uncertain: 'uncertain',
  'handed-off': 'handed off',
  published: 'published',
  rejected: 'rejected',
  cancelled: 'cancelled',
  expired: 'expired',
  removed: 'removed',
};

/** These are shown even when there are none; the others only when there are some. */
const alwaysShown: readonly State[] = ['planned', 'published'];

/** Next due, counts by state, and whether everything is paused. Replaced whole by the live page when it changes. */
export const StatusBoard: FC<StatusProps> = (props) => {
  const { status, now } = props;
  return (
    <div class="status" id="status">
      {status.paused !== undefined && (
        <p class="paused">
          <Icon name="pause" /> <strong>Everything is paused:</strong>{' '}
          <span dir="auto">{status.paused.reason}</span>{' '}
          <small>
            Nothing is posted until <code>callboard resume</code>. Paused{' '}
            <time datetime={toIso(status.paused.since)} data-since="words">
              {relativeWords(status.paused.since, now)}
            </time>
            .
          </small>
        </p>
      )}
      <Next {...props} />
      <ul class="counts" aria-label="Announcements by state">
        {states
          .filter((state) => alwaysShown.includes(state) || (status.counts[state] ?? 0) > 0)
          .map((state) => (
            <li data-state={state}>
              <b>{(status.counts[state] ?? 0).toLocaleString('en')}</b> {stateNames[state]}
            </li>
          ))}
      </ul>
    </div>
  );
};

const Next: FC<StatusProps> = ({ status, words, zone, now }) => {
  const first = status.next[0];
  if (first === undefined) {
    return (
      <p class="next">
        <span class="label">Next call</span> nothing more is planned
      </p>
    );
  }
  const together = status.next.filter((other) => other.at === first.at);
  return (
    <p class="next">
      <span class="label">Next call</span>{' '}
      <span class="due">
        <DueMoment at={first.at} words={words} zone={zone} now={now} />
      </span>{' '}
      <span class="title" dir="auto">
        {first.title}
      </span>{' '}
      <span class="on">{list(together.map((one) => networkNames[one.network]))}</span>
    </p>
  );
};

/** A coming moment: '14:15, in 12 minutes', with its day when that is another one. */
const DueMoment: FC<{ readonly at: EpochMs } & Omit<StatusProps, 'status'>> = (props) => {
  const { at, words, zone, now } = props;
  return (
    <>
      <b>
        {sameDay(at, now, zone) ? '' : `${words.day(at)}, `}
        {words.clock(at)}
      </b>
      <span class="comma">, </span>
      <time datetime={toIso(at)} data-since="words">
        {relativeWords(at, now)}
      </time>
    </>
  );
};

/** What a column without posts says is going to happen. Replaced whole by the live page when it changes. */
export const Awaited: FC<StatusProps & { readonly network: Network }> = (props) => {
  const { network, status, words, zone, now } = props;
  const next = status.next.find((one) => one.network === network);
  return (
    <div class="empty" id={`awaited-${network}`}>
      <Icon name={network} />
      {next !== undefined ? (
        <p>
          The first post is due at{' '}
          <span class="due">
            <DueMoment at={next.at} words={words} zone={zone} now={now} />
          </span>{' '}
          <q dir="auto">{next.title}</q>
        </p>
      ) : status.heldOn.includes(network) ? (
        <p>Announcements are held: they wait for a person to release them.</p>
      ) : (
        <p>
          Nothing is planned here. <code>callboard plan</code> shows what the campaign wants, and
          why.
        </p>
      )}
    </div>
  );
};

function list(names: readonly string[]): string {
  return names.length < 2
    ? names.join('')
    : `${names.slice(0, -1).join(', ')} and ${String(names.at(-1))}`;
}
