import { Document, isMap, isPair, isScalar, Pair, parseDocument, Scalar, YAMLMap } from 'yaml';
import type { TableMapping } from '../program/table/mapping.js';

/**
 * The text of a config with `program.columns`; everything else stays as it is, comments too. A program that was a bare address becomes a group
 * with that address.
 *
 * @example writeColumns('program: talks.csv # ours\n', { title: 'Talk' }) // 'program:\n  address: talks.csv # ours\n  columns:\n    title: Talk\n'
 */
export function writeColumns(text: string, columns: TableMapping): string {
  const document = parseDocument(text);
  const top = document.contents;
  const pair = isMap(top)
    ? top.items.filter(isPair).find(({ key }) => isScalar(key) && key.value === 'program')
    : undefined;
  const program = pair?.value;
  const key = pair?.key;
  if (!isScalar(key) || !(isScalar(program) || isMap(program)) || !isMap(top)) {
    throw new Error('a config that was read names its program');
  }
  const [start, end] = [key.range[0], program.range[2]];
  document.set('program', groupOf(program));
  document.setIn(['program', 'columns'], document.createNode(columns));
  if (top.flow === true) return document.toString({ lineWidth: 0 });
  // Written anew is only what changed: the rest keeps its form to the letter.
  const alone = new Document<YAMLMap>(new YAMLMap());
  alone.set('program', document.get('program', true));
  const written = alone.toString({ lineWidth: 0 }).trimEnd();
  const replaced = text.slice(start, end);
  const gap = replaced.slice(replaced.trimEnd().length);
  return `${text.slice(0, start)}${written}${gap}${text.slice(end)}`;
}

function groupOf(program: Scalar | YAMLMap): YAMLMap {
  if (isMap(program)) return program;
  const group = new YAMLMap();
  group.items.push(new Pair(new Scalar('address'), program));
  return group;
}
