import {
  DomHandler,
  isTag,
  isText,
  type AnyNode,
  type Document,
  type Element,
  type Text,
} from 'domhandler';
import { Parser } from 'htmlparser2';

/** Pages of conference systems nest a few dozen deep; a deeper one is built to exhaust whoever reads it. */
const deepest = 512;

/** Larger than a list of a thousand sessions; every element costs many times its characters in memory. */
const largest = 2 * 1024 * 1024;

/** Elements whose contents no reader sees. */
const unseen = new Set(['script', 'style', 'template', 'noscript', 'head', 'title']);

/** Elements that begin a line of their own. */
const blocks = new Set(
  'address article aside blockquote dd div dl dt fieldset figure footer form h1 h2 h3 h4 h5 h6 header li main nav ol p pre section table tr ul'.split(
    ' ',
  ),
);

class BoundedHandler extends DomHandler {
  #depth = 0;

  override onopentag(name: string, attributes: Record<string, string>): void {
    this.#depth += 1;
    if (this.#depth > deepest) throw new RangeError('it nests too deep');
    super.onopentag(name, attributes);
  }

  override onclosetag(): void {
    this.#depth -= 1;
    super.onclosetag();
  }
}

/**
 * Parses a page as HTML, leniently.
 *
 * @throws RangeError where it is too large or nests too deep to be a page of a program
 */
export function parsePage(text: string): Document {
  if (text.length > largest) throw new RangeError('it is too large for a page');
  const handler = new BoundedHandler();
  const parser = new Parser(handler);
  parser.write(text);
  parser.end();
  return handler.root;
}

/** The elements below a node in the order of the page; `enter` keeps it out of the inside of some. */
export function* elementsIn(
  root: AnyNode,
  enter: (element: Element) => boolean = () => true,
): Generator<Element> {
  const waiting = childrenOf(root).toReversed();
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (!isTag(node)) continue;
    yield node;
    if (!enter(node)) continue;
    for (let index = node.children.length - 1; index >= 0; index--) {
      const child = node.children[index];
      if (child) waiting.push(child);
    }
  }
}

/** The first element with this name. */
export function firstIn(root: AnyNode, name: string): Element | undefined {
  for (const element of elementsIn(root)) if (element.name === name) return element;
  return undefined;
}

/** The texts below a node, in order, each with the element that it stands in. */
export function* textsIn(root: AnyNode): Generator<{ text: Text; parent: Element | undefined }> {
  const waiting: AnyNode[] = [root];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (isText(node)) {
      yield { text: node, parent: node.parent && isTag(node.parent) ? node.parent : undefined };
      continue;
    }
    if (isTag(node) && unseen.has(node.name)) continue;
    const children = childrenOf(node);
    for (let index = children.length - 1; index >= 0; index--) {
      const child = children[index];
      if (child) waiting.push(child);
    }
  }
}

/** The text of a node on one line, as a browser shows it. */
export function lineIn(root: AnyNode | undefined): string {
  if (!root) return '';
  let line = '';
  for (const { text } of textsIn(root)) line += text.data;
  return line.replace(/\s+/g, ' ').trim();
}

/**
 * The text of nodes with its paragraphs, parted by an empty line, its line ends and the points of its lists; the blanks of the page itself mean nothing.
 */
export function paragraphsIn(roots: readonly AnyNode[]): string {
  let text = '';
  const waiting: (AnyNode | string)[] = roots.toReversed();
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (typeof next === 'string') text += next;
    else if (isText(next)) text += next.data.replace(/\s+/g, ' ');
    else if (isTag(next) && next.name === 'br') text += '\n';
    else if (!isTag(next) || !unseen.has(next.name)) {
      const edge = isTag(next) && blocks.has(next.name) ? edgeOf(next.name) : '';
      text += edge;
      waiting.push(edge.replace('• ', ''));
      for (const child of childrenOf(next).toReversed()) waiting.push(child);
    }
  }
  return text
    .replace(/ {2,}/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .replace(/\n{1,2}(?=• )/g, '\n')
    .trim();
}

function edgeOf(name: string): string {
  if (name === 'li') return '\n• ';
  return name === 'tr' || name === 'div' ? '\n' : '\n\n';
}

/** The children of a node that has any. */
export function childrenOf(node: AnyNode): readonly AnyNode[] {
  return 'children' in node ? node.children : [];
}
