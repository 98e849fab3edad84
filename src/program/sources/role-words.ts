import type { Role } from '../model.js';

/** What systems call those who take part, singular and in lower case. */
const words: Readonly<Record<string, Role>> = {
  chair: 'chair',
  chairperson: 'chair',
  presider: 'chair',
  'co chair': 'co-chair',
  cochair: 'co-chair',
  'vice chair': 'co-chair',
  moderator: 'moderator',
  facilitator: 'moderator',
  presenter: 'presenter',
  'co presenter': 'presenter',
  speaker: 'presenter',
  performer: 'presenter',
  instructor: 'presenter',
  author: 'author',
  'co author': 'author',
  coauthor: 'author',
  discussant: 'discussant',
  respondent: 'discussant',
  commentator: 'discussant',
  critic: 'discussant',
  panelist: 'panelist',
  panellist: 'panelist',
  lecturer: 'lecturer',
  host: 'host',
  organizer: 'organizer',
  organiser: 'organizer',
  'co organizer': 'organizer',
  coordinator: 'organizer',
  participant: 'participant',
  attendee: 'participant',
};

/**
 * The role that a system's own word names: the whole of it, or its last words, so that "Session Organizers" is one; undefined where it names none.
 *
 * @example roleNamed('Co-Chairs') // 'co-chair'
 * @example roleNamed('Keynote Speaker') // 'presenter'
 */
export function roleNamed(word: string): Role | undefined {
  const parts = word
    .slice(0, 100)
    .toLowerCase()
    .replace(/\(s\)|\/s\b/g, 's')
    .split(/[^\p{L}]+/u)
    .filter((part) => part !== '');
  const last = parts.at(-1)?.replace(/s$/, '');
  if (last === undefined) return undefined;
  const before = parts.at(-2);
  return (before === undefined ? undefined : known(`${before} ${last}`)) ?? known(last);
}

function known(word: string): Role | undefined {
  return Object.hasOwn(words, word) ? words[word] : undefined;
}
