import { readFileSync } from 'node:fs';
import { Ajv, type ValidateFunction } from 'ajv';
import formats from 'ajv-formats';

/**
 * X's public specification, https://api.x.com/2/openapi.json in version 2.167, cut to the paths that Callboard uses by `cut-x-specification.mjs`, which
 * stands beside this.
 */
const file = new URL('../../fixtures/networks/x-openapi-2.167.cut.json', import.meta.url);

type Json = Readonly<Record<string, unknown>>;
interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query';
  readonly required?: boolean;
  readonly schema: Json & { readonly type?: string };
}
interface Operation {
  readonly parameters?: readonly (Parameter | { readonly $ref: string })[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Json }>> };
  readonly responses: Readonly<
    Record<string, { readonly content: Readonly<Record<string, { readonly schema: Json }>> }>
  >;
  readonly security: readonly Readonly<Record<string, readonly string[]>>[];
}
interface Specification {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, Json>>;
    readonly parameters: Readonly<Record<string, Parameter>>;
  };
}

/**
 * What the specification leaves out and X's pages and users tell of: https://docs.x.com/x-api/fundamentals/response-codes-and-errors for types of problems,
 * https://docs.x.com/fundamentals/authentication/oauth-2-0/user-access-token for tokens.
 */
const gaps = {
  problem: {
    type: 'object',
    required: ['type', 'title', 'detail'],
    properties: {
      type: {
        enum: [
          'about:blank',
          ...['client-forbidden', 'usage-capped', 'rate-limit-exceeded', 'oauth1-permissions'].map(
            (name) => `https://api.x.com/2/problems/${name}`,
          ),
        ],
      },
      title: { type: 'string' },
      detail: { type: 'string' },
      status: { type: 'integer' },
    },
  },
  tokenRequest: {
    type: 'object',
    required: ['grant_type', 'client_id'],
    additionalProperties: false,
    properties: {
      grant_type: { enum: ['authorization_code', 'refresh_token'] },
      client_id: { type: 'string', minLength: 1 },
      refresh_token: { type: 'string' },
      code: { type: 'string' },
      redirect_uri: { type: 'string' },
      code_verifier: { type: 'string', pattern: '^[\\w.~-]{43,128}$' },
    },
  },
  revokeRequest: {
    type: 'object',
    required: ['token', 'client_id'],
    additionalProperties: false,
    properties: {
      token: { type: 'string', minLength: 1 },
      client_id: { type: 'string', minLength: 1 },
      token_type_hint: { enum: ['access_token', 'refresh_token'] },
    },
  },
} as const;

/** Any answer that is none. */
const refusal = {
  anyOf: [
    { $ref: '#/components/schemas/Error' },
    { $ref: '#/components/schemas/Problem' },
    gaps.problem,
  ],
};

/** A request as the specification sees it. */
export interface SpecifiedRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  /** Its body, taken apart; undefined for none. */
  readonly body: unknown;
  /** `application/json`, without parameters. */
  readonly contentType: string | undefined;
}

/** The specification with a validator for each of its parts, compiled once: that takes a while. */
const validators = () => {
  const specification = JSON.parse(readFileSync(file, 'utf8')) as Specification;
  const ajv = new Ajv({ strict: false, allErrors: true });
  formats.default(ajv);
  ajv.addSchema(prepared(specification, false), 'x');
  // What X answers has no other properties than those that are specified, at no depth.
  ajv.addSchema(prepared(specification, true), 'strict');
  const compiled = new Map<string, ValidateFunction>();
  const validatorOf = (schema: Json, root: 'x' | 'strict') => {
    const key = root + JSON.stringify(schema);
    const validate = compiled.get(key) ?? ajv.compile(prepared(schema, root === 'strict'));
    compiled.set(key, validate);
    return validate;
  };
  return { specification, validatorOf, wordsOf: ajv.errorsText.bind(ajv) };
};
let made: ReturnType<typeof validators> | undefined;

/** Checks every request and every answer against X's specification; what does not match is kept. */
export function openXSpecification() {
  const { specification, validatorOf, wordsOf } = (made ??= validators());
  const violations: string[] = [];

  const mismatch = (place: string, what: string): void => {
    violations.push(`${place}: ${what}`);
  };
  const check = (place: string, schema: Json, value: unknown, root: 'x' | 'strict' = 'x') => {
    const validate = validatorOf(schema, root);
    if (!validate(value)) mismatch(place, wordsOf(validate.errors));
  };
  const operationOf = (method: string, path: string) => {
    for (const [template, methods] of Object.entries(specification.paths)) {
      const names = [...template.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '');
      const values = new RegExp(`^${template.replace(/\{\w+\}/g, '([^/]+)')}$`).exec(path);
      const operation = methods[method.toLowerCase()];
      if (values && operation && !(names.length > 0 && specification.paths[path])) {
        return { operation, inPath: new Map(names.map((name, at) => [name, values[at + 1]])) };
      }
    }
    return undefined;
  };
  const parametersOf = (operation: Operation) =>
    (operation.parameters ?? [])
      .map((parameter) =>
        '$ref' in parameter
          ? specification.components.parameters[parameter.$ref.split('/').at(-1) ?? '']
          : parameter,
      )
      .filter((parameter) => parameter !== undefined);

  // Compiling takes a while: not while somebody waits for an answer.
  validatorOf(refusal, 'x');
  for (const operation of Object.values(specification.paths).flatMap((each) =>
    Object.values(each),
  )) {
    for (const { schema } of parametersOf(operation)) validatorOf(schema, 'x');
    for (const { schema } of Object.values(operation.requestBody?.content ?? {})) {
      validatorOf(schema, 'x');
    }
    for (const [status, { content }] of Object.entries(operation.responses)) {
      const schema = content['application/json']?.schema;
      if (status !== 'default' && schema) validatorOf(schema, 'strict');
    }
  }

  return {
    /** Every mismatch so far, in a sentence. */
    violations,
    /** The scopes that a token needs for a request. */
    scopesOf(method: string, path: string): readonly string[] {
      const security = operationOf(method, path)?.operation.security ?? [];
      return security.flatMap((each) => each.OAuth2UserToken ?? []);
    },
    checkRequest({ method, path, query, body, contentType }: SpecifiedRequest): void {
      const place = `request ${method} ${path}`;
      if (path === '/2/oauth2/token') {
        check(place, gaps.tokenRequest, body);
        return;
      }
      if (path === '/2/oauth2/revoke') {
        check(place, gaps.revokeRequest, body);
        return;
      }
      const found = operationOf(method, path);
      if (!found) {
        mismatch(place, 'the specification does not know it');
        return;
      }
      const known = parametersOf(found.operation);
      for (const name of new Set(query.keys())) {
        if (!known.some((each) => each.in === 'query' && each.name === name)) {
          violations.push(`${place}: there is no parameter ${name}`);
        }
      }
      for (const { name, in: where, required, schema } of known) {
        const text = where === 'path' ? found.inPath.get(name) : (query.get(name) ?? undefined);
        if (text === undefined) {
          if (required) violations.push(`${place}: ${name} is missing`);
          continue;
        }
        check(`${place}: ${name}`, schema, valueOf(text, schema.type));
      }
      const content = found.operation.requestBody?.content;
      if (!content) {
        // The client library sends an empty object where there is nothing to say.
        if (body !== undefined && JSON.stringify(body) !== '{}') {
          violations.push(`${place}: it takes no body`);
        }
        return;
      }
      const schema = content[contentType ?? '']?.schema;
      if (!schema) {
        mismatch(place, `not as ${String(contentType)}`);
        return;
      }
      check(place, schema, body);
    },
    checkAnswer(method: string, path: string, status: number, body: unknown): void {
      const place = `answer ${String(status)} to ${method} ${path}`;
      if (path.startsWith('/2/oauth2/')) return;
      const responses = operationOf(method, path)?.operation.responses;
      if (!responses) {
        mismatch(place, 'the specification does not know it');
        return;
      }
      if (status >= 400) {
        check(place, refusal, body);
        return;
      }
      const schema = responses[String(status)]?.content['application/json']?.schema;
      if (!schema) {
        mismatch(place, 'no such status is specified');
        return;
      }
      check(place, schema, body, 'strict');
    },
  };
}

function valueOf(text: string, type: string | undefined): unknown {
  if (type === 'array') return text.split(',');
  return type === 'integer' ? Number(text) : text;
}

/**
 * OpenAPI 3.0 as JSON Schema: references lead to the added document, `discriminator` goes (the alternatives tell themselves apart by the type they name),
 * `nullable` ajv knows.
 */
function prepared(value: unknown, strict: boolean): Json {
  const walk = (part: unknown): unknown => {
    if (Array.isArray(part)) return part.map(walk);
    if (typeof part !== 'object' || part === null) return part;
    const entries = Object.entries(part)
      .filter(([name]) => name !== 'discriminator')
      .map(([name, inner]): [string, unknown] =>
        name === '$ref' && typeof inner === 'string'
          ? [name, inner.replace(/^#/, strict ? 'strict#' : 'x#')]
          : [name, walk(inner)],
      );
    const walked = Object.fromEntries(entries);
    const closed = strict && walked.type === 'object' && typeof walked.properties === 'object';
    return closed ? { additionalProperties: false, ...walked } : walked;
  };
  return walk(value) as Json;
}
