import type { z } from 'zod';
import type { Path } from './document.js';
import { nearest } from '../program/resemblance.js';
import { configJsonSchema, configSchema, type ConfigFile } from './schema.js';

/** What is wrong with one setting. */
export interface SettingFault {
  readonly path: Path;
  readonly problem: string;
  readonly hint?: string;
}

type Issue = z.core.$ZodIssue;

/** Judges the data of a config file: either it is one, or here is all that is wrong with it. */
export function judge(
  data: unknown,
):
  | { readonly ok: true; readonly file: ConfigFile }
  | { readonly ok: false; readonly faults: readonly SettingFault[] } {
  const parsed = configSchema.safeParse(data);
  if (parsed.success) return { ok: true, file: parsed.data };
  const faults = parsed.error.issues.flatMap((issue) => faultsOf(issue, [], data));
  return { ok: false, faults: withoutEchoes(faults) };
}

/** `accounts[1].leads[0]` */
export function settingName(path: Path): string {
  return path
    .map((step, at) =>
      typeof step === 'number' ? `[${step}]` : `${at > 0 ? '.' : ''}${String(step)}`,
    )
    .join('');
}

function faultsOf(issue: Issue, above: Path, data: unknown): readonly SettingFault[] {
  const path = [...above, ...issue.path];
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => unknownKey([...path, key], path, key));
    case 'invalid_union':
      return branchOf(issue.errors).flatMap((inner) => faultsOf(inner, path, data));
    case 'invalid_key':
      return issue.issues.flatMap((inner) => faultsOf(inner, path, data));
    case 'invalid_type':
      return [wrongType(path, issue.expected, valueAt(data, path))];
    case 'too_small':
    case 'too_big': {
      const bound =
        issue.code === 'too_small' ? `at least ${issue.minimum}` : `at most ${issue.maximum}`;
      const count = issue.code === 'too_small' ? issue.minimum : issue.maximum;
      const entries = issue.origin !== 'array' ? '' : count === 1 ? ' entry' : ' entries';
      const isList = issue.origin === 'array';
      const hint =
        issue.code === 'too_small'
          ? isList
            ? 'Write one on a line that begins with -'
            : 'Write a greater one'
          : isList
            ? 'Leave some out'
            : 'Write a smaller one';
      return [{ path, problem: `it must be ${bound}${entries}`, hint }];
    }
    case 'custom': {
      const hint: unknown = issue.params?.hint;
      return [{ path, problem: issue.message, ...(typeof hint === 'string' && { hint }) }];
    }
    case 'invalid_format':
    case 'not_multiple_of':
    case 'invalid_element':
    case 'invalid_value':
      return [{ path, problem: issue.message }];
  }
}

/** Of the ways in which a setting can be written, the one that was meant: whose kind of value it is. */
function branchOf(branches: readonly (readonly Issue[])[]): readonly Issue[] {
  const ofThisKind = branches.find(
    (issues) => !issues.some((issue) => issue.code === 'invalid_type' && issue.path.length === 0),
  );
  return ofThisKind ?? branches.at(-1) ?? [];
}

function unknownKey(path: Path, parent: Path, key: string): SettingFault {
  const known = keysAt(parent);
  const guess = nearest(key, known);
  const hint =
    guess === undefined ? `Known here: ${known.join(', ')}` : `Did you mean \`${guess}\`?`;
  return { path, problem: 'there is no such setting', hint };
}

function wrongType(path: Path, expected: string, value: unknown): SettingFault {
  const wanted = kinds[expected] ?? expected;
  if (value === undefined) return { path, problem: missing, hint: additionAt(path) };
  const problem = `it must be ${wanted}, not ${kindOf(value)}`;
  if (expected === 'string' && (typeof value === 'number' || typeof value === 'boolean')) {
    return { path, problem, hint: `Put it in quotes: '${value}'` };
  }
  if (expected === 'boolean') return { path, problem, hint: 'Write true or false, without quotes' };
  if (expected === 'array')
    return { path, problem, hint: 'Write each entry on a line that begins with -' };
  if (wanted === kinds.object)
    return { path, problem, hint: 'Write its settings below it, each on a line of its own' };
  if (wanted === kinds.number || wanted === kinds.int)
    return { path, problem, hint: 'Write it in digits, without quotes' };
  return { path, problem, hint: 'Write it on one line' };
}

/** What to add, and below what, where a setting is missing. */
function additionAt(path: Path): string {
  const below = settingName(path.slice(0, -1));
  return `Add \`${String(path.at(-1))}:\`${below === '' ? '' : ` below ${below}`}`;
}

const missing = 'it is missing';

const kinds: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a group of settings',
  record: 'a group of settings',
};

function kindOf(value: unknown): string {
  if (value === null) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  return kinds[typeof value] ?? typeof value;
}

/** A misspelled key makes its right spelling missing: one fault, not two. */
function withoutEchoes(faults: readonly SettingFault[]): readonly SettingFault[] {
  const meant = new Set(
    faults.flatMap(({ path, hint }) => {
      const guess = /^Did you mean `(.+)`\?$/.exec(hint ?? '')?.[1];
      return guess === undefined ? [] : [settingName([...path.slice(0, -1), guess])];
    }),
  );
  return faults.filter(({ path, problem }) => problem !== missing || !meant.has(settingName(path)));
}

function valueAt(data: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (value, step) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, step)
        ? (value as Record<PropertyKey, unknown>)[step]
        : undefined,
    data,
  );
}

interface SchemaNode {
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly items?: SchemaNode;
  readonly anyOf?: readonly SchemaNode[];
}

/** The settings that exist at a path, by the JSON Schema. */
function keysAt(path: Path): readonly string[] {
  let nodes: readonly SchemaNode[] = [configJsonSchema()];
  for (const step of path) {
    nodes = nodes.flatMap(variants).flatMap((node) => {
      const next = typeof step === 'number' ? node.items : node.properties?.[String(step)];
      return next === undefined ? [] : [next];
    });
  }
  return nodes.flatMap(variants).flatMap((node) => Object.keys(node.properties ?? {}));
}

function variants(node: SchemaNode): readonly SchemaNode[] {
  return node.anyOf?.flatMap(variants) ?? [node];
}
