import type { Trail } from './follow.js';

/** The trails that an address may begin; the first that does is followed. */
export const trails: readonly Trail[] = [];
