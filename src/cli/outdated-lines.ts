import { networkNames } from '../campaign/network.js';
import type { OutdatedPost } from '../operations/outdated-posts.js';
import { counted } from './moments.js';
import { table } from './table.js';
import { plain, type Terminal } from './terminal.js';

/** Posts that are no longer right, for a person at a terminal; nothing where there are none. */
export function outdatedLines(
  posts: readonly OutdatedPost[],
  terminal: Terminal,
): readonly string[] {
  if (posts.length === 0) return [];
  const { dim, yellow } = terminal.colours;
  const columns = ['id', 'network', 'why', 'session'].map((name) => ({ name }));
  const rows = posts.map(({ id, network, why, title }) => [
    id,
    networkNames[network],
    why,
    plain(title),
  ]);
  return [
    yellow(`! ${outdatedInWords(posts.length)}`),
    table(terminal, columns, rows),
    dim('callboard remove <id> takes one down; callboard show <id> tells what it says'),
  ];
}

/**
 * How many posts are no longer right.
 *
 * @example outdatedInWords(1) // '1 post stands that is no longer right'
 */
export function outdatedInWords(count: number): string {
  return `${counted(count, 'post')} ${count === 1 ? 'stands that is' : 'stand that are'} no longer right`;
}
