import { reasonOf } from '../../errors.js';
import type { SourceDocument } from '../document.js';
import { excerpt, report, type Problems } from '../problem.js';

/** An object of JSON-LD. */
export type LinkedNode = Record<string, unknown>;

/** Some hundred for each session of the largest meeting; more is something else. */
const mostNodes = 2_000_000;

/** Whether a text may hold JSON-LD: a page with such a script, or the JSON itself. */
export function mayHoldJsonLd(text: string): boolean {
  return text.startsWith('<') ? /\bapplication\/ld\+json\b/i.test(text) : /^[[{]/.test(text);
}

/** The values of JSON-LD that stand in a document, each with the name of the place; a script that is no JSON costs itself. */
export function jsonLdIn(
  { text, name }: SourceDocument,
  problems: Problems,
): readonly { readonly value: unknown; readonly place: string }[] {
  const scripts = text.startsWith('<') ? scriptsIn(text) : [text];
  return scripts.flatMap((script, index) => {
    const place = scripts.length > 1 ? `${name}, script ${index + 1}` : name;
    const value = parsed(script, place, problems);
    if (value === undefined) return [];
    for (const node of nodesIn(value)) scopeId(node, name);
    return [{ value, place }];
  });
}

/** Every object in a value, an outer one before those in it. Nesting is walked, not recursed into. */
export function* nodesIn(root: unknown): Generator<LinkedNode> {
  const waiting: unknown[] = [root];
  for (let seen = 0; waiting.length > 0 && seen < mostNodes; seen++) {
    const value = waiting.pop();
    if (isNode(value)) yield value;
    const inside = Array.isArray(value) ? value : isNode(value) ? Object.values(value) : [];
    for (let index = inside.length - 1; index >= 0; index--) {
      const one: unknown = inside[index];
      if (typeof one === 'object' && one !== null) waiting.push(one);
    }
  }
}

/** Whether a value is an object. */
export function isNode(value: unknown): value is LinkedNode {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The types of an object without the address of their vocabulary. */
export function typesOf(node: LinkedNode): readonly string[] {
  return listOf(node['@type'] ?? node.type).flatMap((type) =>
    typeof type === 'string' ? [type.replace(/^(?:https?:\/\/schema\.org\/|schema:)/i, '')] : [],
  );
}

/** One value or several, as a list. */
export function listOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  return value === undefined || value === null ? [] : [value];
}

/**
 * The text of a value: itself, the number, or that of `@value`; of several, as in several languages, the first.
 *
 * @example textIn([{ '@value': 'Welcome', '@language': 'en' }]) // 'Welcome'
 */
export function textIn(value: unknown): string | undefined {
  for (const one of listOf(value)) {
    const bare = isNode(one) ? one['@value'] : one;
    if (typeof bare === 'string' && bare.trim() !== '') return bare.trim();
    if (typeof bare === 'number') return String(bare);
  }
  return undefined;
}

/** An id that is relative to its page, or names a blank node, means nothing in another page. */
function scopeId(node: Record<string, unknown>, page: string): void {
  const id = node['@id'];
  if (typeof id !== 'string') return;
  if (id.startsWith('#')) node['@id'] = page + id;
  else if (id.startsWith('_:')) node['@id'] = `_:${page} ${id}`;
}

function scriptsIn(text: string): readonly string[] {
  const scripts: string[] = [];
  const lower = text.toLowerCase();
  let at = lower.indexOf('<script');
  while (at !== -1) {
    const open = lower.indexOf('>', at);
    const end = open === -1 ? -1 : lower.indexOf('</script', open);
    if (end === -1) break;
    if (lower.slice(at, open).includes('application/ld+json')) {
      scripts.push(text.slice(open + 1, end));
    }
    at = lower.indexOf('<script', end);
  }
  return scripts;
}

/** Some systems wrap the JSON in a comment or a CDATA section, or leave line ends inside of its texts. */
function parsed(script: string, place: string, problems: Problems): unknown {
  const bare = script
    .trim()
    .replace(/^(?:<!--|\/\/\s?<!\[CDATA\[|<!\[CDATA\[|\/\*\s?<!\[CDATA\[\s?\*\/)/, '')
    .replace(/(?:-->|\/\/\s?\]\]>|\]\]>|\/\*\s?\]\]>\s?\*\/)$/, '');
  try {
    return JSON.parse(bare) as unknown;
  } catch (thrown) {
    try {
      const mended = JSON.parse(bare.replace(/[\p{Cc}]+/gu, ' ')) as unknown;
      report(problems, 'repaired', 'json-ld-mended', {
        place,
        problem: 'its JSON-LD has line ends inside of texts, which were taken as blanks',
        remedy: 'Escape them in the source',
      });
      return mended;
    } catch {
      report(problems, 'dropped', 'json-ld-malformed', {
        place,
        problem: `its JSON-LD is no JSON (${excerpt(reasonOf(thrown), 100)})`,
        remedy: 'Correct it in the source; a validator of structured data shows the place',
      });
      return undefined;
    }
  }
}
