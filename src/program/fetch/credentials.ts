/** What a server may want before it gives a program; secrets, for one origin only. */
export interface ProgramCredentials {
  /** The origin of the program's address: `https://pretalx.example.org`. Nothing is sent to any other. */
  readonly origin: string;
  /** The whole value of the header: `Token …`, `Bearer …`. */
  readonly authorization?: string;
  /** The key of Sched's API. */
  readonly key?: string;
}

/** Where the environment holds them, for messages. */
export const credentialVariables = {
  authorization: 'CALLBOARD_PROGRAM_AUTHORIZATION',
  key: 'CALLBOARD_PROGRAM_KEY',
} as const;

/** The origin that an address of a program belongs to; undefined where it is none of the web. */
export function originOf(address: string): string | undefined {
  const web = address.trim().replace(/^webcals?:/i, 'https:');
  return /^https?:\/\//i.test(web) && URL.canParse(web) ? new URL(web).origin : undefined;
}

/** Whether an address is of Sched's API, which takes its key as a parameter (https://sched.com/api). */
export function isSchedApi({ hostname, pathname }: URL): boolean {
  return /(?:^|\.)sched\.(?:com|org)$/i.test(hostname) && pathname.startsWith('/api/');
}

/**
 * The address as it is asked for: with the key where it is of Sched's API, of the credentials' origin, and has none yet. Only for the request itself, never
 * for names or messages.
 */
export function withKey(url: URL, credentials: ProgramCredentials | undefined): URL {
  if (credentials?.key === undefined || url.origin !== credentials.origin) return url;
  if (!isSchedApi(url) || url.searchParams.has('api_key')) return url;
  const keyed = new URL(url);
  keyed.searchParams.set('api_key', credentials.key);
  return keyed;
}

/**
 * What to do about an answer that wants credentials: which variable to set, or to correct where it was sent.
 *
 * @example remedyFor(new URL('https://meeting.sched.com/api/session/list'), undefined) // 'Set CALLBOARD_PROGRAM_KEY to the key of the event’s API in Sched'
 */
export function remedyFor(url: URL, credentials: ProgramCredentials | undefined): string {
  const own = credentials?.origin === url.origin ? credentials : undefined;
  const { authorization, key } = credentialVariables;
  if (isSchedApi(url)) {
    return own?.key === undefined
      ? `Set ${key} to the key of the event’s API in Sched`
      : `Check the key in ${key}, which was sent`;
  }
  return own?.authorization === undefined
    ? `Give the address of a public export, or set ${authorization} to what the server wants, such as “Token …” or “Bearer …”; it is sent to the program’s own origin only`
    : `Check ${authorization}, which was sent: it is the whole header, such as “Token …” or “Bearer …”`;
}

/** A text of a server's without the secrets, should it say them back. */
export function withoutSecrets(text: string, credentials: ProgramCredentials | undefined): string {
  const { authorization, key } = credentials ?? {};
  // The header whole, and what follows its scheme; a short word would blot out half of every text.
  const secrets = [authorization, authorization?.replace(/^\S+\s+/, ''), key];
  return secrets.reduce<string>(
    (left, secret) =>
      secret === undefined || secret.length < 4
        ? left
        : left.replaceAll(secret, '…').replaceAll(encodeURIComponent(secret), '…'),
    text,
  );
}
