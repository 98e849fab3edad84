/** A part of what a value is, in words; the name of a shape leads to it. */
export type TypeWord = string | { readonly shape: string };

/** A parameter, or a property of an answer. */
export interface DescribedField {
  readonly name: string;
  readonly type: readonly TypeWord[];
  readonly isRequired: boolean;
  readonly description: string;
  /** Of an object that has no name of its own, or of a list of such. */
  readonly fields: readonly DescribedField[];
}

/** What an operation may answer. */
export interface DescribedAnswer {
  readonly status: string;
  readonly description: string;
  readonly contentType: string;
  readonly type: readonly TypeWord[];
  readonly fields: readonly DescribedField[];
}

/** An operation as the page says it. */
export interface DescribedOperation {
  readonly id: string;
  /** Below the API, with parameters as `{key}`. */
  readonly path: string;
  readonly summary: string;
  readonly parameters: readonly (DescribedField & { readonly place: 'path' | 'query' })[];
  readonly answers: readonly DescribedAnswer[];
}

/** An object of a name, which several answers have. */
export interface DescribedShape {
  readonly name: string;
  readonly fields: readonly DescribedField[];
}

/** The parts of an OpenAPI 3.1 description that the page is made from (https://spec.openapis.org/oas/v3.1.0). */
export interface ApiDescription {
  readonly paths: Readonly<Record<string, { readonly get?: OperationObject }>>;
  readonly components?: { readonly schemas?: Readonly<Record<string, SchemaObject>> };
}

interface OperationObject {
  readonly operationId?: string;
  readonly summary?: string;
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: 'path' | 'query';
    readonly required?: boolean;
    readonly description?: string;
    readonly schema?: SchemaObject;
  }[];
  readonly responses: Readonly<
    Record<
      string,
      {
        readonly description: string;
        readonly content?: Readonly<Record<string, { readonly schema?: SchemaObject }>>;
      }
    >
  >;
}

interface SchemaObject {
  readonly $ref?: string;
  readonly type?: string;
  readonly format?: string;
  readonly description?: string;
  readonly enum?: readonly string[];
  readonly default?: string | number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly pattern?: string;
  readonly items?: SchemaObject;
  readonly anyOf?: readonly SchemaObject[];
  readonly allOf?: readonly SchemaObject[];
  readonly properties?: Readonly<Record<string, SchemaObject>>;
  readonly required?: readonly string[];
}

/** What a description says of each operation, in its order. */
export function operationsOf({ paths }: ApiDescription): readonly DescribedOperation[] {
  return Object.entries(paths).flatMap(([path, { get }]) =>
    get === undefined
      ? []
      : [
          {
            id: get.operationId ?? path,
            path,
            summary: get.summary ?? '',
            parameters: (get.parameters ?? []).map((parameter) => ({
              ...fieldOf(parameter.name, parameter.schema ?? {}, parameter.required === true),
              ...(parameter.description !== undefined && { description: parameter.description }),
              place: parameter.in,
            })),
            answers: Object.entries(get.responses).map(
              ([status, { description, content = {} }]) => {
                const [[contentType, { schema = {} }] = ['', {}]] = Object.entries(content);
                const type = typeWords(schema);
                return { status, description, contentType, type, fields: fieldsOf(schema) };
              },
            ),
          },
        ],
  );
}

/** The objects of a name that a description has, in its order. */
export function shapesOf({ components }: ApiDescription): readonly DescribedShape[] {
  return Object.entries(components?.schemas ?? {}).flatMap(([name, schema]) => {
    const fields = fieldsOf(schema);
    return fields.length === 0 ? [] : [{ name, fields }];
  });
}

function fieldsOf(schema: SchemaObject): readonly DescribedField[] {
  if (schema.items) return fieldsOf(schema.items);
  if (schema.allOf) return schema.allOf.flatMap(fieldsOf);
  return Object.entries(schema.properties ?? {}).map(([name, one]) =>
    fieldOf(name, one, schema.required?.includes(name) === true),
  );
}

function fieldOf(name: string, schema: SchemaObject, isRequired: boolean): DescribedField {
  const description = schema.description ?? schema.items?.description ?? '';
  return { name, type: typeWords(schema), isRequired, description, fields: fieldsOf(schema) };
}

/**
 * What a value is, in words.
 *
 * @example typeWords({ type: 'array', items: { $ref: '#/components/schemas/Day' } }) // ['list of ', { shape: 'Day' }]
 */
function typeWords(schema: SchemaObject): readonly TypeWord[] {
  if (schema.$ref !== undefined) return [{ shape: schema.$ref.split('/').at(-1) ?? '' }];
  if (schema.anyOf) {
    return schema.anyOf.flatMap((one, index) => [
      ...(index > 0 ? [' or '] : []),
      ...typeWords(one),
    ]);
  }
  if (schema.allOf) {
    const named = schema.allOf.filter(({ $ref }) => $ref !== undefined);
    return named.flatMap((one, index) => [...(index > 0 ? [' and '] : []), ...typeWords(one)]);
  }
  if (schema.items) return ['list of ', ...typeWords(schema.items)];
  if (schema.enum) return [schema.enum.join(' | ')];
  const limits = limitsOf(schema);
  return [[schema.format ?? schema.type ?? 'anything', ...limits].join(', ')];
}

function limitsOf({ minimum, maximum, pattern, default: usual }: SchemaObject): readonly string[] {
  // What every whole number of a script is anyway need not be said.
  const isTelling = (limit: number | undefined): limit is number =>
    limit !== undefined && Math.abs(limit) < Number.MAX_SAFE_INTEGER;
  return [
    ...(isTelling(minimum) ? [`at least ${String(minimum)}`] : []),
    ...(isTelling(maximum) ? [`at most ${String(maximum)}`] : []),
    ...(pattern === undefined ? [] : [`like ${pattern}`]),
    ...(usual === undefined ? [] : [`${String(usual)} if left out`]),
  ];
}
