import { z } from 'zod';
import { isKnownLanguage } from '../compose/wording.js';
import { canonicalLeadTime, parseSpan } from '../campaign/lead-time.js';
import { networks, parseAccount, type Network } from '../campaign/network.js';
import { isZone } from '../program/time.js';
import { isListenHost } from './listening.js';
import { addressProblem } from './program-address.js';
import { isProxyAddress } from './proxies.js';
import { nearest } from '../program/resemblance.js';

/** What is wrong with a value, and what to write instead; undefined when nothing is. */
type Verdict = { readonly problem: string; readonly hint: string } | undefined;

/** What an editor shows beside a setting. */
interface Notice {
  readonly description: string;
  readonly examples?: readonly string[];
  /** For editors only; the check says it in words. */
  readonly pattern?: string;
}

/** A text that a check of ours judges, with words for editors. */
function checked(notice: Notice, judge: (text: string) => Verdict) {
  return z
    .string()
    .superRefine((text, context) => {
      const verdict = judge(text);
      if (verdict === undefined) return;
      context.addIssue({
        code: 'custom',
        message: verdict.problem,
        params: { hint: verdict.hint },
      });
    })
    .meta({ ...notice, ...(notice.examples && { examples: [...notice.examples] }) });
}

/** Words on one line. */
export const words = (description: string) =>
  checked({ description }, (text) =>
    text.trim() === '' || /\p{Cc}/u.test(text)
      ? { problem: 'it is empty or holds control characters', hint: 'Write it on one line' }
      : undefined,
  );

/** Where a program is. */
export const programAddress = (description: string) =>
  checked(
    { description, examples: ['program.json', 'https://example.org/schedule.ics'] },
    (text) => {
      const problem = text.trim() === '' ? 'it is empty' : addressProblem(text);
      return problem === undefined
        ? undefined
        : { problem, hint: 'Name a file or an http(s) address' };
    },
  );

/** An IANA zone. */
export const zone = (description: string) =>
  checked({ description, examples: ['Europe/Berlin', 'America/Chicago'] }, (name) =>
    isZone(name)
      ? undefined
      : {
          problem: `${shown(name)} is no time zone`,
          hint: meant(
            nearest(name, zoneNames()),
            'Use a name of the IANA list, such as Europe/Berlin',
          ),
        },
  );

/** An ISO 8601 duration. */
export const span = (description: string, examples: readonly string[]) =>
  checked({ description, examples, pattern: '^[Pp]' }, (text) =>
    parseSpan(text) === undefined
      ? {
          problem: `${shown(text)} is no ISO 8601 duration of days, hours and minutes`,
          hint: 'Write PT15M for 15 minutes, PT1H for an hour, P1D for a day',
        }
      : undefined,
  );

/** A lead time, in any way to write it. */
export const leadTime = checked(
  {
    description:
      'How long before the start a post is due, ISO 8601. P1D keeps the wall-clock time, PT24H is exactly 24 hours.',
    examples: ['P7D', 'P1D', 'PT1H', 'PT15M'],
    pattern: '^[Pp]',
  },
  (text) =>
    canonicalLeadTime(text) === undefined
      ? {
          problem: `${shown(text)} is no lead time`,
          hint: meantLeadTime(text),
        }
      : undefined,
);

function liveExample(network: Network): string {
  return network === 'bluesky' ? 'bluesky:@meeting.bsky.social' : `${network}:@meeting`;
}

/** A live account as the config takes it: a handle of Bluesky is a domain. */
function liveId(network: Network, handle: string): string {
  const whole = network === 'bluesky' && !handle.includes('.') ? `${handle}.bsky.social` : handle;
  return `${network}:@${whole}`;
}

/** An account id. */
export const accountId = checked(
  {
    description:
      'Where to announce: preview:bluesky, preview:threads, preview:x or preview:youtube shows posts on the local preview page; bluesky:@handle, threads:@handle, x:@handle or youtube:@handle is a live account, connected with `callboard connect`.',
    examples: networks.flatMap((network) => [`preview:${network}`, liveExample(network)]),
    pattern: `^(preview:(${networks.join('|')})|(${networks.join('|')}):@[^\\s:@]+)$`,
  },
  (id) => {
    const account = parseAccount(id);
    if (account?.network === 'bluesky' && account.handle?.includes('.') === false) {
      return {
        problem: `${shown(id)} is no account: a handle of Bluesky is a domain`,
        hint: meant(liveId('bluesky', account.handle), ''),
      };
    }
    if (account !== undefined) return undefined;
    const previews = networks.map((network) => `preview:${network}`);
    const [name = '', handle = ''] = id.split(/:@?|@/);
    const wish = networks.find((network) => network === name.toLowerCase());
    if (wish !== undefined && /^[^\s:@]+$/.test(handle)) {
      return { problem: `${shown(id)} is no account`, hint: meant(liveId(wish, handle), '') };
    }
    const guess = wish === undefined ? nearest(id, previews) : `preview:${wish}`;
    const network = nearest(name, networks);
    const found = guess ?? (network && `preview:${network}`);
    return {
      problem: `${shown(id)} is no account`,
      hint: meant(
        found,
        `Use one of ${previews.join(', ')}, or a live one such as ${liveExample('bluesky')}`,
      ),
    };
  },
);

/** Proxies whose word about their clients is taken. */
export const proxyAddress = checked(
  {
    description: 'IP address of a proxy, or a range such as 172.16.0.0/12.',
    examples: ['127.0.0.1', '172.16.0.0/12'],
  },
  (text) =>
    isProxyAddress(text)
      ? undefined
      : {
          problem: `${shown(text)} is no IP address and no range of them`,
          hint: 'Write 127.0.0.1, or 172.16.0.0/12 for a whole network',
        },
);

/** Where mail is sent. */
export const emailAddress = checked(
  { description: 'Address that mail for the organizer is sent to.', examples: ['you@example.org'] },
  (text) =>
    /^[^\s@<>,;"]+@[^\s@<>,;"]+\.[^\s@<>,;"]+$/.test(text) && text.length <= 254
      ? undefined
      : { problem: `${shown(text)} is no e-mail address`, hint: 'Write it as you@example.org' },
);

/** A time of the wall clock. */
export const clockTime = (description: string) =>
  checked({ description, examples: ['22:00'], pattern: '^([01]\\d|2[0-3]):[0-5]\\d$' }, (text) =>
    isClockTime(text)
      ? undefined
      : { problem: `${shown(text)} is no time of day`, hint: 'Write HH:MM, such as 07:30' },
  );

/** Quiet hours on one line. */
export const clockSpan = checked(
  { description: 'From and to on one line.', examples: ['22:00-07:00'] },
  (text) =>
    parseClockSpan(text) === undefined
      ? {
          problem: `${shown(text)} are no quiet hours`,
          hint: 'Write HH:MM-HH:MM, such as 22:00-07:00',
        }
      : undefined,
);

/**
 * Whether a text is a hashtag, with or without `#`.
 *
 * @example isHashtag('two words') // false
 */
export function isHashtag(text: string): boolean {
  return /^#?[\p{L}\p{M}\p{N}_]+$/u.test(text) && !/^#?\d+$/.test(text);
}

/** A hashtag, with or without `#`. */
export const hashtag = checked({ description: 'A hashtag, without #.' }, (text) =>
  isHashtag(text)
    ? undefined
    : {
        problem: `${shown(text)} is no hashtag`,
        hint: 'Use letters, digits and _ only, and not digits alone',
      },
);

/** An edition's name. */
export const edition = checked(
  {
    description:
      'Names this run of the conference; part of the identity of every announcement: never change it while a campaign runs.',
    examples: ['meeting-2026'],
    pattern: '^[a-z0-9]+(-[a-z0-9]+)*$',
  },
  (text) =>
    /^[a-z0-9]+(-[a-z0-9]+)*$/.test(text) && text.length <= 64
      ? undefined
      : {
          problem: `${shown(text)} cannot name an edition`,
          hint: 'Use at most 64 lower-case letters, digits and hyphens, such as meeting-2026',
        },
);

/** A public web address. */
export const webAddress = (description: string) =>
  checked({ description, examples: ['https://program.example.org'] }, (text) => {
    const url = URL.canParse(text) ? new URL(text) : undefined;
    if (url === undefined || !/^https?:$/.test(url.protocol)) {
      return { problem: 'it is no web address', hint: 'Begin with https:// or http://' };
    }
    const plain =
      url.username === '' && url.password === '' && url.search === '' && url.hash === '';
    return plain
      ? undefined
      : {
          problem: 'it holds more than a host and a path',
          hint: 'Leave out user, password, ? and #',
        };
  });

/** Where a server listens. */
export const listenHost = (description: string) =>
  checked({ description, examples: ['127.0.0.1', '0.0.0.0'] }, (text) =>
    isListenHost(text)
      ? undefined
      : {
          problem: `${shown(text)} is no address to listen on`,
          hint: 'Write 127.0.0.1 for this machine only, or 0.0.0.0 for all networks',
        },
  );

/** A BCP 47 tag. */
export const language = checked(
  { description: 'Language in which dates are said (BCP 47).', examples: ['en', 'de', 'en-GB'] },
  (tag) => {
    if (isKnownLanguage(tag)) return undefined;
    return { problem: `${shown(tag)} is no language tag`, hint: 'Write en, de or en-GB' };
  },
);

/**
 * Takes quiet hours on one line apart; undefined when they are none.
 *
 * @example parseClockSpan('22:00-07:00') // { from: '22:00', to: '07:00' }
 */
export function parseClockSpan(
  text: string,
): { readonly from: string; readonly to: string } | undefined {
  const [, from = '', to = ''] = /^(\S+?)\s*[-–]\s*(\S+)$/.exec(text) ?? [];
  return isClockTime(from) && isClockTime(to) ? { from, to } : undefined;
}

function isClockTime(text: string): boolean {
  return /^([01]\d|2[0-3]):[0-5]\d$/.test(text);
}

function meantLeadTime(text: string): string {
  const [, count = '', unit = ''] =
    /^\s*(\d+)\s*(d|day|h|hour|m|min|minute)s?\s*$/i.exec(text) ?? [];
  const letter = unit.charAt(0).toUpperCase();
  const guess = letter === 'D' ? `P${count}D` : `PT${count}${letter}`;
  return meant(
    canonicalLeadTime(guess) === undefined ? undefined : guess,
    'Write P7D for 7 days, PT1H for an hour, PT15M for 15 minutes, at most P366D',
  );
}

function meant(guess: string | undefined, otherwise: string): string {
  return guess === undefined ? otherwise : `Did you mean \`${guess}\`?`;
}

function zoneNames(): readonly string[] {
  return Intl.supportedValuesOf('timeZone');
}

/** A person's text in a message: on one line and not too long. */
function shown(text: string): string {
  const line = text.replace(/[\s\p{Cc}]+/gu, ' ');
  return `"${line.length > 60 ? `${line.slice(0, 59)}…` : line}"`;
}
