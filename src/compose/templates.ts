import type { Network } from '../campaign/network.js';
import type { Complaint } from '../errors.js';
import { createTemplateEngine, type TemplateFault } from './liquid.js';
import type { View } from './view.js';

/** What the announcement's template makes of a view. */
export type PostText =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly problem: Complaint };

/** Which template an announcement wants. */
export interface TemplateChoice {
  readonly announcement: string;
  readonly network: Network;
  /** As the campaign names it: `bluesky/P1D`. */
  readonly template: string;
}

/** The organizer's post texts. */
export interface PostTemplates {
  render(choice: TemplateChoice, view: View): PostText;
}

/**
 * Opens post templates by name (`bluesky/P1D`, `partials/when`, without ending). An announcement takes the template it
 * names, else its network's `default`, else `default`.
 */
export function createPostTemplates(sources: ReadonlyMap<string, string>): PostTemplates {
  const engine = createTemplateEngine(sources);
  return {
    render(choice, view) {
      const names = [choice.template, `${choice.network}/default`, 'default'];
      const name = names.find((each) => engine.has(each));
      if (name === undefined) return { ok: false, problem: missing(names, choice) };
      const rendered = engine.render(name, view);
      if (rendered.ok) return { ok: true, text: tidy(rendered.text) };
      return { ok: false, problem: broken(rendered.fault, choice) };
    },
  };
}

/** No blank at the end of a line, no more than one empty line, none around the text. */
function tidy(text: string): string {
  return text
    .replace(/[^\S\n]+\n/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

function missing(names: readonly string[], { announcement }: TemplateChoice): Complaint {
  return {
    place: `announcement ${announcement}`,
    problem: `there is no template ${names.join(', ')}`,
    remedy: `Add templates/${names[0] ?? 'default'}.liquid, or name another template in the config`,
  };
}

function broken(
  { name, line, reason }: TemplateFault,
  { announcement }: TemplateChoice,
): Complaint {
  const where = line === undefined ? '' : `:${line}`;
  return {
    place: `templates/${name}.liquid${where} (announcement ${announcement})`,
    problem: reason,
    remedy: 'Correct the template; docs/templates.md lists what it may use',
  };
}
