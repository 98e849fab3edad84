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

/** Template sources by name without ending (`bluesky/P1D`), and the file that each was read from, as a person there would call it. */
export interface TemplateSources extends ReadonlyMap<string, string> {
  readonly files?: ReadonlyMap<string, string>;
}

/** The organizer's post texts. */
export interface PostTemplates {
  /** The file of the template that it takes; undefined where there is none. */
  fileFor(choice: Pick<TemplateChoice, 'network' | 'template'>): string | undefined;
  render(choice: TemplateChoice, view: View): PostText;
}

/**
 * Opens post templates by name (`bluesky/P1D`, `partials/when`, without ending). An announcement takes the template it
 * names, else its network's `default`, else `default`.
 */
export function createPostTemplates(sources: TemplateSources): PostTemplates {
  const engine = createTemplateEngine(sources);
  const fileOf = (name: string) => sources.files?.get(name) ?? `templates/${name}.liquid`;
  const taken = (choice: Pick<TemplateChoice, 'network' | 'template'>) =>
    namesFor(choice).find((each) => engine.has(each));
  return {
    fileFor(choice) {
      const name = taken(choice);
      return name === undefined ? undefined : fileOf(name);
    },
    render(choice, view) {
      const name = taken(choice);
      if (name === undefined) return { ok: false, problem: missing(namesFor(choice), choice) };
      const rendered = engine.render(name, view);
      if (rendered.ok) return { ok: true, text: tidy(rendered.text) };
      return { ok: false, problem: broken(rendered.fault, fileOf(rendered.fault.name), choice) };
    },
  };
}

function namesFor({
  network,
  template,
}: Pick<TemplateChoice, 'network' | 'template'>): readonly string[] {
  return [template, `${network}/default`, 'default'];
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
    remedy: `Add ${names[0] ?? 'default'}.liquid to the folder of templates, or name another template in the config`,
  };
}

function broken(
  { line, reason }: TemplateFault,
  file: string,
  { announcement }: TemplateChoice,
): Complaint {
  const where = line === undefined ? '' : `:${line}`;
  return {
    place: `${file}${where} (announcement ${announcement})`,
    problem: reason,
    remedy: 'Correct the template; docs/templates.md lists what it may use',
  };
}
