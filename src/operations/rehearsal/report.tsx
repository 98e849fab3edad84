import type { Rehearsal } from './rehearse.js';
export async function rehearsalReport(_: Rehearsal): Promise<string> {
  return '';
}
