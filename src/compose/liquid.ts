import { Liquid, type Template } from 'liquidjs';
import { reasonOf } from '../errors.js';

/** A template that was refused or broke: which file, where, why. */
export interface TemplateFault {
  /** Name without ending, as in the map. */
  readonly name: string;
  readonly line?: number;
  readonly reason: string;
}

/** The answer of a render. */
export type Rendered =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly fault: TemplateFault };

/** Renders the templates of one map by name; each is parsed once. */
export interface TemplateEngine {
  has(name: string): boolean;
  render(name: string, view: object): Rendered;
}

/** Filters that ask the clock or chance: the same announcement must always read the same. */
const impure = [
  'date',
  'date_to_long_string',
  'date_to_rfc822',
  'date_to_string',
  'date_to_xmlschema',
  'sample',
];

/**
 * A LiquidJS engine that sees nothing but the given map and view: no files, no prototypes, no clock; unknown names are
 * faults; size, memory and time are bounded.
 *
 * @param escape how printed values are escaped; not at all when left out
 */
export function createTemplateEngine(
  templates: ReadonlyMap<string, string>,
  escape?: 'escape',
): TemplateEngine {
  const liquid = new Liquid({
    templates: Object.assign(Object.create(null) as object, Object.fromEntries(templates)),
    cache: true,
    strictVariables: true,
    strictFilters: true,
    ownPropertyOnly: true,
    lenientIf: false,
    parseLimit: 200_000,
    memoryLimit: 1_000_000,
    renderLimit: 2_000,
    ...(escape === undefined ? {} : { outputEscape: escape }),
  });
  for (const name of impure) Reflect.deleteProperty(liquid.filters, name);
  liquid.registerFilter('sentence', (text: unknown) =>
    typeof text === 'string' ? upperFirst(text) : text,
  );

  const parsed = new Map<string, Template[] | TemplateFault>();
  const parse = (name: string) => {
    const known = parsed.get(name);
    if (known !== undefined) return known;
    const made = attempt(name, () => liquid.parse(templates.get(name) ?? '', name));
    parsed.set(name, made);
    return made;
  };

  return {
    has: (name) => templates.has(name),
    render(name, view) {
      const template = parse(name);
      if (!Array.isArray(template)) return { ok: false, fault: template };
      const text = attempt(name, () => String(liquid.renderSync(template, {}, { globals: view })));
      return typeof text === 'string' ? { ok: true, text } : { ok: false, fault: text };
    },
  };
}

function upperFirst(text: string): string {
  const first = String.fromCodePoint(text.codePointAt(0) ?? 0x20);
  return text === '' ? '' : first.toLocaleUpperCase() + text.slice(first.length);
}

function attempt<T>(name: string, run: () => T): T | TemplateFault {
  try {
    return run();
  } catch (thrown) {
    return faultOf(name, thrown);
  }
}

/** LiquidJS says file and line behind the message, and knows them in the token; a partial's fault names the partial. */
function faultOf(name: string, thrown: unknown): TemplateFault {
  if (thrown instanceof RangeError) {
    return { name, reason: 'it includes itself without end' };
  }
  const reason = reasonOf(thrown).replace(/, (?:file|line):.*$/s, '');
  const token: unknown = thrown instanceof Error && 'token' in thrown ? thrown.token : undefined;
  if (!isToken(token)) return { name, reason };
  return { name: token.file ?? name, line: token.getPosition()[0] ?? 1, reason };
}

interface Token {
  readonly file?: string;
  getPosition(): number[];
}

function isToken(value: unknown): value is Token {
  return typeof value === 'object' && value !== null && 'getPosition' in value;
}
