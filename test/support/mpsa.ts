import type { Role } from '../../src/program/model.js';
import type { ProgramFile } from '../../src/program/sources/callboard-shape.js';

interface GatheredPerson {
  readonly name: string;
  readonly affiliation?: string;
  readonly role?: string;
}

interface GatheredSession {
  readonly id: string;
  readonly date: string;
  readonly start_time: string;
  readonly end_time: string;
  readonly room: string;
  readonly title: string;
  readonly session_type: string;
  readonly division: string;
  readonly chair: readonly GatheredPerson[];
  readonly co_chair: readonly GatheredPerson[];
  readonly discussant: readonly GatheredPerson[];
  readonly participants: readonly GatheredPerson[];
  readonly papers: readonly {
    readonly title: string;
    readonly authors: readonly GatheredPerson[];
  }[];
}

/**
 * Turns the gathered program of a big academic meeting (`mpsa2026.json` of the real programs) into our own format, in memory: all its sessions,
 * papers and people at their times, so that tests and benches meet its size and density.
 */
export function mpsaProgram(text: string): ProgramFile {
  const gathered = JSON.parse(text) as {
    readonly meta: { readonly conference: string };
    readonly sessions: readonly GatheredSession[];
  };
  return {
    format: 'callboard-program',
    version: 1,
    title: gathered.meta.conference,
    zone: 'America/Chicago',
    language: 'en',
    unitLabel: 'Section',
    sessions: gathered.sessions.map((session) => ({
      id: session.id,
      title: session.title,
      start: `${session.date}T${session.start_time}`,
      end: `${session.date}T${session.end_time}`,
      room: session.room,
      unit: session.division,
      type: session.session_type,
      languages: ['en'],
      people: [
        ...parts(session.chair, 'chair'),
        ...parts(session.co_chair, 'co-chair'),
        ...parts(session.discussant, 'discussant'),
        ...session.participants.flatMap((person) => parts([person], roleOf(person.role))),
      ],
      presentations: session.papers.map((paper, index) => ({
        id: `${session.id}-${index + 1}`,
        title: paper.title,
        people: parts(paper.authors, 'presenter'),
      })),
    })),
  };
}

function parts(people: readonly GatheredPerson[], role: Role) {
  return people.map(({ name, affiliation }) => ({
    name,
    role,
    ...(affiliation === undefined || affiliation === '' ? {} : { affiliation }),
  }));
}

function roleOf(word = ''): Role {
  if (/^coordinator/i.test(word)) return 'organizer';
  return /^lecturer/i.test(word) ? 'lecturer' : 'participant';
}
