import type { Role } from './model.js';

const roleNames: Readonly<Record<Role, readonly [one: string, several: string]>> = {
  chair: ['Chair', 'Chairs'],
  'co-chair': ['Co-chair', 'Co-chairs'],
  moderator: ['Moderator', 'Moderators'],
  presenter: ['Presenter', 'Presenters'],
  author: ['Author', 'Authors'],
  discussant: ['Discussant', 'Discussants'],
  panelist: ['Panelist', 'Panelists'],
  lecturer: ['Lecturer', 'Lecturers'],
  host: ['Host', 'Hosts'],
  organizer: ['Organizer', 'Organizers'],
  participant: ['Participant', 'Participants'],
};

/**
 * A role as people call it, of one person or of several.
 *
 * @example roleName('co-chair') // 'Co-chair'
 * @example roleName('co-chair', 2) // 'Co-chairs'
 */
export function roleName(role: Role, people = 1): string {
  return roleNames[role][people === 1 ? 0 : 1];
}
