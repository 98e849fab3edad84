import type { Trail } from './follow.js';
import { allAcademicTrail } from './trails/all-academic.js';

/** The trails that an address may begin; the first that does is followed. */
export const trails: readonly Trail[] = [allAcademicTrail];
