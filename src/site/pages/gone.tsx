import type { VanishedSession } from '../../program/history.js';
import { SitePage } from '../shell/site-page.js';
import type { Made } from '../shell/send-page.js';
import type { View } from '../shell/view.js';

/** The page for a session that an earlier version of the program had: says what it was, and since when it is gone. */
export function gone(view: View, vanished: VanishedSession): Made {
  const { addresses, times, conferenceTimes } = view;
  const { title, startsAt, since } = vanished;
  return {
    status: 410,
    page: (
      <SitePage
        view={view}
        title={`Taken out: ${title}`}
        head={<meta name="robots" content="noindex" />}
      >
        <div class="notice">
          <p class="eyebrow">Taken out of the program</p>
          <h1 dir="auto">{title}</h1>
          <p>
            This session is no longer in the program, since{' '}
            {`${times.longDay(since)}, ${times.clock(since)}`}.
            {` It was to begin on ${conferenceTimes.longDay(startsAt)} at ${conferenceTimes.clock(startsAt)} ${conferenceTimes.zone(startsAt)}.`}
          </p>
          <form action={addresses.to('/search')} method="get" class="big-search">
            <label for="gone-q">Search the program</label>
            <input
              id="gone-q"
              name="q"
              type="search"
              value={title.slice(0, 200)}
              maxlength={500}
              dir="auto"
            />
            <button type="submit">Search</button>
          </form>
          <p>
            See <a href={addresses.to('/changes')}>what else changed</a>, or go to{' '}
            <a href={addresses.to('/')}>the calendar</a>.
          </p>
        </div>
      </SitePage>
    ),
  };
}
