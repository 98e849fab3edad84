import type { Context } from 'hono';

/** A field of a form as text; empty where it is none. */
export function fieldOf(body: Readonly<Record<string, unknown>>, name: string): string {
  const value = body[name];
  return typeof value === 'string' ? value : '';
}

/** The body of a request as a JSON object; an empty one where it is none. */
export async function jsonOf(c: Context): Promise<Readonly<Record<string, unknown>>> {
  const body: unknown = await c.req.json().catch(() => undefined);
  return typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
}
