import { isMap, isScalar, parseDocument, Pair, Scalar, YAMLMap } from 'yaml';
import type { TableMapping } from '../program/table/mapping.js';

/**
 * The text of a config with `program.columns`; everything else stays as it is, comments too. A program that was a bare address becomes a group
 * with that address.
 *
 * @example writeColumns('program: talks.csv # ours\n', { title: 'Talk' }) // 'program:\n  address: talks.csv # ours\n  columns:\n    title: Talk\n'
 */
export function writeColumns(text: string, columns: TableMapping): string {
  const document = parseDocument(text);
  const program: unknown = document.get('program', true);
  if (isScalar(program)) {
    const group = new YAMLMap();
    group.items.push(new Pair(new Scalar('address'), program));
    document.set('program', group);
  } else if (!isMap(program)) {
    throw new Error('a config that was read names its program');
  }
  document.setIn(['program', 'columns'], document.createNode(columns));
  return document.toString({ lineWidth: 0 });
}
