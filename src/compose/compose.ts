import type { PlannedAnnouncement } from '../campaign/announcement.js';
import type { Campaign } from '../campaign/campaign.js';
import type { Complaint } from '../errors.js';
import type { ProgramLookup } from '../program/lookup.js';
import type { Key, Session } from '../program/model.js';
import type { Content, Facts } from './content.js';
import { digestOf } from './digest.js';
import { fit } from './fit.js';
import { countGraphemes } from './graphemes.js';
import { measure, textLimits } from './measure.js';
import { oneLine } from './plain-text.js';
import { sessionContent, type SessionContent } from './session-content.js';
import { sessionFacts, type SessionFacts } from './session-facts.js';
import { createPostTemplates, type TemplateSources } from './templates.js';
import { viewOf, type Occasion } from './view.js';
import { createWording } from './wording.js';

/** What came of composing: everything that is sent, or why nothing can be. */
export type Composed =
  | { readonly ok: true; readonly content: Content }
  | { readonly ok: false; readonly problem: Complaint };

/** Turns announcements into what is sent. Pure: the same arguments give the same content. */
export interface Composer {
  /** @param programVersion version of the program that `program` is, for the facts */
  compose(
    announcement: PlannedAnnouncement,
    program: ProgramLookup,
    programVersion: number,
  ): Composed;
  /** The template file that an announcement's text is made with; undefined where there is none. */
  templateFile(announcement: PlannedAnnouncement): string | undefined;
}

/** What a composer is made from. */
export interface ComposerParts {
  readonly campaign: Campaign;
  /** Sources by name without ending: `bluesky/P1D`, `partials/when`. */
  readonly templates: TemplateSources;
}

/** Makes a composer; templates are parsed when first used, once. */
export function createComposer({ campaign, templates }: ComposerParts): Composer {
  const { conference } = campaign;
  const postTemplates = createPostTemplates(templates);
  const wording = createWording(conference.language, conference.zone, conference.wordsIn);
  const hashtags = [...new Set(conference.hashtags.map(toHashtag))].filter((tag) => tag !== '');
  const name = oneLine(conference.name);
  const limits = new Map(
    campaign.accounts.map(({ account, textLimit }) => [account.id, textLimit] as const),
  );
  const linksOf = new Map(
    campaign.accounts.map(({ account, links, leads }) => [
      account.id,
      links === 'first-lead-only' ? leads[0]?.leadTime : links,
    ]),
  );
  /** Whether the text holds the link; lead times are in order, the longest first. */
  const holdsLink = ({ account, leadTime }: PlannedAnnouncement) => {
    const policy = linksOf.get(account) ?? 'always';
    return policy === 'always' || policy === leadTime;
  };
  // A program lives as long as its version; its sessions are composed once per account and lead time.
  const gathered = new WeakMap<ProgramLookup, Map<Key, SessionContent>>();

  const contentOf = (session: Session, program: ProgramLookup): SessionContent => {
    const ofProgram = gathered.get(program) ?? new Map<Key, SessionContent>();
    gathered.set(program, ofProgram);
    const content =
      ofProgram.get(session.key) ??
      sessionContent({ campaign, wording }, sessionFacts(session, program));
    ofProgram.set(session.key, content);
    return content;
  };

  return {
    templateFile: (announcement) => postTemplates.fileFor(announcement),
    compose(announcement, program, programVersion) {
      const { network } = announcement;
      const sessions = sessionsOf(announcement, program);
      if (!sessions.ok) return sessions;
      const [first] = sessions.found;
      const { facts, sent } = contentOf(first, program);
      const link = holdsLink(announcement) ? sent.link.url : '';
      const occasion: Occasion = {
        facts,
        when: wording.when(facts.startsAt, announcement.dueAt),
        wording,
        network,
        leadTime: announcement.leadTime,
        link,
        hashtags: hashtags.map((tag) => `#${tag}`),
        conference: name,
        unitLabel: conference.unitLabel,
      };
      const limit = limits.get(announcement.account) ?? textLimits[network];
      const fitted = fit({
        network,
        limit,
        link,
        counts: {
          hashtags: hashtags.length,
          people: longestList(facts),
          presentations: facts.presentations.length,
          title: countGraphemes(facts.title),
        },
        render: (richness) =>
          postTemplates.render(
            { announcement: announcement.id, network, template: announcement.template },
            viewOf(occasion, richness),
          ),
      });
      if (!fitted.ok) {
        if (fitted.problem !== 'link-too-long') return { ok: false, problem: fitted.problem };
        return { ok: false, problem: linkTooLong(announcement, link, limit) };
      }

      const { text } = fitted;
      const length = measure(text, network, limit);
      const kept = hashtags.filter((tag) => holdsTag(text, tag));
      const about = factsAbout(sessions.found, program);
      const { picture, languages } = sent;
      const digest = digestOf([text, limit, sent.link, kept, languages, picture.digest, about]);
      return {
        ok: true,
        content: {
          ...sent,
          text,
          length,
          hashtags: kept,
          facts: { programVersion, sessions: about },
          digest,
        },
      };
    },
  };
}

type FoundSessions =
  | { readonly ok: true; readonly found: readonly [Session, ...Session[]] }
  | { readonly ok: false; readonly problem: Complaint };

function sessionsOf({ id, sessions }: PlannedAnnouncement, program: ProgramLookup): FoundSessions {
  const unknown = sessions.find((key: Key) => program.session(key) === undefined);
  const [first, ...rest] = sessions.flatMap((key) => program.session(key) ?? []);
  if (unknown === undefined && first !== undefined) return { ok: true, found: [first, ...rest] };
  return {
    ok: false,
    problem: {
      place: `announcement ${id}`,
      problem: `session ${unknown ?? '(none)'} is not in the program`,
      remedy: 'Import the program again; the announcement is held until its session is back',
    },
  };
}

function factsAbout(sessions: readonly Session[], program: ProgramLookup): Facts['sessions'] {
  return sessions.map(({ key, title, startsAt, endsAt, room }) => {
    const name = program.room(room)?.name;
    return { key, title, startsAt, endsAt, ...(name === undefined ? {} : { room: name }) };
  });
}

function linkTooLong({ id, network }: PlannedAnnouncement, link: string, limit: number): Complaint {
  const { used, unit } = measure(link, network, limit);
  return {
    place: `announcement ${id}`,
    problem: `its link alone takes ${used} ${unit} where ${network} has ${limit}`,
    remedy: 'Raise the text limit of the account or shorten the site address in the config',
  };
}

function longestList(facts: SessionFacts): number {
  const lists = [facts.presenters, facts.chairs, facts.discussants].concat(
    facts.presentations.map(({ presenters }) => presenters),
  );
  return Math.max(...lists.map(({ length }) => length));
}

/** The word as a network reads it behind `#`: letters, marks, digits and underscores. */
function toHashtag(word: string): string {
  return oneLine(word).replace(/[^\p{L}\p{M}\p{N}_]/gu, '');
}

function holdsTag(text: string, tag: string): boolean {
  for (let at = text.indexOf(`#${tag}`); at >= 0; at = text.indexOf(`#${tag}`, at + 1)) {
    if (!/^[\p{L}\p{M}\p{N}_]/u.test(text.slice(at + tag.length + 1))) return true;
  }
  return false;
}
