import type { Trail } from '../follow.js';
import { jsonBody } from './json-body.js';

const grid = /^(.*\/api\/v2\/[^/]+\/view\/)(?:gridsmart|sessions)\/?$/i;

/**
 * From Sessionize's grid of sessions to its speakers, whose links the grid leaves out (https://sessionize.com/playbook/api). An endpoint that does not show them
 * is read without.
 */
export const sessionizeTrail: Trail = {
  name: 'sessionize',
  begins: (first, { pathname }) => grid.test(pathname) && Array.isArray(jsonBody(first)),
  next(_document, { pathname, search }) {
    const views = grid.exec(pathname)?.[1];
    return views === undefined ? [] : [`${views}Speakers${search}`];
  },
  spares: () => true,
  paceMs: 200,
  obeysRobots: false,
};
