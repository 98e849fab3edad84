import type { Plan } from '../../campaign/plan.js';
import type { PlannedAnnouncement } from '../../campaign/announcement.js';
import type { Content } from '../../compose/content.js';
import type { PreviewPost } from '../../networks/preview/timeline.js';
import type { ProgramInForce } from '../../program-in-force.js';

/** The longest text that a template came to. */
export interface TemplateSample {
  readonly announcement: PlannedAnnouncement;
  readonly content: Content;
  /** The template's file; undefined where there is none. */
  readonly file?: string | undefined;
}

/**
 * The longest text of every template and account over the whole plan, in order of network and lead time: of the posts, and of what was never
 * posted, so that a limit hides no text.
 */
export function sampleTemplates(
  { composer, lookup, version }: ProgramInForce,
  { announcements }: Plan,
  posts: readonly PreviewPost[],
): readonly TemplateSample[] {
  const posted = new Map(posts.map(({ announcement, content }) => [announcement, content]));
  const longest = new Map<string, TemplateSample>();
  for (const announcement of announcements) {
    const content = posted.get(announcement.id) ?? composed(announcement);
    if (!content) continue;
    const name = `${announcement.account}\n${announcement.leadTime}\n${announcement.template}`;
    const known = longest.get(name);
    if (!known || content.length.used > known.content.length.used) {
      longest.set(name, { announcement, content, file: composer.templateFile(announcement) });
    }
  }
  return [...longest.values()].sort(
    ({ announcement: one }, { announcement: other }) =>
      compare(one.network, other.network) || compare(one.account, other.account),
  );

  function composed(announcement: PlannedAnnouncement): Content | undefined {
    const made = composer.compose(announcement, lookup, version);
    return made.ok ? made.content : undefined;
  }
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
