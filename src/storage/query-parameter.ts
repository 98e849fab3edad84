/**
 * A JavaScript value as Postgres reads a parameter, by node-postgres' rules, so that the embedded database takes what a server takes:
 * arrays become array literals, other objects JSON, buffers stay binary.
 *
 * @example queryParameter(['a', null, 'b"c']) // '{"a",NULL,"b\\"c"}'
 * @example queryParameter({ a: 1 }) // '{"a":1}'
 */
export function queryParameter(value: unknown): string | Uint8Array | null {
  if (value === undefined || value === null) return null;
  if (typeof value === 'string') return value;
  if (value instanceof Uint8Array) return value;
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return arrayLiteral(value);
  return typeof value === 'bigint' ? value.toString() : JSON.stringify(value);
}

function arrayLiteral(values: readonly unknown[]): string {
  return `{${values.map(element).join(',')}}`;
}

function element(value: unknown): string {
  if (Array.isArray(value)) return arrayLiteral(value);
  const text = queryParameter(value);
  if (text === null) return 'NULL';
  if (typeof text !== 'string') return `"\\\\x${Buffer.from(text).toString('hex')}"`;
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}
