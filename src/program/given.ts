/** An object whose undefined fields are gone from value and type, as `exactOptionalPropertyTypes` wants it. */
export type Given<T> = {
  [K in keyof T as undefined extends T[K] ? never : K]: T[K];
} & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};

/**
 * Leaves out the fields that are undefined, so that "not given" is one thing and not two.
 *
 * @example given({ title: 'Opening', room: undefined }) // { title: 'Opening' }
 */
export function given<T extends object>(fields: T): Given<T> {
  const kept: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(fields)) {
    if (value !== undefined) kept[name] = value;
  }
  return kept as Given<T>;
}
