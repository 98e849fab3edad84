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

  const attempt = <T>(name: string, run: () => T): T | TemplateFault => {
    try {
      return run();
    } catch (thrown) {
      return faultOf(name, thrown, templates);
    }
  };
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

/** LiquidJS knows line and source in its token, in a partial the partial's; which file that is the map tells. */
function faultOf(
  name: string,
  thrown: unknown,
  templates: ReadonlyMap<string, string>,
): TemplateFault {
  const reason = inOurWords(reasonOf(thrown));
  const token: unknown = thrown instanceof Error && 'token' in thrown ? thrown.token : undefined;
  if (!isToken(token)) return { name, reason };
  const [line = 1] = token.getPosition();
  if (templates.get(name) === token.input) return { name, line, reason };
  const partial = [...templates].find(([, source]) => source === token.input)?.[0];
  return { name: partial ?? name, line, reason };
}

function inOurWords(reason: string): string {
  return reason
    .replace(/, (?:file|line):.*$/s, '')
    .replace(/^ENOENT: Failed to lookup "(.*?)" in .*$/s, 'there is no template $1 to render')
    .replace(/^Maximum call stack size exceeded$/, 'it renders itself without end');
}

interface Token {
  readonly input: string;
  getPosition(): number[];
}

function isToken(value: unknown): value is Token {
  return typeof value === 'object' && value !== null && 'getPosition' in value && 'input' in value;
}
