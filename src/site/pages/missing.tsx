import { SitePage } from '../shell/site-page.js';
import type { Made } from '../shell/send-page.js';
import type { View } from '../shell/view.js';

/** What an address may name. */
export type Thing =
  'page' | 'session' | 'presentation' | 'person' | 'room' | 'unit' | 'type' | 'day' | 'time';

/** The page for an address that names nothing in this program: says so, and offers ways on. */
export function missing(view: View, thing: Thing): Made {
  const { addresses, version, conference } = view;
  const name = thing === 'unit' ? conference.unitLabel : thing === 'type' ? 'session type' : thing;
  const sentence =
    version === 0
      ? 'The program has not been read yet. Try again in a moment.'
      : thing === 'page'
        ? 'This address leads to no page. It may have been mistyped, or what stood here is gone.'
        : `The program has no ${name} under this address. It may have been taken out of the program.`;
  return {
    status: 404,
    page: (
      <SitePage
        view={view}
        title={`No such ${name}`}
        head={<meta name="robots" content="noindex" />}
      >
        <div class="notice">
          <p class="eyebrow">404</p>
          <h1 dir="auto">No such {name}</h1>
          <p>{sentence}</p>
          <form action={addresses.to('/search')} method="get" class="big-search">
            <label for="missing-q">Search the program</label>
            <input id="missing-q" name="q" type="search" maxlength={500} dir="auto" />
            <button type="submit">Search</button>
          </form>
          <p>
            Or go to <a href={addresses.to('/')}>the calendar</a>, or see{' '}
            <a href={addresses.to('/changes')}>what changed</a>.
          </p>
        </div>
      </SitePage>
    ),
  };
}
