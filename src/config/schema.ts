import { z } from 'zod';
import { attachments, linkPolicies, youtubeWays } from '../campaign/account-manners.js';
import { networks } from '../campaign/network.js';
import { tableColumns } from './columns.js';
import {
  accountId,
  clockSpan,
  clockTime,
  edition,
  emailAddress,
  hashtag,
  language,
  leadTime,
  listenHost,
  programAddress,
  proxyAddress,
  span,
  webAddress,
  words,
  zone,
} from './fields.js';

const leads = (description: string) => z.array(leadTime).min(1).meta({ description });
const graces = (description: string) =>
  z
    .record(leadTime, span('How long after the due moment it may still go out.', ['PT3M']))
    .meta({ description, examples: [{ PT15M: 'PT3M' }] });
const flag = (description: string) => z.boolean().meta({ description });

const names = (what: string) =>
  z.array(words(`Name of a ${what}.`)).meta({ description: `By ${what}.` });
const filter = (description: string) =>
  z
    .strictObject({
      units: names('unit, as the program writes it').optional(),
      types: names('session type, as the program writes it').optional(),
      rooms: names('room, as the program writes it').optional(),
    })
    .meta({ description });

const cap = (description: string) => z.int().min(1).max(100_000).meta({ description });

const accountRules = z
  .strictObject({
    account: accountId,
    leads: leads('Lead times of this account, in place of those of all.').optional(),
    graces: graces('Graces of this account, by lead time.').optional(),
    templates: z
      .record(leadTime, words('Name of a template, without .liquid.'))
      .meta({
        description: 'Templates of this account, by lead time; without: <network>/<lead time>.',
        examples: [{ P1D: 'bluesky/P1D' }],
      })
      .optional(),
    only: filter('Announce only these sessions; all given lists must name the session.').optional(),
    except: filter('Do not announce these sessions; one list that names it is enough.').optional(),
    pace: z
      .strictObject({
        posts: z.int().min(1).max(10_000).meta({ description: 'At most so many posts …' }),
        per: span('… in so long a time, ISO 8601.', ['PT1M']),
      })
      .meta({
        description: 'The most posts in a time; without: as fast as the network takes them.',
      })
      .optional(),
    textLimit: z
      .int()
      .min(50)
      .max(10_000)
      .meta({ description: 'Longest text, in characters; YouTube only.' })
      .optional(),
    links: z
      .enum(linkPolicies)
      .meta({
        description:
          'X only: which posts hold the link, which costs more than ten times; without: always.',
      })
      .optional(),
    attach: z
      .enum(attachments)
      .meta({
        description:
          'What stands below the text; without: link-card on Bluesky and Threads, picture on X and YouTube.',
      })
      .optional(),
    way: z
      .enum(youtubeWays)
      .meta({
        description:
          'YouTube only: a person puts up community posts (by-hand), the pilot API does (posts), the session becomes an upcoming live event (broadcast), or the chat of a running stream says it (live-chat).',
      })
      .optional(),
    topicTag: words('Threads only: the topic that posts are filed under.').optional(),
    caps: z
      .strictObject({
        perHour: cap('At most so many posts in any hour.').optional(),
        perDay: cap('At most so many posts in any 24 hours.').optional(),
        usd: z
          .number()
          .min(0)
          .max(100_000)
          .meta({ description: 'At most so many US dollars in all.' })
          .optional(),
      })
      .meta({ description: 'Live accounts: the most that is ever sent, whatever is planned.' })
      .optional(),
    server: webAddress(
      'Live accounts: address of the network’s server in place of its own, such as your own PDS.',
    ).optional(),
  })
  .meta({ description: 'One account with rules of its own.' });

const program = z
  .strictObject({
    address: programAddress(
      'A file (from this file’s folder), or an http(s) address, in any format that Callboard reads.',
    ),
    format: words('Name of the format, where it is not recognized by itself.').optional(),
    zone: zone('Zone of times that the program gives without one.').optional(),
    year: z
      .int()
      .min(1970)
      .max(2199)
      .meta({
        description:
          'Year of days that the program writes without one; without: the nearest that fits.',
      })
      .optional(),
    columns: tableColumns.optional(),
    dateOrder: z
      .enum(['dmy', 'mdy'])
      .meta({
        description:
          'Whether day or month comes first in days of a spreadsheet such as 3/4/2026; without: as all days together show.',
      })
      .optional(),
    reread: span('How often it is read again, ISO 8601; without: PT5M.', ['PT5M']).optional(),
    startsIn: span(
      'Shift the whole program so that it begins this long after the first start of its edition. For rehearsing and for the sample.',
      ['PT15M10S'],
    ).optional(),
  })
  .meta({ description: 'Where the program comes from.' });

/** What the config file may say, before defaults. */
export const configSchema = z
  .strictObject({
    conference: z
      .strictObject({
        name: words('Name of the conference.'),
        zone: zone('Time zone of the venue; without: the program’s.').optional(),
        hashtags: z.array(hashtag).max(8).meta({ description: 'Hashtags, without #.' }).optional(),
        unitLabel: words(
          'What a unit is called: Division, Section, SIG, Track; without: the program’s word.',
        ).optional(),
        language: language.optional(),
      })
      .meta({ description: 'The conference.' }),
    edition: edition.optional(),
    program: z.union([programAddress('A file or an http(s) address.'), program]),
    site: webAddress(
      'Public address of the program site, where every post leads; without: the local one.',
    ).optional(),
    web: z
      .strictObject({
        host: listenHost('Address to listen on; without: 127.0.0.1, this machine only.').optional(),
        port: z
          .int()
          .min(1)
          .max(65_535)
          .meta({ description: 'Port to listen on; without: 4680.' })
          .optional(),
        trustProxy: z
          .array(proxyAddress)
          .max(20)
          .meta({
            description:
              'Proxies whose X-Forwarded-For is believed, so that limits count their clients and not the proxy; without: none.',
          })
          .optional(),
      })
      .meta({ description: 'The web pages.' })
      .optional(),
    leads: leads('Lead times of every account; without: P7D, P1D, PT1H, PT15M.').optional(),
    graces: graces(
      'How late a post may still go out, by lead time; without: P7D 24 h, P1D 3 h, PT1H 15 min, PT15M 3 min.',
    ).optional(),
    accounts: z
      .array(z.union([accountId, accountRules]))
      .min(1)
      .max(100)
      .meta({
        description: `Where to announce, at most one account per network and name (${networks.join(', ')}).`,
      }),
    quietHours: z
      .union([
        clockSpan,
        z.strictObject({
          from: clockTime('Beginning, on the clock of the venue.'),
          to: clockTime('End; when it is the earlier one, the night lies between.'),
        }),
      ])
      .meta({ description: 'Hours in which nothing is posted.' })
      .optional(),
    organizer: z
      .strictObject({
        email: emailAddress.optional(),
        webhook: webAddress(
          'Where notices for the organizer are sent as JSON; better in CALLBOARD_WEBHOOK when it holds a secret.',
        ).optional(),
      })
      .meta({ description: 'Who is told when a person is needed.' })
      .optional(),
    approval: flag('Whether every announcement waits for a person’s release.').optional(),
    holdWithoutRoom: flag(
      'Whether a session without a room, or with one called TBA, waits for a person.',
    ).optional(),
    templatesFolder: words(
      'Folder of your own templates (from this file’s folder), which replace the shipped ones of the same name.',
    ).optional(),
    dataFolder: words(
      'Folder of the embedded database (from this file’s folder); without: data, where Callboard is started.',
    ).optional(),
  })
  .meta({ title: 'Callboard', description: 'The config of one conference’s announcements.' });

/** The config file as it was written. */
export type ConfigFile = z.infer<typeof configSchema>;

/** JSON Schema (draft 7, which editors know) of the config file. */
export function configJsonSchema(): object {
  return z.toJSONSchema(configSchema, { io: 'input', target: 'draft-7' });
}
