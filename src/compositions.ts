import type { Compose } from './publish/ports.js';

/** As many as fall due within one sweep's horizon at a dense meeting; the oldest go first. */
const mostKept = 2_000;

/**
 * Keeps what was composed ahead until it is asked for again. Composing is pure, so the same announcement at the same due moment from the same version of the
 * program is the same content: what was kept is what would be composed.
 */
export function rememberCompositions(compose: Compose): Compose {
  const kept = new Map<string, ReturnType<Compose>>();
  return (announcement, version) => {
    const { id, dueAt, template } = announcement;
    const name = `${id} ${String(version)} ${String(dueAt)} ${template}`;
    const known = kept.get(name);
    if (known) return known;
    const composing = compose(announcement, version);
    kept.set(name, composing);
    composing.catch(() => kept.delete(name));
    const [oldest] = kept.keys();
    if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest);
    return composing;
  };
}
