/** Google's addresses, without a slash at the end. */
export interface YoutubeAddresses {
  /** Of the Data API and its uploads, as the client has them. */
  readonly data: string;
  /** Of the `posts` resource of the pilot, which is in no released client. */
  readonly posts: string;
  /** Of tokens: `/token`, `/revoke`. */
  readonly tokens: string;
  /** Where a person allows the app. */
  readonly consent: string;
}

/** Google's own addresses, or one base for all of them (tests, proxies). */
export function youtubeAddresses(api?: string): YoutubeAddresses {
  const base = api?.replace(/\/+$/, '');
  return {
    data: base ?? 'https://youtube.googleapis.com',
    posts: base ?? 'https://www.googleapis.com',
    tokens: base ?? 'https://oauth2.googleapis.com',
    consent: base ?? 'https://accounts.google.com',
  };
}
