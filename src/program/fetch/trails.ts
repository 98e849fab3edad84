import type { Trail } from './follow.js';
import { allAcademicTrail } from './trails/all-academic.js';
import { pretalxTrail } from './trails/pretalx.js';
import { sessionizeTrail } from './trails/sessionize.js';

/** The trails that an address may begin; the first that does is followed. */
export const trails: readonly Trail[] = [allAcademicTrail, pretalxTrail, sessionizeTrail];
