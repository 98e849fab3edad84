import type { Network } from '../campaign/network.js';
import { graphemes } from './graphemes.js';
import { fits } from './measure.js';
import { shorten } from './plain-text.js';
import type { PostText } from './templates.js';
import { everything, optionalParts, type Richness } from './view.js';

/** A text to be made to fit. */
export interface FitInput {
  readonly network: Network;
  readonly limit: number;
  /** Empty when the text shall hold none. */
  readonly link: string;
  /** How many there are of each, so that only steps which change something are tried. */
  readonly counts: {
    readonly hashtags: number;
    /** The longest list of people. */
    readonly people: number;
    readonly presentations: number;
    /** In graphemes. */
    readonly title: number;
  };
  readonly render: (richness: Richness) => PostText;
}

/** The outcome: a text that fits and holds the link, the template's own fault, or a link that alone is too long. */
export type Fitted = PostText | { readonly ok: false; readonly problem: 'link-too-long' };

/** A title is not cut below this many graphemes while anything else can go. */
const shortestTitle = 24;

/**
 * The richest text that fits. What goes first is what matters least: hashtags from the last, then people to "et al.",
 * then `optionalParts`, then the title after a word; what a template still has too much then is cut as plain text
 * around the link, which always stands whole. A template without the link gets it on a line of its own.
 */
export function fit(input: FitInput): Fitted {
  const { network, limit, link } = input;
  if (!fits(link, network, limit)) return { ok: false, problem: 'link-too-long' };

  const attempt = (richness: Richness): Attempt => {
    const rendered = input.render(richness);
    if (!rendered.ok) return { fits: true, result: rendered };
    const text = withLink(rendered.text, link);
    return { fits: fits(text, network, limit), result: { ok: true, text } };
  };
  const whole = attempt(everything);
  if (whole.fits) return whole.result;

  const steps = stepsDown(input.counts);
  const poorest = steps.at(-1) ?? everything;
  const least = attempt(poorest);
  if (least.fits)
    return firstFitting(steps.length, (step) => attempt(steps[step] ?? poorest), least);

  const titled = (size: number) => attempt({ ...poorest, title: size });
  const shortest = titled(shortestTitle);
  if (!shortest.fits) return cutAround(shortest.result, input);
  const room = Math.max(0, input.counts.title - shortestTitle);
  return firstFitting(room + 1, (step) => titled(input.counts.title - step), shortest);
}

interface Attempt {
  readonly fits: boolean;
  readonly result: PostText;
}

/** Each step drops one thing more than the step before. */
function stepsDown({ hashtags, people, presentations }: FitInput['counts']): Richness[] {
  const steps: Richness[] = [];
  let now: Richness = { ...everything, hashtags, people, presentations };
  const drop = (change: Partial<Richness>) => steps.push((now = { ...now, ...change }));
  for (let left = hashtags - 1; left >= 0; left -= 1) drop({ hashtags: left });
  for (let left = people - 1; left >= 1; left -= 1) drop({ people: left });
  drop({ without: optionalParts.indexOf('presentations') });
  for (let left = presentations - 1; left >= 1; left -= 1) drop({ presentations: left });
  while (now.without < optionalParts.length) drop({ without: now.without + 1 });
  return steps;
}

/** The first of steps 0 to count − 1 that fits, where later ones are shorter; `last` is known to fit. */
function firstFitting(count: number, attempt: (step: number) => Attempt, last: Attempt): PostText {
  let low = 0;
  let high = count - 1;
  let best = last;
  while (low < high) {
    const middle = (low + high) >> 1;
    const tried = attempt(middle);
    if (tried.fits) {
      best = tried;
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return best.result;
}

function withLink(text: string, link: string): string {
  if (text.includes(link)) return text;
  return text === '' ? link : `${text}\n\n${link}`;
}

/** Cuts what stands behind the link, then what stands before it, at graphemes. */
function cutAround(rendered: PostText, { link, network, limit }: FitInput): PostText {
  if (!rendered.ok) return rendered;
  const at = rendered.text.lastIndexOf(link);
  const before = rendered.text.slice(0, at).trimEnd();
  const behind = rendered.text.slice(at + link.length).trim();
  const joined = (head: string, tail: string) =>
    [head, link, tail].filter((part) => part !== '').join('\n\n');
  const longest = (text: string, place: (part: string) => string) => {
    const size = graphemes(text).length;
    let best = '';
    let low = 1;
    let high = size;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const part = cleanCut(text, middle);
      if (fits(place(part), network, limit)) {
        best = part;
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return best;
  };
  if (fits(joined(before, ''), network, limit)) {
    return {
      ok: true,
      text: joined(
        before,
        longest(behind, (part) => joined(before, part)),
      ),
    };
  }
  return {
    ok: true,
    text: joined(
      longest(before, (part) => joined(part, '')),
      '',
    ),
  };
}

/** A cut inside a handle, tag or address would make another one: then its whole word goes. */
function cleanCut(text: string, size: number): string {
  const cut = shorten(text, size);
  if (cut === text) return text;
  return cut
    .replace(/\S*[@＠#＃.]\S*…$/u, '…')
    .replace(/^…$|\s+…$/u, (end) => (end === '…' ? '' : '…'));
}
