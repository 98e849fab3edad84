import { z } from 'zod';

import { roles } from '../model.js';

const moment = z
  .string()
  .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)?$/)
  .describe(
    'ISO 8601: 2026-09-03T09:00:00+01:00. Without an offset it is the wall clock of the program’s zone.',
  );
const id = z.union([z.string().min(1), z.number().int()]);
const key = z
  .string()
  .regex(/^[a-z2-7]{12}$/)
  .optional()
  .describe('Callboard’s own key. Written when Callboard exports; leave it out by hand.');
const ids = z
  .array(z.string().regex(/^[^:]+:./))
  .optional()
  .describe('More ids, each as kind:value, the strongest first. Written when Callboard exports.');
const identity = {
  id: id.optional().describe('Your own id of this thing. Keep it when anything else changes.'),
  ids,
  key,
};

const role = z.enum(roles);
const link = z.strictObject({
  url: z.string().describe('http: or https:'),
  title: z.string().optional(),
});
const links = z.array(link.meta({ id: 'Link' })).optional();

/** Somebody in a role: a person of the list by id, or one named on the spot. */
export const participationShape = z.strictObject({
  person: id.optional().describe('Id of a person in people.'),
  name: z
    .string()
    .optional()
    .describe('Instead of person: the name of somebody who is not in people.'),
  role: role.optional().describe('presenter, unless said.'),
  affiliation: z.string().optional().describe('Where it differs from the person’s own.'),
});
const people = z.array(participationShape.meta({ id: 'Participation' })).optional();

/** A contribution inside a session. */
export const presentationShape = z.strictObject({
  ...identity,
  title: z.string(),
  start: moment.optional().describe('Its own start, inside the session.'),
  end: moment.optional(),
  abstract: z.string().optional(),
  people,
  links,
  cancelled: z.boolean().optional(),
});

/** A place in the calendar. */
export const sessionShape = z.strictObject({
  ...identity,
  title: z.string().describe('Plain text on one line.'),
  subtitle: z.string().optional(),
  start: moment,
  end: moment.optional(),
  room: id.optional().describe('Id of a room in rooms, or the name of one that is not.'),
  unit: id.optional().describe('Id of a unit in units, or the name of one that is not.'),
  type: z.string().optional().describe('Panel, Lecture, Workshop …'),
  abstract: z.string().optional().describe('Plain text; an empty line parts paragraphs.'),
  languages: z.array(z.string()).optional().describe('BCP 47 tags: en, pt-BR.'),
  links,
  url: z.string().optional().describe('The session’s page in your own system.'),
  recording: z.string().optional(),
  stream: z.string().optional(),
  cancelled: z
    .boolean()
    .optional()
    .describe('true announces it no more; removing a session only holds it.'),
  people,
  presentations: z.array(presentationShape.meta({ id: 'Presentation' })).optional(),
});

/** Who takes part. */
export const personShape = z.strictObject({
  ...identity,
  name: z.string(),
  affiliation: z.string().optional(),
  url: z.string().optional(),
  handles: z
    .strictObject({
      bluesky: z.string().optional(),
      threads: z.string().optional(),
      x: z.string().optional(),
      youtube: z.string().optional(),
    })
    .optional()
    .describe('Their handle on each network, without @.'),
});

/** Where. */
export const roomShape = z.strictObject({
  id: identity.id,
  key,
  name: z.string(),
  building: z.string().optional(),
  floor: z.string().optional(),
});

/** The body that a session belongs to. */
export const unitShape = z.strictObject({ id: identity.id, key, name: z.string() });

/** A program in Callboard's own format; `config/program.schema.json` and `docs/program-format.md` say the same. */
export const programShape = z
  .strictObject({
    $schema: z.string().optional(),
    format: z.literal('callboard-program'),
    version: z.literal(1),
    title: z.string().describe('What the conference is called.'),
    zone: z.string().optional().describe('IANA zone of the venue: Europe/Lisbon.'),
    language: z.string().optional().describe('BCP 47 tag of the program’s own texts.'),
    url: z.string().optional().describe('The conference’s public page.'),
    unitLabel: z
      .string()
      .optional()
      .describe('What a unit is called: Division, Section, SIG, Track.'),
    rooms: z.array(roomShape.meta({ id: 'Room' })).optional(),
    units: z.array(unitShape.meta({ id: 'Unit' })).optional(),
    people: z.array(personShape.meta({ id: 'Person' })).optional(),
    sessions: z.array(sessionShape.meta({ id: 'Session' })),
  })
  .describe('A conference’s program in Callboard’s own format.');

/** A program file of our own, as written. */
export type ProgramFile = z.input<typeof programShape>;

/** The JSON Schema of our own format, as `config/program.schema.json` keeps it. */
export function programSchema(): object {
  return z.toJSONSchema(programShape, { io: 'input', target: 'draft-7' });
}
