import { isMap, isPair, isScalar, LineCounter, parseDocument, type Node } from 'yaml';

/** Where something stands in a config: keys and places in lists, from the top. */
export type Path = readonly PropertyKey[];

/** A config file, read but not yet judged. */
export interface ConfigDocument {
  /** Plain data; undefined when the file is empty or no YAML. */
  readonly data: unknown;
  /** What is wrong with it as YAML. */
  readonly faults: readonly { readonly line: number; readonly problem: string }[];
  /** The line (from 1) of the setting, or of the nearest one around it when it is missing. */
  lineOf(path: Path): number;
}

/** Reads YAML 1.2; keeps the lines, so that each fault can be found. Never throws. */
export function readDocument(text: string): ConfigDocument {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const faults = [...document.errors, ...document.warnings].map((fault) => ({
    line: lines.linePos(fault.pos[0]).line,
    problem: fault.message.replace(/\s+/g, ' '),
  }));
  const lineOf = (path: Path) => lines.linePos(offsetOf(document.contents, path)).line;
  if (faults.length > 0) return { data: undefined, faults, lineOf };
  try {
    return { data: document.toJS({ maxAliasCount: 50 }) as unknown, faults, lineOf };
  } catch (error) {
    const problem = error instanceof Error ? error.message : 'it cannot be read';
    return { data: undefined, faults: [{ line: 1, problem }], lineOf };
  }
}

function offsetOf(top: Node | null, path: Path): number {
  let node: unknown = top;
  let offset = 0;
  for (const step of path) {
    const next = isMap(node) ? pairOf(node.items, step) : itemOf(node, step);
    if (next === undefined) break;
    node = next.value;
    offset = startOf(next.key) ?? startOf(next.value) ?? offset;
  }
  return offset;
}

interface Entry {
  readonly key: unknown;
  readonly value: unknown;
}

function pairOf(items: readonly unknown[], step: PropertyKey): Entry | undefined {
  return items
    .filter(isPair)
    .find(({ key }) => String(isScalar(key) ? key.value : key) === String(step));
}

function itemOf(node: unknown, step: PropertyKey): Entry | undefined {
  if (typeof step !== 'number' || typeof node !== 'object' || node === null) return undefined;
  if (!('items' in node) || !Array.isArray(node.items)) return undefined;
  const value: unknown = node.items[step];
  return value === undefined ? undefined : { key: undefined, value };
}

function startOf(node: unknown): number | undefined {
  if (typeof node !== 'object' || node === null || !('range' in node)) return undefined;
  const range: unknown = node.range;
  return Array.isArray(range) && typeof range[0] === 'number' ? range[0] : undefined;
}
