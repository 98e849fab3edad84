import type { FC } from 'hono/jsx';
import { dateLanguages } from '../preferences.js';
import { SitePage } from '../shell/site-page.js';
import type { View } from '../shell/view.js';

/** Preferences and time zone; kept in a cookie, and by the account where there is one. */
export const PreferencesPage: FC<{
  readonly view: View;
  readonly zones: readonly string[];
  readonly isSaved: boolean;
}> = ({ view, zones, isSaved }) => {
  const { addresses, preferences, conference, times, conferenceTimes, zone, now } = view;
  const isAny = preferences.zone !== 'conference' && preferences.zone !== 'mine';
  const listed = isAny ? preferences.zone : conference.zone;
  const choice = (value: string, words: string, isChosen: boolean, name: string) => (
    <label class="choice">
      <input type="radio" name={name} value={value} checked={isChosen} />
      <span>{words}</span>
    </label>
  );
  return (
    <SitePage view={view} title="Preferences and time zone" current="/preferences">
      <h1>Preferences and time zone</h1>
      {isSaved && (
        <p class="done" role="status">
          Saved.
        </p>
      )}
      <p class="lead">
        It is now {`${times.day(now)}, ${times.clock(now)} ${times.zone(now)}`}
        {zone !== conference.zone &&
          `; at the meeting ${conferenceTimes.day(now)}, ${conferenceTimes.clock(now)} ${conferenceTimes.zone(now)}`}
        .
      </p>
      <form method="post" action={addresses.to('/preferences')} class="preferences">
        <fieldset>
          <legend>Time zone</legend>
          <input type="hidden" name="shown" value={preferences.zone} />
          {choice(
            'conference',
            `Of the meeting (${conference.zone.replaceAll('_', ' ')})`,
            preferences.zone === 'conference',
            'zone',
          )}
          <label class="choice" id="own-zone">
            <input type="radio" name="zone" value="mine" checked={preferences.zone === 'mine'} />
            <span>
              Mine
              {preferences.ownZone !== undefined &&
                ` (${preferences.ownZone.replaceAll('_', ' ')})`}
              <noscript>
                {' '}
                — your browser tells it only with JavaScript; choose it below instead
              </noscript>
            </span>
          </label>
          <label class="choice">
            <input type="radio" name="zone" value="other" checked={isAny} />
            <span>Another:</span>{' '}
            <select name="other" aria-label="Another time zone">
              {/* A zone has several names, and the machine lists one of them. */}
              {(zones.includes(listed) ? zones : [listed, ...zones]).map((one) => (
                <option value={one} selected={one === listed}>
                  {one.replaceAll('_', ' ')}
                </option>
              ))}
            </select>
          </label>
        </fieldset>
        <fieldset>
          <legend>Clock</legend>
          {choice('24', '24 hours (14:30)', preferences.clock === '24', 'clock')}
          {choice('12', '12 hours (2:30 PM)', preferences.clock === '12', 'clock')}
        </fieldset>
        <fieldset>
          <legend>Language of dates</legend>
          <select name="language" aria-label="Language of dates">
            {Object.entries(dateLanguages).map(([tag, name]) => (
              <option value={tag} lang={tag} selected={tag === preferences.language}>
                {name}
              </option>
            ))}
          </select>
        </fieldset>
        <fieldset>
          <legend>Colours</legend>
          {choice('system', 'As my device', preferences.theme === 'system', 'theme')}
          {choice('light', 'Light', preferences.theme === 'light', 'theme')}
          {choice('dark', 'Dark', preferences.theme === 'dark', 'theme')}
        </fieldset>
        <button type="submit" class="button strong">
          Save
        </button>
      </form>
      <p class="quiet">
        Kept in this browser{view.isSignedIn ? ', and with your account' : ''}. Nothing else is
        stored.
      </p>
    </SitePage>
  );
};
