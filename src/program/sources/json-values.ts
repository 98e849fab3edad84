/** An object of JSON whose fields are read one by one, for every one of them may be missing or odd. */
export type JsonObject = Readonly<Record<string, unknown>>;

/**
 * The value where it is an object and no list; else undefined.
 *
 * @example objectOf([1]) // undefined
 */
export function objectOf(value: unknown): JsonObject | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as JsonObject)
    : undefined;
}

/** The value where it is a list, else an empty one. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as readonly unknown[]) : [];
}

/** The objects of a list; whatever else stands in it is passed over. */
export function objectsOf(value: unknown): readonly JsonObject[] {
  return listOf(value).flatMap((one): readonly JsonObject[] => {
    const object = objectOf(one);
    return object ? [object] : [];
  });
}

/**
 * A text or a number as text, without blank ends; undefined where nothing is left.
 *
 * @example textOf(7) // '7'
 * @example textOf(' ') // undefined
 */
export function textOf(value: unknown): string | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : undefined;
  const text = typeof value === 'string' ? value.trim() : '';
  return text === '' ? undefined : text;
}
