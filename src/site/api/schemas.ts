import { z } from '@hono/zod-openapi';
import { changeKinds } from '../../program/changes.js';
import { roles } from '../../program/model.js';

const key = z.string().openapi({ description: 'Permanent key.', example: '6ihl4qtevrgh' });
const moment = z.iso
  .datetime({ offset: true })
  .openapi({ description: 'ISO 8601 with the offset of the conference’s zone.' });
const utc = z.iso.datetime().openapi({ description: 'ISO 8601 in UTC.' });
const address = z.url().openapi({ description: 'Address of the page on the program site.' });

/** What went wrong. */
export const problemShape = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    instance: z.string(),
    place: z.string().openapi({ description: 'Where it went wrong: a parameter or a path.' }),
    problem: z.string(),
    remedy: z.string().openapi({ description: 'What to do about it.' }),
  })
  .openapi('Problem');

const linkShape = z.object({ url: z.string(), title: z.string().optional() }).openapi('Link');

const roomShape = z
  .object({
    key,
    name: z.string(),
    building: z.string().optional(),
    floor: z.string().optional(),
    address,
  })
  .openapi('Room');
const unitShape = z.object({ key, name: z.string(), address }).openapi('Unit');
const typeShape = z.object({ slug: z.string(), name: z.string(), address }).openapi('SessionType');

const participationShape = z
  .object({
    person: key,
    name: z.string(),
    affiliation: z.string().optional(),
    role: z.enum(roles),
  })
  .openapi('Participation');

const sessionFields = {
  key,
  title: z.string(),
  subtitle: z.string().optional(),
  start: moment,
  end: moment,
  room: roomShape.optional(),
  unit: unitShape.optional(),
  type: typeShape.optional(),
  languages: z.array(z.string()).openapi({ description: 'BCP 47 tags.' }),
  cancelled: z.boolean(),
  people: z.array(participationShape),
  address,
};

/** A session in a list. */
export const sessionSummaryShape = z.object(sessionFields).openapi('SessionSummary');

const presentationFields = {
  key,
  title: z.string(),
  start: moment.optional(),
  end: moment.optional(),
  abstract: z.string().optional(),
  people: z.array(participationShape),
  links: z.array(linkShape),
  cancelled: z.boolean(),
  address,
};

/** A session with all that belongs to it. */
export const sessionShape = z
  .object({
    ...sessionFields,
    abstract: z.string().optional(),
    links: z.array(linkShape),
    stream: z.string().optional(),
    recording: z.string().optional(),
    source: z.string().optional().openapi({ description: 'Its address in the source’s system.' }),
    presentations: z.array(z.object(presentationFields).openapi('PresentationInSession')),
    revision: z
      .object({
        sequence: z.int().openapi({ description: 'One more with each change that matters.' }),
        modified: utc,
        previousStart: moment.optional(),
      })
      .optional(),
  })
  .openapi('Session');

/** A presentation with its session. */
export const presentationShape = z
  .object({ ...presentationFields, session: sessionSummaryShape })
  .openapi('Presentation');

const personFields = {
  key,
  name: z.string(),
  affiliation: z.string().optional(),
  url: z.string().optional(),
  address,
};

/** A person in a list. */
export const personSummaryShape = z.object(personFields).openapi('PersonSummary');

/** A person with what they take part in. */
export const personShape = z
  .object({
    ...personFields,
    parts: z.array(
      z.object({
        roles: z.array(z.enum(roles)),
        session: sessionSummaryShape,
        presentation: z.object({ key, title: z.string(), address }).optional(),
      }),
    ),
  })
  .openapi('Person');

/** The program as a whole. */
export const programShape = z
  .object({
    title: z.string(),
    version: z.int(),
    zone: z.string().openapi({ description: 'IANA zone of the conference.' }),
    language: z.string().optional(),
    url: z.string().optional(),
    unitLabel: z.string().openapi({ description: 'What a unit is called here.' }),
    start: moment.optional(),
    end: moment.optional(),
    counts: z.object({
      sessions: z.int(),
      presentations: z.int(),
      people: z.int(),
      rooms: z.int(),
      units: z.int(),
    }),
    address,
  })
  .openapi('Program');

const counted = { sessions: z.int().openapi({ description: 'How many sessions.' }) };

/** The days with their numbers of sessions. */
export const daysShape = z.object({
  items: z.array(z.object({ day: z.iso.date(), ...counted, address }).openapi('Day')),
});
/** The rooms with their numbers of sessions. */
export const roomsShape = z.object({ items: z.array(roomShape.extend(counted)) });
/** The units with their numbers of sessions. */
export const unitsShape = z.object({ items: z.array(unitShape.extend(counted)) });
/** The types with their numbers of sessions. */
export const typesShape = z.object({ items: z.array(typeShape.extend(counted)) });

const next = z
  .string()
  .optional()
  .openapi({ description: 'Cursor of the next page; absent on the last.' });
/** A page of sessions. */
export const sessionsShape = z.object({ items: z.array(sessionSummaryShape), next });
/** A page of people. */
export const peopleShape = z.object({ items: z.array(personSummaryShape), next });

const said = z.object({ start: utc, end: utc });
/** What versions changed. */
export const changesShape = z.object({
  items: z.array(
    z
      .object({
        version: z.int(),
        at: utc,
        session: key,
        title: z.string(),
        kind: z.enum(changeKinds),
        from: z.union([said, z.string()]).optional(),
        to: z.union([said, z.string()]).optional(),
        times: said.optional(),
        room: z.string().optional(),
      })
      .openapi('Change'),
  ),
});

/** The posts that stand about a session. */
export const postsShape = z.object({
  items: z.array(
    z
      .object({ network: z.enum(['bluesky', 'threads', 'x', 'youtube']), url: z.string(), at: utc })
      .openapi('Post'),
  ),
});

/** The key in a path. */
export const keyParameter = z.object({
  key: z
    .string()
    .max(64)
    .openapi({ param: { name: 'key', in: 'path' }, example: '6ihl4qtevrgh' }),
});

/** Which part of a list. */
export const pageParameters = z.object({
  limit: z.coerce
    .number()
    .int()
    .min(1)
    .max(200)
    .default(50)
    .openapi({ param: { name: 'limit', in: 'query' }, description: 'At most so many.' }),
  cursor: z
    .string()
    .max(2_000)
    .optional()
    .openapi({ param: { name: 'cursor', in: 'query' }, description: '`next` of the page before.' }),
});

const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
const name = z.string().regex(/^[a-z0-9]{1,64}$/);

/** Which sessions: every given part must fit. */
export const sessionParameters = pageParameters.extend({
  day: z.iso.date().optional().openapi({ description: 'A day of the conference’s zone.' }),
  after: clock.optional().openapi({ description: 'Begins then or later in its day.' }),
  before: clock.optional().openapi({ description: 'Begins earlier in its day.' }),
  unit: name.optional().openapi({ description: 'Key of a unit.' }),
  type: z
    .string()
    .regex(/^[a-z0-9-]{1,64}$/)
    .optional()
    .openapi({ description: 'Slug of a session type.' }),
  room: name.optional().openapi({ description: 'Key of a room.' }),
  person: name.optional().openapi({ description: 'Key of a person.' }),
});
