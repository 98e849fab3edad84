// Cuts X's public OpenAPI document (https://api.x.com/2/openapi.json, version 2.167) down to the paths that Callboard uses and to what they refer to:
//   node test/support/networks/cut-x-specification.mjs x-openapi-2.167.json > test/fixtures/networks/x-openapi-2.167.cut.json
import { readFileSync } from 'node:fs';

const used = {
  '/2/tweets': ['get', 'post'],
  '/2/tweets/{id}': ['delete'],
  '/2/users/me': ['get'],
  '/2/users/{id}/tweets': ['get'],
  '/2/media/upload/initialize': ['post'],
  '/2/media/upload/{id}/append': ['post'],
  '/2/media/upload/{id}/finalize': ['post'],
  '/2/media/metadata': ['post'],
};

const whole = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const cut = { openapi: whole.openapi, info: whole.info, paths: {}, components: {} };
for (const [path, methods] of Object.entries(used)) {
  cut.paths[path] = Object.fromEntries(
    methods.map((method) => [method, whole.paths[path][method]]),
  );
}
keep(cut.paths);
process.stdout.write(JSON.stringify(withoutProse(cut)));

function keep(value) {
  if (typeof value !== 'object' || value === null) return;
  if (typeof value.$ref === 'string') {
    const [, , kind, name] = value.$ref.split('/');
    cut.components[kind] ??= {};
    if (!cut.components[kind][name]) {
      cut.components[kind][name] = whole.components[kind][name];
      keep(cut.components[kind][name]);
    }
  }
  for (const inner of Object.values(value)) keep(inner);
}

/** Descriptions and examples are not needed for checking; a property may be called `description`. */
function withoutProse(value, isProperties = false) {
  if (Array.isArray(value)) return value.map((each) => withoutProse(each));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(
    ([name]) =>
      isProperties || !['description', 'example', 'externalDocs', 'summary'].includes(name),
  );
  return Object.fromEntries(
    entries.map(([name, inner]) => [
      name,
      withoutProse(inner, !isProperties && name === 'properties'),
    ]),
  );
}
