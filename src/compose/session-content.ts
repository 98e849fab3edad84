import type { Campaign } from '../campaign/campaign.js';
import { pictureOf, placeOf } from './card-content.js';
import type { Content } from './content.js';
import { shorten } from './plain-text.js';
import type { SessionFacts } from './session-facts.js';
import type { Wording } from './wording.js';

/** In graphemes; networks cut longer ones themselves. */
const longestDescription = 280;

/** Bluesky takes three. */
const mostLanguages = 3;

/** What is the same for every announcement of a session. */
export interface SessionContent {
  readonly facts: SessionFacts;
  readonly sent: Pick<Content, 'link' | 'languages'> & Required<Pick<Content, 'picture'>>;
}

/** Link card, languages and picture of a session in a campaign. */
export function sessionContent(
  { campaign, wording }: { readonly campaign: Campaign; readonly wording: Wording },
  facts: SessionFacts,
): SessionContent {
  return {
    facts,
    sent: {
      link: linkOf(facts, campaign.site, wording),
      languages: languagesOf(campaign, facts),
      picture: pictureOf(facts, campaign.conference.name, wording),
    },
  };
}

function linkOf(facts: SessionFacts, site: string, wording: Wording): Content['link'] {
  const description = [
    wording.span(facts.startsAt, facts.endsAt),
    facts.room === undefined ? '' : placeOf(facts.room),
    wording.names(facts.presenters, 4),
  ];
  return {
    url: `${site}/sessions/${facts.key}`,
    title: facts.title,
    description: shorten(description.filter((part) => part !== '').join(' · '), longestDescription),
  };
}

/** The language the post is written in, then those spoken in the session. */
function languagesOf({ conference }: Campaign, { languages }: SessionFacts): string[] {
  const tags = [conference.language, ...languages].flatMap((tag) => canonical(tag) ?? []);
  return [...new Set(tags)].slice(0, mostLanguages);
}

function canonical(tag: string): string | undefined {
  try {
    return Intl.getCanonicalLocales(tag)[0];
  } catch {
    return undefined;
  }
}
