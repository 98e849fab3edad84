import { z } from 'zod';
import { roles } from '../program/model.js';
import { words } from './fields.js';

/** A column by its heading, or several that are joined. */
const columns = (description: string) =>
  z
    .union([
      words('Heading of the column; # in it stands for 1, 2, 3, …'),
      z.array(words('Heading of a column.')).min(1).max(50),
    ])
    .meta({ description });

const people = (description: string) =>
  z
    .union([
      words('Heading of the column; # in it stands for 1, 2, 3, …'),
      z.array(words('Heading of a column.')).min(1).max(50),
      z.strictObject({
        columns: columns('Where the names are.'),
        separator: z
          .string()
          .min(1)
          .max(10)
          .meta({
            description:
              'What parts the names in one cell; without: semicolons and line ends, else commas where they part full names.',
            examples: [';', ' / '],
          })
          .optional(),
        affiliations: columns('Where their affiliations are, in the same order.').optional(),
        affiliationAfterComma: z
          .boolean()
          .meta({ description: 'Whether what follows the first comma is the affiliation.' })
          .optional(),
        lastNameFirst: z
          .boolean()
          .meta({ description: 'Whether names are written as Roe, Jane.' })
          .optional(),
      }),
    ])
    .meta({ description });

const times = {
  date: columns('Day.').optional(),
  start: columns('Time, or day and time; also a span, 9:00–10:30.').optional(),
  end: columns('Time of the end, with or without the day.').optional(),
  duration: columns('Length: minutes, or 1:30, 90 min.').optional(),
};

type Role = (typeof roles)[number];
const byRole = Object.fromEntries(
  roles.map((role) => [role, people(`People who take part as ${role}.`).optional()]),
) as Record<Role, z.ZodOptional<ReturnType<typeof people>>>;

const sheet = (of: string) =>
  words(`Name of the sheet of ${of}, or of the file without its ending, in a folder.`);

const presentation = z
  .strictObject({
    sheet: sheet('presentations').optional(),
    session: columns(
      'In a sheet of their own: the column that names the session, by id or title.',
    ).optional(),
    id: columns('Id of the presentation.').optional(),
    title: columns('Title of the presentation.'),
    ...times,
    abstract: columns('Abstract.').optional(),
    url: columns('Web address.').optional(),
    cancelled: columns('Whether it is cancelled.').optional(),
    ...byRole,
  })
  .meta({
    description:
      'Columns of presentations: in the rows of sessions, numbered (p#_title), or in a sheet of their own.',
  });

/** Which columns of a spreadsheet are what. */
export const tableColumns = z
  .strictObject({
    sheet: sheet('sessions').optional(),
    id: columns('Id of the session, which stays when anything else changes.').optional(),
    title: columns('Title of the session.').optional(),
    subtitle: columns('Subtitle.').optional(),
    ...times,
    room: columns('Room.').optional(),
    building: columns('Building.').optional(),
    floor: columns('Floor.').optional(),
    unit: columns('Division, section, SIG, track.').optional(),
    type: columns('Type of the session.').optional(),
    abstract: columns('Abstract.').optional(),
    language: columns('Languages spoken.').optional(),
    url: columns('Web address of the session.').optional(),
    stream: columns('Web address of the stream.').optional(),
    recording: columns('Web address of the recording.').optional(),
    cancelled: columns('Whether it is cancelled: yes, x, cancelled.').optional(),
    ...byRole,
    presentation: presentation.optional(),
  })
  .meta({
    description:
      'Which columns of a spreadsheet are what, by their headings; `callboard import --map` proposes it.',
    examples: [{ title: 'Session', date: 'Day', start: 'Begin', room: 'Room', chair: 'Chair' }],
  });
